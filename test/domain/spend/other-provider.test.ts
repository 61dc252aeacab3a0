import {expect, test} from 'vitest';
import {otherProvidersSince} from '../../../source/domain/spend/other-provider.ts';
import {ledgerOf, noon, reply} from '../../support/builders.ts';

const usage = {output: 50_000};
const dollar = 1_000_000_000_000n;
const direct = (id: string, changes: Parameters<typeof reply>[1] = {}) =>
	reply(id, {usage, provider: 'first-party', ...changes});

test('replies of each other provider: how many, from when to when, and for how much', () => {
	const ledger = ledgerOf(
		...[direct('b', {at: noon + 5}), direct('a', {at: noon}), direct('c', {at: noon + 2})],
		...[direct('v', {at: noon + 9, provider: 'vertex'}), direct('early', {at: noon - 1})],
		...[reply('bedrock', {usage}), reply('whose', {usage, provider: 'unknown'})],
	);
	expect(otherProvidersSince(ledger, noon)).toEqual([
		{provider: 'first-party', replies: 3, firstAt: noon, lastAt: noon + 5, amount: 3n * dollar},
		{provider: 'vertex', replies: 1, firstAt: noon + 9, lastAt: noon + 9, amount: undefined},
	]);
});

test('the list price counts, whatever scope is not known', () => {
	expect(otherProvidersSince(ledgerOf(direct('a', {requestedModel: undefined})), 0)).toMatchObject([{amount: dollar}]);
});

test.each([
	['the first', ['9-x', undefined]],
	['the last', [undefined, '9-x']],
] as const)('one reply without a price leaves the sum unknown: %s', (_, models) => {
	const turns = models.map((model, index) =>
		direct(`r${index}`, model === undefined ? {} : {model: `claude-${model}`, requestedModel: `claude-${model}`}),
	);
	expect(otherProvidersSince(ledgerOf(...turns, direct('last')), 0)).toMatchObject([{replies: 3, amount: undefined}]);
});
