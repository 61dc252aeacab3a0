import {expect, test} from 'vitest';
import {breakDown, type Dimension} from '../../../source/domain/spend/breakdown.ts';
import {ledgerOf, reply} from '../../support/builders.ts';

const at = (hour: number, minute = 0, day = 23) => new Date(2026, 10, day, hour, minute).getTime();
const iso = (hour: number, day = 23) => new Date(2026, 10, day, hour).toISOString();
const opus = 'anthropic.claude-opus-5-5';

const ledger = ledgerOf(
	reply('a', {at: at(9, 59), usage: {output: 1}}),
	reply('b', {at: at(10), sessionId: 's2', cwd: '/tmp', usage: {output: 2}, requestedModel: `us.${opus}`}),
	reply('c', {at: at(10, 59), sessionId: 's2', usage: {output: 3}}),
	reply('d', {at: at(23, 59, 22), cwd: undefined, usage: {output: 4}, requestedModel: 'us.anthropic.claude-9-x'}),
	reply('e', {at: at(10), provider: 'first-party'}),
	reply('f', {at: at(10), provider: 'unknown'}),
	reply('g', {at: at(23, 58, 22)}),
);
const since = at(23, 59, 22);

test.each<[Dimension, Readonly<Record<string, readonly [calls: number, outputTokens: number]>>]>([
	['model', {[opus]: [3, 6], 'anthropic.claude-9-x': [1, 4]}],
	['scope', {global: [2, 4], geo: [2, 6]}],
	['session', {s1: [2, 5], s2: [2, 5]}],
	['folder', {'/home/dev/shop': [2, 4], '/tmp': [1, 2], unknown: [1, 4]}],
	['hour', {[iso(9)]: [1, 1], [iso(10)]: [2, 5], [iso(23, 22)]: [1, 4]}],
	['day', {[iso(0)]: [3, 6], [iso(0, 22)]: [1, 4]}],
])('Bedrock replies since then by %s', (dimension, expected) => {
	const sums = [...breakDown(ledger, dimension, since)].map(([key, {calls, usage}]) => [key, [calls, usage.output]]);
	expect(Object.fromEntries(sums)).toEqual(expected);
});

test('what only a lookup could tell goes by the id that was called', () => {
	const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
	expect([...breakDown(ledgerOf(reply('a', {requestedModel: arn})), 'model', 0).keys()]).toEqual([arn]);
});
