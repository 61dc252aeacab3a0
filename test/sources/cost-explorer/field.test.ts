import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Bill} from '../../../source/domain/money/bill.ts';
import {billField} from '../../../source/sources/cost-explorer/field.ts';
import {encode, readField} from '../../../source/state/fields/field.ts';

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

const read = (value: unknown) => readField(billField, value);

describe('a bill kept as JSON', () => {
	const kept = () => JSON.parse(JSON.stringify(bill, encode));

	test('reads back as it was, cents beyond a double included', () => expect(read(kept())).toEqual(bill));

	test.each([
		['a missing first day', {from: undefined}],
		['a last day that no calendar has', {to: '2026-13-01'}],
		['no days', {days: undefined}],
		['days without their map', {days: []}],
		['no models', {models: undefined}],
		['words for whether it is provisional', {isProvisional: 'yes'}],
		['an empty last day', {to: ''}],
		['no currency', {currency: 7}],
		['an amount as a number', {amount: 5}],
		['an amount as digits', {amount: '5'}],
		['an amount with a fraction', {amount: {$integer: '5.5'}}],
		['a time in words', {askedAt: 'today'}],
		['a day without an amount', {days: {$map: [['2026-11-02']]}}],
		['a day that is no pair', {days: {$map: [{day: '2026-11-02', amount: {$integer: '5'}}]}}],
		['a model without a name', {models: [{amount: {$integer: '5'}}]}],
		['a model without an amount', {models: [{service: 'Claude'}]}],
	])('is none with %s', (_, changes) => expect(read({...kept(), ...changes})).toBeUndefined());

	test('is none for anything else, and never throws', () => {
		fc.assert(
			fc.property(fc.anything(), value => {
				expect(read(value)).toBeUndefined();
			}),
		);
	});
});
