import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {dimensions} from '../../../source/domain/report/dimension.ts';
import {localRows} from '../../../source/domain/report/local-rows.ts';
import {type ReportRow, sortRows} from '../../../source/domain/report/row.ts';
import {trailRows} from '../../../source/domain/report/trail-rows.ts';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {call, ledgerOf, linked, logOf, minuteMs, noon, reply} from '../../support/builders.ts';

const replies = fc.uniqueArray(
	fc.record({
		id: fc.integer({min: 0, max: 60}),
		sessionId: fc.constantFrom('s1', 's2'),
		cwd: fc.constantFrom('/a', '/b', undefined),
		agentId: fc.constantFrom('a', 'b', undefined),
		hour: fc.integer({min: 0, max: 70}),
		input: fc.integer({min: 0, max: 100_000}),
		provider: fc.constantFrom<Turn['provider']>('bedrock', 'bedrock', 'first-party', 'unknown'),
		requestedModel: fc.constantFrom('global.anthropic.claude-opus-5-5', 'us.anthropic.claude-haiku-5-5', 'nobody'),
	}),
	{selector: ({id}) => id, maxLength: 40},
);

const turnsOf = (some: readonly {id: number; hour: number; input: number}[]) =>
	some.map(({id, hour, input, ...more}) =>
		reply(`m${id}`, {...more, at: noon - hour * 60 * minuteMs, requestId: `r${id}`, usage: {input}}),
	);

/** The same whatever was read first. */
const inOrder = (rows: readonly ReportRow[]) => sortRows(rows, 'model');

test('whatever it is summed up by, the rows come to the spend of the window, in any order of arrival', () => {
	fc.assert(
		fc.property(replies, fc.integer({min: 0, max: 80}), (some, hours) => {
			const turns = turnsOf(some);
			const since = noon - hours * 60 * minuteMs;
			const calls = some.map(({id}) => call(`e${id}`, {requestId: `r${id}`, region: `eu-west-${(id % 2) + 1}`}));
			const {ledger} = linked(ledgerOf(...turns), logOf(...calls));
			const other = linked(ledgerOf(...turns.toReversed()), logOf(...calls)).ledger;
			const total = spendOf(ledger, since).local;
			for (const dimension of dimensions) {
				const asked = {dimension, since, missingUntil: undefined};
				const rows = localRows(ledger, asked);
				const sum = rows.reduce((before, {money}) => before + (money?.amount ?? 0n), 0n);
				expect(sum).toBe(total.amount);
				expect(rows.reduce((before, row) => before + row.calls, 0)).toBe(total.calls);
				expect(rows.reduce((before, {unpricedTokens = 0}) => before + unpricedTokens, 0)).toBe(total.unpricedTokens);
				const input = rows.reduce((before, {usage}) => before + (usage?.input ?? 0), 0);
				expect(input).toBe(total.usage.input);
				expect(new Set(rows.map(({key}) => key)).size).toBe(rows.length);
				expect(inOrder(localRows(other, asked))).toEqual(inOrder(rows));
			}
		}),
	);
});

test('CloudTrail counts each call once by any dimension, and knows a session only by its reply', () => {
	const calls = [
		call('1', {requestId: 'r1', region: 'us-west-2'}),
		call('2', {outcome: 'AccessDenied'}),
		call('3', {principal: {kind: 'iam-user', arn: 'arn:aws:iam::123456789012:user/bob', name: 'bob'}}),
	];
	const both = linked(ledgerOf(reply('m1', {requestId: 'r1', agentId: 'a'})), logOf(...calls));
	const known = {...both, resolutions: new Map(), accountId: '123456789012'};
	const rows = (dimension: (typeof dimensions)[number]) =>
		trailRows(known, {dimension, since: 0, isComplete: false}).map(({key, name, calls: count, refusals}) => [
			...[key, name, count, refusals],
		]);
	for (const dimension of dimensions) {
		expect(rows(dimension).reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(3);
	}
	expect(rows('session')).toEqual([
		['s1', '/home/dev/shop', 1, 0],
		[undefined, undefined, 2, 1],
	]);
	expect(rows('principal').map(([, name, count]) => [name, count])).toEqual([
		['alice', 2],
		['bob', 1],
	]);
	expect(rows('account')).toEqual([['123456789012', undefined, 3, 1]]);
	const [day] = trailRows(known, {dimension: 'day', since: 0, isComplete: false});
	expect([day?.lowerBound, day?.money, day?.usage]).toEqual([true, undefined, undefined]);
});

const row = (key: string | undefined, dollars: number | undefined, calls = 1): ReportRow => {
	const amount = BigInt(dollars ?? 0);
	const money = dollars === undefined ? undefined : {amount, low: amount, high: amount};
	return {key, clock: 'local', calls, lowerBound: false, money};
};

test('time stands in its order, all else the dearest first, what cannot be told apart last', () => {
	const keys = (rows: readonly ReportRow[], by: 'day' | 'model') => sortRows(rows, by).map(({key}) => key);
	expect(keys([row(undefined, 9), row('b', 1), row('c', 5), row('a', 1), row('d', undefined)], 'model')).toEqual([
		'c',
		'a',
		'b',
		'd',
		undefined,
	]);
	expect(keys([row('2026-12-02', 9), row(undefined, 1), row('2026-12-01', 1)], 'day')).toEqual([
		'2026-12-01',
		'2026-12-02',
		undefined,
	]);
});

test('days after the last that may lack replies are complete; a project may lack some of its own', () => {
	const dayMs = 24 * 60 * minuteMs;
	const ledger = ledgerOf(reply('1', {at: noon - 2 * dayMs}), reply('2'));
	const bounds = (dimension: 'day' | 'project', missingUntil: number | undefined) =>
		sortRows(localRows(ledger, {dimension, since: 0, missingUntil}), dimension).map(({lowerBound}) => lowerBound);
	expect(bounds('day', noon - dayMs)).toEqual([true, false]);
	expect(bounds('day', Number.POSITIVE_INFINITY)).toEqual([true, true]);
	expect(bounds('project', noon - dayMs)).toEqual([true]);
	expect(bounds('project', undefined)).toEqual([false]);
});
