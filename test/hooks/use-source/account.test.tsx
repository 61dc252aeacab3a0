import {createHash} from 'node:crypto';
import {chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {useState} from 'react';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {useSource} from '../../../source/hooks/use-source.ts';
import {authStatus} from '../../../source/sources/auth-status/source.ts';
import {costExplorer} from '../../../source/sources/cost-explorer/source.ts';
import {credentials} from '../../../source/sources/credentials/source.ts';
import {inferenceProfiles} from '../../../source/sources/inference-profiles/source.ts';
import type {Machine} from '../../../source/sources/machine.ts';
import {prerequisites} from '../../../source/sources/prerequisites/source.ts';
import type {Source, SourceContext} from '../../../source/sources/source.ts';
import type {State} from '../../../source/state/state.ts';
import {awsAnswering} from '../../support/aws-answers.ts';
import {account, denied} from '../../support/bedrock-account.ts';
import {reply} from '../../support/builders.ts';
import {createKit, type ProbeKit, probe} from '../../support/probe.tsx';

const minute = 60_000;
const hour = 60 * minute;

let folder: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'bedtop-hooks-')));
});
afterEach(() => rmSync(folder, {recursive: true}));

const mount = (
	kit: ProbeKit,
	source: Source,
	describe: (state: State) => string,
	{region, ...others}: Partial<SourceContext> & {readonly region?: string} = {},
) =>
	probe(
		kit,
		() => {
			const [watched] = useState(() => kit.watch(source, region, others));
			useSource(watched);
		},
		describe,
	);

const alice = {
	kind: 'sso',
	name: 'alice',
	arn: 'arn:aws:iam::123456789012:user/alice',
	accountId: '123456789012',
} as const;
const machineOf = (kit: ProbeKit, shell: Readonly<Record<string, string>> = {}): Machine => ({
	...{claudeDirectories: [folder], home: folder, cwd: folder, platform: 'linux', now: kit.clock.now},
	shell: new Map(Object.entries(shell)),
});

const throttled = () =>
	Response.json({message: 'slow'}, {status: 429, headers: {'x-amzn-errortype': 'ThrottlingException'}});

test('inference profiles: one that is throttled says so, is asked again, and is explained', async () => {
	const kit = createKit();
	let asked = 0;
	const aws = awsAnswering(() => {
		asked++;
		if (asked === 1) return throttled();
		return Response.json({
			models: [{modelArn: 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5-5'}],
		});
	});
	const profile = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ab12cd34ef56';
	kit.store.dispatch({
		...{type: 'transcripts', failures: []},
		turns: [reply('m1', {at: kit.clock.now(), requestedModel: profile, usage: {output: 1_000_000}})],
	});
	const {shows, unmount} = mount(
		kit,
		inferenceProfiles,
		({resolutions, sources}) => {
			const problem = sources.get('inference-profiles')?.problem?.kind ?? 'no problem';
			return `${[...resolutions.values()].map(({state}) => state).join()} ${problem}`;
		},
		{aws},
	);
	await shows('unresolved throttled');
	await kit.clock.advance(10 * minute);
	await shows('resolved no problem');
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test('cost explorer: a look that is paid for is not bought again by the refresh key, but after six hours', async () => {
	const kit = createKit();
	let asked = 0;
	const aws = awsAnswering(() => {
		asked++;
		return Response.json({
			ResultsByTime: [
				{
					TimePeriod: {Start: '2026-11-01', End: '2026-11-02'},
					Groups: [
						{
							Keys: ['Claude Opus 5.5 (Amazon Bedrock Edition)'],
							Metrics: {UnblendedCost: {Amount: String(asked), Unit: 'USD'}},
						},
					],
				},
			],
		});
	});
	kit.store.dispatch({type: 'slice', source: 'identity', value: alice});
	const {shows, unmount} = mount(kit, costExplorer, ({slices}) => `${slices['cost-explorer']?.amount} p$`, {aws});
	await shows('1000000000000 p$');
	kit.refresh();
	await kit.clock.advance(5 * hour);
	expect(asked).toBe(1);
	await kit.clock.advance(hour);
	await shows('2000000000000 p$');
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test('prerequisites: what the account lets be called, asked again after an hour', async () => {
	const kit = createKit();
	const {aws, asked} = account();
	kit.store.dispatch({type: 'slice', source: 'identity', value: alice});
	const {shows, unmount} = mount(
		kit,
		prerequisites,
		({slices, sources}) => {
			const form = slices.prerequisites?.useCaseForm;
			const problem = sources.get('prerequisites us-east-1')?.problem?.kind ?? 'no problem';
			return `form ${form?.state === 'known' ? form.value : form?.state}, ${problem}`;
		},
		{aws, region: 'us-east-1'},
	);
	await shows('form true, no problem');
	const first = asked.length;
	await kit.clock.advance(hour - 1);
	expect(asked).toHaveLength(first);
	await kit.clock.advance(1);
	await expect.poll(() => kit.clock.advance(0).then(() => asked.length)).toBe(2 * first);
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test('prerequisites: a network that is down is a problem of the source, and heals', async () => {
	const kit = createKit();
	let isDown = true;
	const {aws} = account(() => (isDown ? Object.assign(new Error('down'), {code: 'ECONNREFUSED'}) : undefined));
	const {shows, unmount} = mount(
		kit,
		prerequisites,
		({slices, sources}) =>
			`${sources.get('prerequisites us-east-1')?.problem?.kind} ${slices.prerequisites?.useCaseForm.state}`,
		{aws, region: 'us-east-1'},
	);
	await shows('network undefined');
	isDown = false;
	await kit.clock.advance(60_000);
	await shows('undefined known');
	unmount();
});

test('prerequisites: a question that was throttled is asked again soon, one that was refused after an hour', async () => {
	const kit = createKit();
	let answer: 'throttled' | 'denied' | undefined = 'throttled';
	const throttled = {status: 429, type: 'ThrottlingException', body: '{"message": "Rate exceeded"}'};
	const {aws, asked} = account(operation => {
		if (!operation.includes('use-case') || answer === undefined) return undefined;
		return answer === 'throttled' ? throttled : denied;
	});
	const {shows, unmount} = mount(kit, prerequisites, ({slices}) => `form ${slices.prerequisites?.useCaseForm.state}`, {
		...{aws, region: 'us-east-1'},
	});
	await shows('form unknown');
	const first = asked.length;
	await kit.clock.advance(60_000);
	await expect.poll(() => kit.clock.advance(0).then(() => asked.length)).toBe(2 * first);
	// And then ever more seldom.
	await kit.clock.advance(119_000);
	expect(asked).toHaveLength(2 * first);
	answer = undefined;
	await kit.clock.advance(1000);
	await shows('form known');
	answer = 'denied';
	await kit.clock.advance(hour);
	await shows('form unknown');
	const afterwards = asked.length;
	await kit.clock.advance(hour - 60_000);
	expect(asked).toHaveLength(afterwards);
	unmount();
});

test('credentials: their end is known within half a minute after they were renewed', async () => {
	const kit = createKit();
	const [session, start] = ['corp', 'https://corp.example.com/start'];
	mkdirSync(join(folder, '.aws', 'sso', 'cache'), {recursive: true});
	writeFileSync(
		join(folder, '.aws', 'config'),
		`[profile dev]\nsso_session = ${session}\n[sso-session ${session}]\nsso_start_url = ${start}\nsso_region = us-east-1\n`,
	);
	const renew = (expiresAt: number) =>
		writeFileSync(
			join(folder, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`),
			JSON.stringify({accessToken: 't', expiresAt: new Date(expiresAt).toISOString()}),
		);
	const end = kit.clock.now() + 5 * minute;
	renew(end);
	const {shows, unmount} = mount(
		kit,
		credentials,
		({slices: {credentials: found}}) => `${found?.profile} until ${found?.expiresAt}`,
		{machine: machineOf(kit, {AWS_PROFILE: 'dev'})},
	);
	await shows(`dev until ${end}`);
	renew(end + hour);
	await kit.clock.advance(30_000);
	await shows(`dev until ${end + hour}`);
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test.skipIf(process.platform === 'win32')('auth status: Claude Code is asked here and where sessions run', async () => {
	const kit = createKit();
	mkdirSync(join(folder, 'shop'));
	writeFileSync(
		join(folder, 'claude'),
		`#!/bin/sh\ncase "$PWD" in */shop) p=bedrock;; *) p=firstParty;; esac\necho "{\\"apiProvider\\": \\"$p\\"}"\n`,
	);
	chmodSync(join(folder, 'claude'), 0o755);
	kit.store.dispatch({
		type: 'sessions',
		sessions: [
			{pid: 1, sessionId: 's1', cwd: join(folder, 'shop'), running: true},
			{pid: 2, sessionId: 's2', cwd: join(folder, 'gone'), running: false},
		],
	});
	const {shows, unmount} = mount(
		kit,
		authStatus,
		({slices}) =>
			[...(slices['auth-status'] ?? [])].map(([where, provider]) => `${where.replace(folder, '~')}=${provider}`).join(),
		{machine: machineOf(kit, {PATH: `${folder}:/usr/bin:/bin`})},
	);
	await shows('=first-party,~/shop=bedrock');
	unmount();
	expect(kit.clock.pending()).toBe(0);
});
