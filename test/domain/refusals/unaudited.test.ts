import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {observe} from '../../../source/domain/refusals/observation.ts';
import {requestOfUnaudited, unauditedOf} from '../../../source/domain/refusals/unaudited.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';
import {alice, call, globalOpus, logOf, minuteMs, noon} from '../../support/builders.ts';

const identity = {kind: 'sso', name: 'alice', arn: alice} as const;

const failure = (id: string, changes: Partial<LocalFailure> = {}): LocalFailure => ({
	...{id, at: noon, sessionId: 's1', status: 503, code: 'ServiceUnavailableException', message: 'Too busy'},
	...changes,
});

const rows = (failures: readonly LocalFailure[], ...calls: readonly ReturnType<typeof call>[]) => {
	const refused = calls.filter(({outcome}) => outcome !== 'ok');
	const found = observe(failures, refused, {...identity, region: 'us-east-1', calledBy: () => globalOpus});
	return unauditedOf(found, {log: logOf(...calls), identity});
};

test('a failed call that only a transcript knows is a row of its own, in the client’s clock', () => {
	const [row] = rows([failure('f1', {requestId: 'r1', at: noon + 250})]);
	expect(row).toMatchObject({
		...{eventId: 'transcript r1', requestId: 'r1', at: noon + 250, profile: globalOpus, onlyIn: 's1'},
		...{outcome: 'ServiceUnavailable', message: 'Too busy', principal: identity},
	});
	expect(requestOfUnaudited(row?.eventId ?? '')).toBe('r1');
	expect(requestOfUnaudited('0c2e4b8e-0000')).toBeUndefined();
});

test.each<[string, Partial<LocalFailure>, string]>([
	[
		'without credentials',
		{status: undefined, code: undefined, message: 'Could not load credentials from any providers'},
		'no-credentials',
	],
	['with a prompt that is too long', {status: 400, code: undefined, message: 'Prompt is too long'}, 'Validation'],
	[
		'without a network',
		{status: undefined, code: undefined, message: 'Connection error: ECONNRESET'},
		'ConnectionError',
	],
])('a call %s is named %s', (_, changes, outcome) => {
	expect(rows([failure('f1', changes)]).map(row => row.outcome)).toEqual([outcome]);
});

describe('one failure is one row', () => {
	const trail = call('e1', {at: noon - 1000, requestId: 'r1', outcome: 'ServiceUnavailable'});
	test.each<[string, readonly LocalFailure[], readonly ReturnType<typeof call>[], number]>([
		['before its record comes', [failure('f1', {requestId: 'r1'})], [], 1],
		['and none once it has come', [failure('f1', {requestId: 'r1'})], [trail], 0],
		['of another request', [failure('f1', {requestId: 'r2'})], [trail], 1],
		['two tries are two', [failure('f1', {requestId: 'r1'}), failure('f2', {requestId: 'r2', at: noon + 1})], [], 2],
		[
			'what the person was shown after the tries is none',
			[failure('f1', {requestId: 'r1'}), failure('f2', {isFinal: true, at: noon + 1, requestId: 'r1'})],
			[],
			1,
		],
		['shown without any try', [failure('f1', {isFinal: true})], [], 1],
		['without a request id: by person, model and time', [failure('f1')], [trail], 0],
		['two of them have one record', [failure('f1'), failure('f2', {at: noon + 1})], [trail], 1],
		['a record of long ago is another call', [failure('f1', {at: noon + 10 * minuteMs})], [trail], 1],
		['a record that comes after it is another call', [failure('f1', {at: noon - 10 * minuteMs})], [trail], 1],
		[
			'somebody else’s record is another call',
			[failure('f1')],
			[{...trail, principal: {kind: 'iam-user', arn: 'x'}}],
			1,
		],
		['a refused one is no failed one', [failure('f1')], [{...trail, outcome: 'AccessDenied'}], 1],
		['another model is another call', [failure('f1')], [{...trail, profile: 'us.anthropic.claude-haiku-5-5'}], 1],
	])('%s', (_, failures, calls, count) => expect(rows(failures, ...calls)).toHaveLength(count));
});

test('with request ids every failed request is one row, in whatever order transcripts and records come', () => {
	const ids = fc.uniqueArray(fc.integer({min: 0, max: 30}), {maxLength: 12});
	fc.assert(
		fc.property(ids, ids, fc.infiniteStream(fc.nat({max: 90_000})), (here, there, ages) => {
			const failures = here.map(id => failure(`f${id}`, {requestId: `r${id}`, at: noon - (ages.next().value ?? 0)}));
			const calls = there.map(id => call(`e${id}`, {requestId: `r${id}`, outcome: 'ServiceUnavailable'}));
			const shown = [...rows(failures, ...calls), ...calls].map(({requestId}) => requestId);
			expect(shown.toSorted()).toEqual([...new Set([...here, ...there])].map(id => `r${id}`).toSorted());
		}),
	);
});
