import {describe, expect, test} from 'vitest';
import type {Finding, Prerequisites} from '../../../../source/domain/refusals/prerequisites.ts';
import {noProofs, prove} from '../../../../source/domain/routing/proof.ts';
import {gateChecks, modelGates} from '../../../../source/screen/panes/gates/gates.ts';
import {overview} from '../../../../source/state/overview.ts';
import type {State} from '../../../../source/state/state.ts';
import {alice, call, logOf, minuteMs, noon, reply, stateOf} from '../../../support/builders.ts';

const known = <T>(value: T): Finding<T> => ({state: 'known', value});
const refused: Finding<never> = {state: 'unknown', reason: 'Bedrock refuses x.', fix: 'allow x'};
const id = 'us.anthropic.claude-fable-5';
const model = 'anthropic.claude-fable-5';
const open = {agreement: 'AVAILABLE', authorization: 'AUTHORIZED', entitlement: 'AVAILABLE', region: 'AVAILABLE'};

const whole: Prerequisites = {
	region: 'us-east-1',
	available: [id],
	called: [{id, isProfile: true, exists: known(true)}],
	destinations: new Map([[id, [`arn:aws:bedrock:us-east-1::foundation-model/${model}`]]]),
	models: [{model, availability: known(open)}],
	useCaseForm: known(true),
	logging: known([]),
	retention: known('provider_data_share'),
	permissions: known([{action: 'bedrock:InvokeModel', id, decision: 'allowed'}]),
};
const limits = (...found: readonly number[]) => ({
	...{region: 'us-east-1', askedAt: noon},
	found: found.map(limit => ({model, quota: 'tokens-per-minute' as const, scopes: ['geo' as const], limit})),
});

const viewOf = (changes: Partial<Prerequisites>, state: Partial<State> = {}, limit: readonly number[] = [1000]) => {
	const slices = {
		prerequisites: {...whole, ...changes},
		quotas: limits(...limit),
		identity: {kind: 'sso', arn: alice} as const,
	};
	return overview(stateOf({slices, ...state}), noon);
};
const gate = (name: string, ...given: Parameters<typeof viewOf>) => {
	const found = modelGates(viewOf(...given)).find(one => one.gate === name);
	return found && `${found.state}: ${found.evidence} → ${found.fix}`;
};

test('each model has its four gates, with who decides and what else changes', () => {
	const gates = modelGates(viewOf({}));
	expect(gates.map(({gate, profile, model, state}) => [gate, profile, model, state])).toEqual(
		['access', 'quota', 'iam', 'retention'].map(name => [name, id, model, 'pass']),
	);
	for (const {decidedBy, changes} of gates) expect(decidedBy.length * changes.length).toBeGreaterThan(0);
	expect(gates.find(one => one.gate === 'retention')?.changes).toContain('all models of the account in us-east-1');
});

test.each<[string, string, Partial<Prerequisites>, readonly number[], string]>([
	[
		'closed',
		'access',
		{models: [{model, availability: known({...open, authorization: 'NOT_AUTHORIZED'})}]},
		[1],
		'fail: fable-5: NOT_AUTHORIZED',
	],
	[
		'without a form',
		'access',
		{useCaseForm: known(false), models: [{model, availability: refused}]},
		[1],
		'fail: not submitted for this account',
	],
	['a form that nobody may look at', 'access', {useCaseForm: refused}, [1], 'pass: fable-5 may be used'],
	[
		'without such a profile',
		'access',
		{called: [{id, isProfile: true, exists: known(false)}]},
		[1],
		'fail: us-east-1 has no profile',
	],
	['not asked', 'access', {models: [{model, availability: refused}]}, [1], 'unknown: Bedrock refuses x. → allow x'],
	[
		'nothing',
		'quota',
		{},
		[0, 5000],
		'fail: 0 tokens a minute for fable-5 through profiles of a geography in us-east-1 → request an increase',
	],
	['something', 'quota', {}, [5000], 'pass: 5.0k tokens a minute for fable-5'],
	['none of that name', 'quota', {}, [], 'unknown: Service Quotas of us-east-1 names none for fable-5'],
	[
		'denied',
		'iam',
		{permissions: known([{action: 'bedrock:InvokeModel', id, decision: 'explicitDeny'}])},
		[1],
		'fail: an explicit deny forbids',
	],
	['unknown', 'iam', {permissions: refused}, [1], 'unknown: Bedrock refuses x. → allow x'],
	[
		'too little',
		'retention',
		{retention: known('default')},
		[1],
		'fail: fable-5 asks for provider_data_share; the mode in us-east-1 is default → ask who decides',
	],
	[
		'a fresh account',
		'retention',
		{retention: known('inherit')},
		[1],
		'fail: fable-5 asks for provider_data_share; the mode in us-east-1 is inherit',
	],
	[
		'enough',
		'retention',
		{},
		[1],
		"pass: fable-5 answers under provider_data_share, the mode in us-east-1: calls are shared with the model's provider",
	],
	['unknown', 'retention', {retention: refused}, [1], 'unknown: Bedrock refuses x. → allow x'],
	['older recordings', 'retention', {retention: undefined}, [1], 'unknown: not asked → null'],
])('%s %s', (_, name, changes, limit, expected) => expect(gate(name, changes, {}, limit)).toContain(expected));

test('who decides is the organization where its policy forbids', () => {
	const denied = {action: 'bedrock:InvokeModel', id, decision: 'implicitDeny', deniedBy: 'organization'} as const;
	const found = modelGates(viewOf({permissions: known([denied])})).find(one => one.gate === 'iam');
	expect(found?.decidedBy).toBe("the organization's administrators, in a service control policy");
});

test("Mantle's project decides before the account", () => {
	const configuration = {provider: 'mantle'} as State['configuration'];
	expect(gate('retention', {}, {configuration})).toBe("unknown: Mantle's project decides before the account → null");
});

test('a Service Quotas that may not be asked says which permission is missing', () => {
	const problem = {kind: 'denied', message: 'Service Quotas refuses x.', fix: 'allow x'} as const;
	const sources = new Map([['quotas', {name: 'quotas', phase: 'waiting', failures: 1, problem} as const]]);
	const view = overview(stateOf({slices: {prerequisites: whole}, sources}), noon);
	expect(modelGates(view).find(one => one.gate === 'quota')).toMatchObject({
		...{state: 'unknown', evidence: 'Service Quotas refuses x.', fix: 'allow x'},
	});
});

describe('what became of calls tells more than what the account says of itself', () => {
	const at = noon - 10 * minuteMs;
	const message = "data retention mode 'default' is not available for this model";
	const log = logOf(call('e1', {at, profile: id, outcome: 'Validation', message}));
	const answered = (when: number) => ({
		proofs: prove(noProofs, [reply('msg_bdrk_1', {at: when, requestedModel: id, model: 'claude-fable-5'})]),
	});
	test.each<[string, Partial<Prerequisites>, Partial<State>, string]>([
		['a refusal where nothing else is known', {retention: refused}, {log}, 'fail: refused ×1, last at'],
		['a refusal beside a mode that should do', {}, {log}, 'warn: fable-5 answers under provider_data_share'],
		['a refusal that was mended', {}, {log, ...answered(at + minuteMs)}, 'pass: fable-5 answers under'],
		['an answer where nothing else is known', {retention: refused}, answered(at), 'pass: a call was answered at'],
		['an answer although the mode does not do', {retention: known('default')}, answered(at), 'warn: fable-5 asks for'],
		[
			'an answer of yesterday',
			{retention: refused},
			answered(noon - 20 * 60 * minuteMs),
			'unknown: Bedrock refuses x.',
		],
	])('%s', (_, changes, state, expected) => expect(gate('retention', changes, state)).toContain(expected));

	test('a throttle passes by itself', () => {
		const throttled = logOf(
			call('e1', {at, profile: id, outcome: 'Throttling', message: 'Too many tokens, please wait'}),
		);
		expect(gate('quota', {}, {log: throttled})).toMatch(/^warn: 1\.0k tokens a minute .*, yet refused ×1/);
		expect(gate('quota', {}, {log: throttled}, [])).toMatch(/^warn: refused ×1/);
	});
});

test('the two gates without a row of their own have one, the worst model first', () => {
	expect(gateChecks(viewOf({retention: known('none')}, {}, [0])).map(({id, state}) => `${id} ${state}`)).toEqual([
		'quota fail',
		'data-retention fail',
	]);
	expect(gateChecks(viewOf({called: []})).map(({evidence}) => evidence)).toEqual(
		Array.from({length: 2}, () => 'no model was called yet'),
	);
});
