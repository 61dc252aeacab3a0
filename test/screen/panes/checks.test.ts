import {describe, expect, test} from 'vitest';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {routingChecks} from '../../../source/screen/panes/checks.ts';
import {overview} from '../../../source/state/overview.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {reduce, type State} from '../../../source/state/state.ts';
import {alice, call, ledgerOf, linked, logOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const checkOf = (id: string, state: Partial<State>) => {
	const found = routingChecks(overview(stateOf(state), noon)).find(check => check.id === id);
	return found && [found.state, found.evidence, found.fix];
};
const configuration = (changes: Partial<Configuration> = {}): Configuration => ({
	...{
		provider: 'bedrock',
		region: 'us-east-1',
		regionFrom: {kind: 'claude-code-default'},
		regionPrefix: 'us',
		findings: [],
	},
	providerFrom: {kind: 'set', variable: 'CLAUDE_CODE_USE_BEDROCK', value: '1', from: 'x.json'},
	...changes,
});
const answered = (...names: readonly SourceStatus['name'][]): Pick<State, 'sources'> =>
	names.reduce(
		(state, name) =>
			reduce(state, {type: 'status', status: {name, phase: 'waiting', failures: 0, lastSuccessAt: noon}}),
		stateOf(),
	);
const session = (pid: number, others: object = {}) => ({
	...{pid, sessionId: `s${pid}`, cwd: '/home/dev/shop', running: true},
	...others,
});
const replied = (changes: Parameters<typeof reply>[1] = {}, id = 'msg_bdrk_1') =>
	prove(noProofs, [reply(id, {at: noon - 2 * minuteMs, ...changes})]);
const restart = 'restart the sessions that answer from elsewhere';

describe('the switch to Bedrock', () => {
	test.each<[string, Partial<State>, readonly unknown[]]>([
		['is open before settings are read', {}, ['unknown', 'settings not read yet', null]],
		['is on', {configuration: configuration()}, ['pass', 'CLAUDE_CODE_USE_BEDROCK=1 in x.json', null]],
		[
			'is on, but something about it is odd',
			{configuration: configuration({findings: [{kind: 'not-an-object', file: 'y.json'}]})},
			['warn', expect.stringMatching(/^CLAUDE_CODE_USE_BEDROCK=1 in x\.json; y\.json is not a JSON object/), null],
		],
		[
			'is off',
			{configuration: configuration({provider: 'first-party'})},
			['fail', 'CLAUDE_CODE_USE_BEDROCK=1 in x.json', expect.stringContaining('~/.claude/settings.json')],
		],
		[
			'is Mantle’s',
			{configuration: configuration({provider: 'mantle'})},
			['warn', expect.stringContaining('Mantle has no CloudTrail record'), expect.stringContaining('audited')],
		],
	])('%s', (_, state, expected) => expect(checkOf('provider-switch', state)).toEqual(expected));
});

describe('the endpoint', () => {
	test.each<[string, Partial<Configuration>, string, RegExp]>([
		['is the region and the prefix', {}, 'pass', /^us-east-1, .*; profiles us\.…$/],
		['says a pinned model', {model: 'm'}, 'pass', /; model m$/],
		[
			'says where it is pinned',
			{model: 'm', modelFrom: {kind: 'named', variable: 'V', from: 'f'}},
			'pass',
			/; model m, V in f$/,
		],
		['says where background calls go', {smallFastRegion: 'us-west-2'}, 'pass', /; background calls in us-west-2$/],
		[
			'is in doubt through a gateway',
			{baseUrl: 'https://g.example.com'},
			'warn',
			/; through https:\/\/g\.example\.com: your account is proven by CloudTrail only$/,
		],
	])('%s', (_, changes, state, words) => {
		expect(checkOf('endpoint', {configuration: configuration(changes)})).toEqual([
			state,
			expect.stringMatching(words),
			null,
		]);
	});

	test('is none of another provider', () => {
		expect(checkOf('endpoint', {configuration: configuration({provider: 'mantle'})})).toBeUndefined();
	});
});

describe('the second opinion', () => {
	const asked = (opinions: Readonly<Record<string, string>>, provider: Configuration['provider'] = 'bedrock') =>
		checkOf('second-opinion', {
			configuration: configuration({provider}),
			configurations: new Map([['/a', configuration({provider: 'first-party'})]]),
			slices: {'auth-status': new Map(Object.entries(opinions)) as never},
		});

	test.each<[string, ReturnType<typeof asked>, readonly unknown[] | undefined]>([
		['was not asked for', asked({}), undefined],
		['agrees', asked({'': 'bedrock'}), ['pass', 'asked in 1 folder', null]],
		['agrees in each folder', asked({'': 'bedrock', '/a': 'first-party'}), ['pass', 'asked in 2 folders', null]],
		['calls Mantle Bedrock', asked({'': 'bedrock'}, 'mantle'), ['pass', 'asked in 1 folder', null]],
		['is of a folder that is not known', asked({'/b': 'vertex'}), ['pass', 'asked in 1 folder', null]],
		[
			'differs',
			asked({'': 'vertex', '/a': 'first-party'}),
			['warn', 'here it says vertex, the settings read by bedtop say bedrock', null],
		],
		[
			'differs in a folder',
			asked({'/a': 'bedrock'}),
			['warn', 'in /a it says bedrock, the settings read by bedtop say first-party', null],
		],
	])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('the proof by replies', () => {
	const elsewhere = replied({provider: 'first-party', sessionId: 's2'}, 'msg_01');
	const both = prove(replied(), [reply('msg_01', {provider: 'first-party', sessionId: 's2'})]);

	test.each<[string, Partial<State>, readonly unknown[]]>([
		['is there', {proofs: replied()}, ['pass', 'last msg_bdrk_ reply 2m ago', null]],
		['is just now', {proofs: replied({at: noon})}, ['pass', 'last msg_bdrk_ reply just now', null]],
		[
			'is the newest of all',
			{proofs: prove(replied(), [reply('b', {at: noon - 9 * minuteMs, sessionId: 's2'})])},
			['pass', 'last msg_bdrk_ reply 2m ago', null],
		],
		['is mixed', {proofs: both}, ['warn', 'last msg_bdrk_ reply 2m ago', restart]],
		[
			'is against it',
			{proofs: elsewhere},
			['fail', 'replies come from elsewhere', expect.stringContaining('CLAUDE_CODE_USE_BEDROCK')],
		],
		['is missing where transcripts are not read', {}, ['unknown', 'transcripts could not be read', null]],
		[
			'is missing where they are',
			answered('transcripts'),
			['unknown', 'no reply seen since the start of the window', null],
		],
		[
			'is there, though settings say otherwise by now',
			{
				...{proofs: replied(), sessions: [session(1)]},
				configurations: new Map([['/home/dev/shop', configuration({provider: 'first-party'})]]),
			},
			[
				'warn',
				expect.stringMatching(/^last msg_bdrk_ reply 2m ago; not configured for Bedrock any more/),
				'restart that session',
			],
		],
	])('%s', (_, state, expected) => expect(checkOf('reply-proof', state)).toEqual(expected));
});

test.each<[string, Partial<State>, readonly unknown[]]>([
	['nothing runs', {}, ['unknown', 'no running Claude Code session is registered here', null]],
	['one has ended', {sessions: [session(1, {running: false})]}, ['unknown', expect.anything(), null]],
	['two run', {sessions: [session(1), session(2)]}, ['pass', '2 running', null]],
])('sessions: %s', (_, state, expected) => expect(checkOf('running', state)).toEqual(expected));

describe('what is billed elsewhere', () => {
	const direct = (id: string, minutesAgo: number) =>
		reply(id, {
			provider: 'first-party',
			requestedModel: undefined,
			at: noon - minutesAgo * minuteMs,
			usage: {input: 1_000_000},
		});

	test.each<[string, Partial<State>, readonly unknown[]]>([
		['is not known where transcripts are not read', {}, ['unknown', 'transcripts could not be read', null]],
		['is nothing', answered('transcripts'), ['pass', 'no reply of another provider in the window', null]],
		[
			'is said with its money',
			{ledger: ledgerOf(direct('msg_01a', 9))},
			[
				'warn',
				expect.stringMatching(/^1 reply directly from Anthropic since \S+, last at \S+, \$4\.00 at list price$/),
				expect.any(String),
			],
		],
		[
			'is said without, where there is no price',
			{
				ledger: ledgerOf(
					direct('msg_01a', 9),
					reply('msg_vrtx_1', {provider: 'vertex', model: 'x', requestedModel: undefined, usage: {input: 1}}),
				),
			},
			['warn', expect.stringMatching(/; 1 reply directly from Vertex AI since .*, unpriced$/), expect.any(String)],
		],
	])('%s', (_, state, expected) => expect(checkOf('elsewhere', state)).toEqual(expected));
});

describe('the confirmation by CloudTrail', () => {
	const turn = reply('msg_bdrk_1', {requestId: 'r', at: noon - 5 * minuteMs});
	const proofs = prove(noProofs, [turn]);
	const failing = (problem: object) =>
		reduce(stateOf(), {
			type: 'status',
			status: {name: 'cloudtrail', region: 'us-east-1', phase: 'waiting', failures: 1, problem: problem as never},
		});
	const joined = linked(ledgerOf(turn), logOf(call('e', {requestId: 'r', at: noon - 6 * minuteMs})));
	const {requestId: _, ...older} = turn;
	const likely = {ledger: ledgerOf(older), log: logOf(call('e', {at: noon - 6 * minuteMs}))};

	test.each<[string, Partial<State>, readonly unknown[]]>([
		['by request id', {...joined, proofs}, ['pass', 'newest confirmed call 6m ago, by request id', null]],
		[
			'by likeness',
			{...likely, proofs, slices: {identity: {kind: 'sso', name: 'alice', arn: alice}}},
			[
				'pass',
				'newest confirmed call 6m ago, by principal, model and minute, as this client writes no request id',
				null,
			],
		],
		['is open', {}, ['unknown', 'no call joined by request id yet; records come 5 to 90 minutes late', null]],
		['is refused', failing({kind: 'denied', message: 'No.', fix: 'allow it'}), ['unknown', 'No.', 'allow it']],
		['is refused for good', failing({kind: 'denied', message: 'No.'}), ['unknown', 'No.', null]],
	])('%s', (__, state, expected) => expect(checkOf('audit', state)).toEqual(expected));
});

describe('refused calls', () => {
	const denied = (id: string, changes: object = {}) => call(id, {outcome: 'AccessDenied', ...changes});
	const fallback = (at: number) => ({
		...{id: `f${at}`, at, sessionId: 's1', message: ''},
		fallback: {from: 'claude-opus-5-5', to: 'claude-opus-5'},
	});

	test.each<[string, Partial<State>, readonly unknown[]]>([
		['are none', {}, ['pass', 'none in the window; CloudTrail may still bring some', null]],
		[
			'are counted',
			{log: logOf(denied('a'), denied('b'))},
			['fail', 'opus-5.5 ×2 unknown, just now', expect.anything()],
		],
		[
			'may name no model',
			{log: logOf(denied('a', {profile: undefined}))},
			['fail', 'a model ×1 unknown, just now', expect.anything()],
		],
		[
			'show in another model’s answers',
			{failures: [fallback(noon)]},
			['fail', 'answers now come from opus-5 because opus-5.5 is refused', null],
		],
		[
			'but not in those of before the window',
			{failures: [fallback(noon - 61 * minuteMs)]},
			['pass', expect.anything(), null],
		],
	])('%s', (_, state, expected) => expect(checkOf('refusals', state)).toEqual(expected));
});

test.each([
	[79, 'pass'],
	[80, 'warn'],
	[99, 'warn'],
	[100, 'fail'],
])('a budget of which %i % is used: %s', (percent, state) => {
	const ledger = ledgerOf(reply('msg_bdrk_1', {at: noon - 1, usage: {input: percent * 10_000}}));
	const limits = {day: 4_000_000_000_000n, month: 400_000_000_000_000n};
	const spent = (4 * percent) / 100;
	expect(checkOf('budget-day', {ledger, limits})).toEqual([state, `$${spent.toFixed(2)} of $4`, null]);
	expect(checkOf('budget-month', {ledger, limits})?.[0]).toBe('pass');
	expect(checkOf('budget-day', {ledger})).toBeUndefined();
});
