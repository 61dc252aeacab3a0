import {describe, expect, test} from 'vitest';
import {policyFor} from '../../source/app/policy.ts';
import {readEntry} from '../../source/app/recording/recording-format.ts';
import {requestPrice, sources} from '../../source/sources/registry.ts';
import type {SourceOptions} from '../../source/sources/source.ts';

const options: SourceOptions = {
	...{purpose: 'watch', hasAws: true, hasCostExplorer: false, isDemo: false, hasHistory: false},
	...{watchCap: 100_000_000_000n, refreshMs: 60_000},
};

test('no two sources have one name, and each waits in a round only for others that there are', () => {
	const names = sources.map(({name}) => name);
	expect(new Set(names).size).toBe(names.length);
	const steps = new Set(
		sources.flatMap(({name, round}) => round.map((_, time) => (time === 0 ? name : `${name} again`))),
	);
	for (const {round} of sources) {
		for (const after of round) if (after !== 'others') expect([...steps]).toEqual(expect.arrayContaining([...after]));
	}
});

test.each([
	['cloudwatch:GetMetricStatistics', 10_000_000n],
	['ce:GetCostAndUsage', 10_000_000_000n],
	['cloudtrail:LookupEvents', 0n],
	['somebody:Else', 0n],
])('%s costs %s p$', (operation, price) => expect(requestPrice(operation)).toBe(price));

describe('the policy allows what is switched on, and no more', () => {
	const sidsOf = (changes: Partial<SourceOptions>) => {
		const {Statement} = policyFor({...options, ...changes}) as {readonly Statement: readonly {readonly Sid: string}[]};
		return Statement.map(({Sid}) => Sid);
	};
	const base = [
		'Watch',
		'ResolveProfiles',
		'ResolveRouters',
		'Prerequisites',
		'MayIInvoke',
		'ModelLifecycle',
		'Quotas',
	];

	test.each<[string, Partial<SourceOptions>, readonly string[]]>([
		['by default', {}, base],
		['with the bill', {hasCostExplorer: true}, [...base, 'Bill']],
		['with a bill that may cost nothing', {hasCostExplorer: true, watchCap: 0n}, base],
		['without AWS', {hasAws: false}, []],
	])('%s', (_, changes, expected) => expect(sidsOf(changes)).toEqual(expected));

	test('CloudWatch is asked only where that may cost something', () => {
		const watched = (watchCap: bigint) => JSON.stringify(policyFor({...options, watchCap}));
		expect(watched(1n)).toContain('cloudwatch:GetMetricStatistics');
		expect(watched(0n)).not.toContain('cloudwatch:');
	});
});

describe('a recording of an older version reads', () => {
	const read = (action: object) => readEntry(JSON.stringify({at: 1, action}))?.action;
	const alice = {kind: 'sso', name: 'alice'};
	const expiry = {kind: 'sso', expiresAt: 5, command: 'aws sso login', profile: 'default'};

	test.each([
		['the identity', {type: 'identity', identity: alice}, {source: 'identity', value: alice}],
		['the end of credentials', {type: 'expiry', expiry}, {source: 'credentials', value: expiry}],
		[
			'what Claude Code said',
			{type: 'opinions', opinions: {$map: [['/a', 'bedrock']]}},
			{source: 'auth-status', value: new Map([['/a', 'bedrock']])},
		],
	])('%s is a slice', (_, written, slice) => expect(read(written)).toEqual({type: 'slice', ...slice}));

	test('a request costs what it costs now', () => {
		const request = {type: 'request', operation: 'cloudwatch:ListMetrics', at: 1};
		expect(read(request)).toEqual({...request, price: 10_000_000n});
		expect(read({...request, price: {$integer: '7'}})).toEqual({...request, price: 7n});
	});

	test('a slice of a source that nobody knows is left out', () => {
		expect(read({type: 'slice', source: 'weather', value: 'rain'})).toBeUndefined();
		expect(read({type: 'slice', source: 'identity', value: 'alice'})).toBeUndefined();
	});
});
