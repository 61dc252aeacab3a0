import {describe, expect, test} from 'vitest';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {ledgerOf, noon, reply} from '../../support/builders.ts';

const opus = 'anthropic.claude-opus-5-5';
const unknown = {requestedModel: 'us.anthropic.claude-9-x'};
const output = (tokens: number) => ({usage: {output: tokens}});

describe('what replies cost', () => {
	test('is apart by who was proven to answer', () => {
		const {local, direct, unproven, since} = spendOf(
			ledgerOf(
				...[reply('a', output(1)), reply('b', output(2)), reply('early', {at: noon - 1})],
				reply('direct', {...output(4), provider: 'first-party'}),
				reply('vertex', {...output(8), provider: 'vertex'}),
				reply('whose', {...output(16), provider: 'unknown'}),
			),
			noon,
		);
		const tokens = [local, direct, unproven].map(({usage}) => usage.output);
		expect({since, tokens}).toEqual({since: noon, tokens: [3, 12, 16]});
	});

	test('has one row for what was called at one scope, known from one place; the dearest first, unpriced last', () => {
		const ledger = ledgerOf(
			...[reply('u', {...unknown, ...output(1)}), reply('v', {...unknown, requestedModel: 'us.x.y', ...output(2)})],
			...[reply('a', output(10)), reply('b', {...output(20), requestedModel: `us.${opus}`}), reply('c', output(5))],
			reply('d', {...output(30), requestedModel: undefined}),
			reply('direct', {...output(99), provider: 'first-party'}),
		);
		const rows = spendOf(ledger, 0).models.map(({profile, scope, scopeFrom, calls, usage}) => [
			...[profile, scope, scopeFrom, calls, usage.output],
		]);
		expect(rows).toEqual([
			[undefined, 'unknown', 'assumed', 1, 30],
			[`us.${opus}`, 'geo', 'requestedModel', 1, 20],
			[`global.${opus}`, 'global', 'requestedModel', 2, 15],
			['us.x.y', 'geo', 'requestedModel', 1, 2],
			['us.anthropic.claude-9-x', 'geo', 'requestedModel', 1, 1],
		]);
	});

	test('says the day of the price, and none where there is no price', () => {
		const dates = spendOf(ledgerOf(reply('a', output(1)), reply('u', unknown)), 0).models.map(one => one.priceDate);
		expect(dates).toEqual([expect.stringMatching(/^2026-/), undefined]);
	});

	test('counts replies without a price by model and reason', () => {
		const ledger = ledgerOf(
			...[reply('a', unknown), reply('b', unknown), reply('c', {...unknown, requestedModel: 'us.x.y'})],
			reply('direct', {...unknown, provider: 'first-party'}),
		);
		expect(spendOf(ledger, 0).unpriced).toMatchObject([
			{model: 'anthropic.claude-9-x', calls: 2},
			{model: 'x.y', calls: 1},
		]);
	});

	test('is that of the window alone', () => {
		const ledger = ledgerOf(reply('a', output(1)));
		expect([spendOf(ledger, 0), spendOf(ledger, noon + 1)].map(({local}) => local.calls)).toEqual([1, 0]);
	});
});
