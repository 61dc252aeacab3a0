import {describe, expect, test} from 'vitest';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {accountChecks} from '../../../source/screen/panes/account-checks.ts';
import {overview} from '../../../source/state/overview.ts';
import {reduce, type State} from '../../../source/state/state.ts';
import {alice, call, ledgerOf, linked, logOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const checks = (state: State) => accountChecks(overview(state, noon));
const checkOf = (id: string, state: State) => {
	const found = checks(state).find(check => check.id === id);
	return found && [found.state, found.evidence, found.fix];
};
const me = {kind: 'sso', name: 'alice', arn: alice, accountId: '123456789012'} as const;
const bedrock = (auth?: object) =>
	({
		...{provider: 'bedrock', region: 'us-east-1', findings: []},
		auth: auth && {bearer: false, skip: false, export: false, refresh: false, from: [], ...auth},
	}) as unknown as State['configuration'];

describe('the credentials', () => {
	const failing = (problem: object | undefined) =>
		reduce(stateOf(), {
			type: 'status',
			status: {name: 'identity', phase: 'waiting', failures: 1, ...(problem && {problem: problem as never})},
		});

	test.each<[string, State, readonly unknown[]]>([
		['work', stateOf({slices: {identity: me}}), ['pass', 'account 123456789012 as SSO alice', null]],
		[
			'are the root user’s',
			stateOf({slices: {identity: {kind: 'root', name: 'root'}}}),
			['warn', 'account unknown as root user root', 'use a role instead of the root user'],
		],
		[
			'have no name',
			stateOf({slices: {identity: {kind: 'unknown'}}}),
			['pass', 'account unknown as principal of unknown kind ?', null],
		],
		['were not asked for', stateOf(), ['unknown', 'AWS was not asked', null]],
		['are being asked for', failing(undefined), ['unknown', 'AWS was not asked', null]],
		[
			'fail',
			failing({kind: 'credentials', message: 'Expired.', fix: 'aws sso login'}),
			['fail', 'Expired.', 'aws sso login'],
		],
		['fail and nothing mends it', failing({kind: 'network', message: 'No route.'}), ['fail', 'No route.', null]],
	])('%s', (_, state, expected) => expect(checkOf('account', state)).toEqual(expected));

	const since = (name: 'identity' | 'cloudtrail', kind: 'credentials' | 'network') =>
		reduce(stateOf({slices: {identity: me}}), {
			type: 'status',
			status: {name, phase: 'waiting', failures: 1, lastSuccessAt: noon, problem: {kind, message: 'Not now.'}},
		});

	test.each([
		['have expired since', since('identity', 'credentials'), ['fail', 'Not now.', null]],
		['have expired since, as another source is told', since('cloudtrail', 'credentials'), ['fail', 'Not now.', null]],
		['may still work where nobody can be reached', since('identity', 'network'), ['unknown', 'Not now.', null]],
		[
			'work where another source alone cannot be reached',
			since('cloudtrail', 'network'),
			['pass', expect.anything(), null],
		],
	])('that once worked %s', (_, state, expected) => expect(checkOf('account', state)).toEqual(expected));
});

describe('how long they last', () => {
	const ends = (inMs: number, kind: 'sso' | 'login' | 'session' = 'sso') =>
		checkOf(
			'credentials-expiry',
			stateOf({slices: {credentials: {kind, profile: 'dev', command: 'renew', expiresAt: noon + inMs}}}),
		);

	test.each([
		[0, ['fail', 'the SSO session of profile dev has expired', 'renew']],
		[1, ['warn', 'the SSO session of profile dev ends in 0m', 'renew']],
		[15 * minuteMs - 1, ['warn', 'the SSO session of profile dev ends in 14m', 'renew']],
		[15 * minuteMs, ['pass', 'the SSO session of profile dev ends in 15m', null]],
		[60 * minuteMs - 1, ['pass', 'the SSO session of profile dev ends in 59m', null]],
		[125 * minuteMs, ['pass', 'the SSO session of profile dev ends in 2h 5m', null]],
	])('%i ms', (inMs, expected) => expect(ends(inMs)).toEqual(expected));

	test('is said of what it is, and not where nobody knows', () => {
		expect([ends(0, 'login')?.[1], ends(0, 'session')?.[1]]).toEqual([
			'the login session of profile dev has expired',
			'the temporary keys of profile dev has expired',
		]);
		expect(checkOf('credentials-expiry', stateOf())).toBeUndefined();
	});
});

describe('whether both programs mean one account', () => {
	const id = 'same-principal';
	const called = (arn: string) => {
		const calls = [call('e', {requestId: 'r', principal: {kind: 'sso', arn}})];
		return linked(ledgerOf(reply('msg_bdrk_1', {requestId: 'r'})), logOf(...calls));
	};
	const known = (more: Partial<State> = {}) => stateOf({slices: {identity: me}, configuration: bedrock(), ...more});
	const replied = (minutesAgo: number) => ({
		proofs: prove(noProofs, [reply('msg_bdrk_1', {at: noon - minutesAgo * minuteMs})]),
	});
	const fix = 'give bedtop credentials of that account, for example with --profile';

	test.each<[string, State, readonly unknown[] | undefined]>([
		['is not asked before it is known who bedtop is', stateOf({configuration: bedrock()}), undefined],
		['is not asked where Bedrock is not configured', stateOf({slices: {identity: me}}), undefined],
		[
			'is proven by a call under the same principal',
			known(called(alice)),
			['pass', 'CloudTrail has its calls under the same principal', null],
		],
		[
			'is proven by a call under another one',
			known(called('arn:aws:iam::123456789012:user/bob')),
			['pass', 'same account, but Claude Code calls as bob, bedtop asks as alice', null],
		],
		['is open without a call', known(), ['unknown', 'no call joined yet', null]],
		['is open within 90 minutes', known(replied(90)), ['unknown', 'no call joined yet', null]],
		[
			'is in doubt after that',
			known(replied(91)),
			['warn', 'no call of this machine in this account after 90 minutes', 'check --profile and --region'],
		],
	])('%s', (_, state, expected) => expect(checkOf(id, state)).toEqual(expected));

	test.each<[string, object, Partial<State>, RegExp | undefined]>([
		['nothing special', {}, {}, undefined],
		['nothing at all before anything else', {skip: true, bearer: true}, {}, /^Claude Code signs nothing/],
		['an API key', {bearer: true, export: true}, {}, /^Claude Code uses a Bedrock API key/],
		[
			'credentials of its own',
			{export: true, profile: 'corp'},
			{},
			/^Claude Code takes credentials from awsCredentialExport/,
		],
		['another profile', {profile: 'corp'}, {}, /^Claude Code uses profile corp, bedtop default;/],
		[
			'another profile than the one that was named',
			{profile: 'corp'},
			{awsProfile: 'own'},
			/^Claude Code uses profile corp, bedtop own;/,
		],
		['the same profile', {profile: 'corp'}, {awsProfile: 'corp'}, undefined],
		['the default profile by its name', {profile: 'default'}, {}, undefined],
	])('is in doubt where Claude Code signs with %s', (_, auth, state, words) => {
		const check = checkOf(id, known({configuration: bedrock(auth), ...state}));
		if (words === undefined) expect(check).toEqual(['unknown', 'no call joined yet', null]);
		else expect(check).toEqual(['warn', expect.stringMatching(words), fix]);
	});
});
