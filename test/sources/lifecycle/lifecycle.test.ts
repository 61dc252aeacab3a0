import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createDiskCache} from '../../../source/sources/files/disk-cache.ts';
import {lifecycle} from '../../../source/sources/lifecycle/source.ts';
import {openSource, type SourceOptions} from '../../../source/sources/source.ts';
import {type Action, reduce, type State} from '../../../source/state/state.ts';
import {account, denied, type Reply} from '../../support/bedrock-account.ts';
import {alice, ledgerOf, noon, reply, stateOf} from '../../support/builders.ts';
import {contextOf} from '../../support/context.ts';
import {createFakeClock} from '../../support/fake-clock.ts';

const hourMs = 3_600_000;
const opus41 = 'anthropic.claude-opus-4-1-20250805-v1:0';
const opus55 = 'anthropic.claude-opus-5-5';
const said = (modelLifecycle: object): Reply => ({status: 200, body: JSON.stringify({modelDetails: {modelLifecycle}})});
/** As Bedrock writes it: theopenco/llmgateway#3229 has the days. */
const opusLegacy = said({
	status: 'LEGACY',
	legacyTime: '2026-07-08T00:00:00Z',
	publicExtendedAccessTime: '2026-10-08T00:00:00Z',
	endOfLifeTime: '2027-01-08T00:00:00Z',
});
const notThere: Reply = {status: 404, type: 'ResourceNotFoundException', body: '{"message": "no such model"}'};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-lifecycle-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const called = stateOf({
	slices: {identity: {kind: 'sso', arn: alice}},
	askedRegions: ['us-east-1', 'us-west-2'],
	ledger: ledgerOf(
		reply('old', {model: 'claude-opus-4-1-20250805', requestedModel: `us.${opus41}`, usage: {input: 1_000_000}}),
		reply('new'),
	),
});

/** The source over an account that answers like that, and what it is asked. */
const opened = (replace: (operation: string) => Reply | undefined, initial = called) => {
	const {aws, asked} = account(replace);
	const clock = createFakeClock(noon);
	let state: State = initial;
	const store = {getState: () => state};
	const source = openSource(
		lifecycle,
		contextOf({store, clock, others: {aws, cache: createDiskCache(folder)}}),
		undefined,
	);
	const read = () =>
		source.read((action: Action) => {
			state = reduce(state, action);
		}, new AbortController().signal);
	return {source, read, asked, clock, state: () => state};
};

test('asks once for each model that is called, and prices it by the dates', async () => {
	const {read, state, asked, source} = opened(operation => (operation.includes(opus41) ? opusLegacy : undefined));
	await read();
	expect(state().slices.lifecycle).toEqual([
		{
			...{model: opus41, status: 'legacy', region: 'us-east-1', legacyAt: Date.UTC(2026, 6, 8)},
			...{extendedAccessAt: Date.UTC(2026, 9, 8), endOfLifeAt: Date.UTC(2027, 0, 8)},
		},
		{model: opus55, status: 'active', region: 'us-east-1'},
	]);
	await read();
	expect(asked.sort()).toEqual([`GET /foundation-models/${opus41}`, `GET /foundation-models/${opus55}`]);
	expect(source.dueInMs?.()).toBe(24 * hourMs);
});

test('the next run has it from the disk for a day', async () => {
	await opened(() => opusLegacy).read();
	const next = opened(() => denied);
	await next.read();
	expect(next.asked).toEqual([]);
	expect(next.state().slices.lifecycle).toHaveLength(2);
	next.clock.jump(noon + 25 * hourMs);
	expect(next.source.dueInMs?.()).toBe(0);
	await expect(next.read()).rejects.toThrow();
	// What was said yesterday is not unsaid by a refusal.
	expect(next.state().slices.lifecycle).toHaveLength(2);
});

test('a refusal is one request, and names the permission', async () => {
	const {read, asked, source, state} = opened(() => denied);
	const error = await read().then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(asked).toHaveLength(1);
	expect(source.explain(error)).toMatchObject({
		kind: 'denied',
		fix: 'allow bedrock:GetFoundationModel on Resource "*"',
	});
	expect(state().slices.lifecycle).toBeUndefined();
});

test('a model that no watched region has is left out, and not asked for again that day', async () => {
	const {read, asked, state} = opened(operation => (operation.includes(opus41) ? notThere : undefined));
	await read();
	await read();
	expect(asked.filter(operation => operation.includes(opus41))).toHaveLength(2);
	expect(state().slices.lifecycle?.map(({model}) => model)).toEqual([opus55]);
});

test('dates beyond belief and a status of the future are no dates and no Legacy', async () => {
	const odd = said({status: 'RETIRING', endOfLifeTime: '9999-12-31T00:00:00Z'});
	const {read, state} = opened(() => odd);
	await read();
	expect(state().slices.lifecycle?.[0]).toEqual({model: opus41, status: 'active', region: 'us-east-1'});
});

test('an answer without a lifecycle is none', async () => {
	const {read} = opened(() => ({status: 200, body: '{}'}));
	await expect(read()).rejects.toThrow('GetFoundationModel answered without content');
});

describe('it is asked', () => {
	const options = (purpose: SourceOptions['purpose']): SourceOptions => ({
		...{
			purpose,
			hasAws: true,
			hasCostExplorer: false,
			isDemo: false,
			hasHistory: false,
			watchCap: 0n,
			refreshMs: 60_000,
		},
	});
	test.each<[string, Partial<State>, SourceOptions['purpose'], boolean]>([
		['once it is known who asks and what is called', {}, 'watch', true],
		['not before that', {slices: {}}, 'watch', false],
		['at once where it is asked only once', {slices: {}}, 'report', true],
		['not while nothing was called', {ledger: ledgerOf()}, 'watch', false],
	])('%s', (_, changes, purpose, expected) => {
		expect(lifecycle.needs?.({...called, ...changes}, options(purpose), undefined)).toBe(expected);
	});

	test('not by a check, which is to be quick', () => expect(lifecycle.isOn(options('check'))).toBe(false));
});
