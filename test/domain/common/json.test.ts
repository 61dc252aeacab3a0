import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {count, instant, parseJson, record, text} from '../../../source/domain/common/json.ts';

test.each([
	['an object', {a: 1}, true],
	['an empty one', {}, true],
	['a list', [1], false],
	['null', null, false],
	['a string', '{}', false],
	['nothing', undefined, false],
])('%s as a record', (_, value, isRecord) => expect(record(value)).toBe(isRecord ? value : undefined));

test.each([
	['a', 'a'],
	[' ', ' '],
	['', undefined],
	[5, undefined],
	[null, undefined],
	[['a'], undefined],
])('%j as a text is %j', (value, expected) => expect(text(value)).toBe(expected));

test.each([
	['a number', 5, 5],
	['zero', 0, 0],
	['digits', '0042', 42],
	['the largest number of digits', '999999999999999', 999_999_999_999_999],
	['one digit more', '1000000000000000', undefined],
	['the largest safe number', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	['a larger one', Number.MAX_SAFE_INTEGER + 1, undefined],
	['less than nothing', -1, undefined],
	['less than nothing in digits', '-1', undefined],
	['a part', 1.5, undefined],
	['a part in digits', '1.5', undefined],
	['no digits', '', undefined],
	['blanks', ' 5', undefined],
	['not a number', Number.NaN, undefined],
	['a list', [5], undefined],
	['null', null, undefined],
	['nothing', undefined, undefined],
])('%s as a count', (_, value, expected) => expect(count(value)).toBe(expected));

test.each([
	['2026-11-23T12:00:00Z', Date.UTC(2026, 10, 23, 12)],
	['2026-11-23T12:00:00.5+02:00', Date.UTC(2026, 10, 23, 10, 0, 0, 500)],
	['2026-13-23T12:00:00Z', undefined],
	['', undefined],
	[1_795_000_000_000, undefined],
	[null, undefined],
])('%j as an instant is %s', (value, expected) => expect(instant(value)).toBe(expected));

describe('a text as JSON', () => {
	test('is undefined where it is none', () => {
		expect(['{', '', 'undefined', "{'a': 1}"].map(parseJson)).toEqual([undefined, undefined, undefined, undefined]);
	});

	test('is read back as it was written, and reading never throws', () => {
		fc.assert(
			fc.property(fc.json(), source => {
				expect(parseJson(source)).toEqual(JSON.parse(source));
			}),
		);
		fc.assert(
			fc.property(fc.string(), source => {
				parseJson(source);
			}),
		);
	});
});
