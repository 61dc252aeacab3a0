import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type Bill,
	billedThrough,
	billFromJson,
	billToJson,
	isClaudeOnBedrock,
} from '../../../source/domain/money/bill.ts';

const bill: Bill = {
	...{from: '2026-11-01', to: '2026-11-24', amount: 12_345_678_901_234_567_890n, isProvisional: true},
	days: new Map([
		['2026-11-03', 5n],
		['2026-11-21', -7n],
		['2026-11-02', 1n],
	]),
	models: [{service: 'Claude Opus 5.5 (Amazon Bedrock Edition)', amount: 5n}],
	...{askedAt: 1_795_000_000_000, currency: 'USD'},
};

test.each([
	['Claude Opus 5.5 (Amazon Bedrock Edition)', true],
	['Claude (Amazon Bedrock Edition)', true],
	['Amazon Bedrock', false],
	['Claudette (Amazon Bedrock Edition)', false],
	['My Claude Opus (Amazon Bedrock Edition)', false],
	['Claude Opus 5.5 (Amazon Bedrock Edition) support', false],
	['Claude Opus 5.5', false],
])('%s is Claude on Bedrock: %s', (service, expected) => expect(isClaudeOnBedrock(service)).toBe(expected));

describe('a bill says something', () => {
	test('up to its newest day, in whatever order the days came', () => expect(billedThrough(bill)).toBe('2026-11-21'));

	test('of no day at all while it has no entry', () => {
		expect(billedThrough({...bill, days: new Map()})).toBeUndefined();
	});
});

describe('a bill kept as JSON', () => {
	const kept = () => JSON.parse(JSON.stringify(billToJson(bill)));

	test('reads back as it was, cents beyond a double included', () => expect(billFromJson(kept())).toEqual(bill));

	test('without days or models is one of nothing', () => {
		const {days: _, models: __, ...rest} = kept();
		expect(billFromJson(rest)).toMatchObject({days: new Map(), models: []});
	});

	test('is final unless it says otherwise', () => {
		expect(billFromJson({...kept(), isProvisional: 'yes'})?.isProvisional).toBe(false);
	});

	test.each([
		['a missing first day', {from: undefined}],
		['an empty last day', {to: ''}],
		['no currency', {currency: 7}],
		['an amount as a number', {amount: 5}],
		['an amount with a fraction', {amount: '5.5'}],
		['a time in words', {askedAt: 'today'}],
		['a day without an amount', {days: [['2026-11-02']]}],
		['a day that is no pair', {days: [{day: '2026-11-02', amount: '5'}]}],
		['a model without a name', {models: [{amount: '5'}]}],
		['a model without an amount', {models: [{service: 'Claude'}]}],
	])('is none with %s', (_, changes) => expect(billFromJson({...kept(), ...changes})).toBeUndefined());

	test('is none for anything else, and never throws', () => {
		fc.assert(
			fc.property(fc.anything(), value => {
				expect(billFromJson(value)).toBeUndefined();
			}),
		);
	});
});
