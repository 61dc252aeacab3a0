import {describe, expect, test} from 'vitest';
import type {SessionModel} from '../../../source/domain/replies/turn.ts';
import {
	encode,
	type Field,
	knownWord,
	list,
	mapOf,
	object,
	oneOf,
	optional,
	readField,
	text,
	unrecorded,
	variant,
} from '../../../source/state/fields/field.ts';
import {
	amount,
	calledId,
	count,
	duration,
	flag,
	latency,
	sessionId,
	time,
} from '../../../source/state/fields/values.ts';
import {createAliases} from '../../../source/state/redaction/aliases.ts';
import {createMasking} from '../../../source/state/redaction/masking.ts';
import {createNames} from '../../../source/state/redaction/names.ts';

const names = () => createNames(createAliases());
type Shape = {readonly kind: 'round'; readonly radius: number} | {readonly kind: 'flat'};
const shape = variant<Shape, 'kind'>('kind', {round: {radius: count}, flat: {}});
const model = object<SessionModel>({sessionId, model: calledId, at: time});
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value, encode));

describe('a value from a file is taken as it is, or not at all', () => {
	test.each<[string, Field<never>, unknown]>([
		['a time before 1970', time as never, -1],
		['half a millisecond', time as never, 0.5],
		['a time beyond all dates', time as never, 8.64e15],
		['a time in words', time as never, 'noon'],
		['a negative count', count as never, -1],
		['a count beyond whole numbers', count as never, 2 ** 53],
		['a count that is a text', count as never, '5'],
		['no number', latency as never, Number.NaN],
		['an endless number', latency as never, Number.POSITIVE_INFINITY],
		['a length of centuries', duration as never, 1e15],
		['money as a number', amount as never, 5],
		['money with a fraction', amount as never, {$integer: '5.5'}],
		['money of a thousand digits', amount as never, {$integer: '9'.repeat(1000)}],
		['yes', flag as never, 'yes'],
		['a number for an id', sessionId as never, 5],
		['a word that is not ours', oneOf(['a', 'b'], 'a') as never, 'c'],
		['a list that is none', list(count) as never, {length: 1}],
		['a list with something else in it', list(count) as never, [1, 'x']],
		['a map that is an object', mapOf(text(String), count) as never, {a: 1}],
		['a map of what are no pairs', mapOf(text(String), count) as never, {$map: [1]}],
		['a map with another value', mapOf(text(String), count) as never, {$map: [['a', 'b']]}],
		['an object that lacks a field', model as never, {sessionId: 's', at: 1}],
		['an object that is null', model as never, null],
		['a shape that nobody knows', shape as never, {kind: 'toString'}],
		['a shape with the fields of another', shape as never, {kind: 'round'}],
	])('%s is none', (_, field, value) => {
		expect(readField(field, value)).toBeUndefined();
	});

	test('what is written reads back', () => {
		expect(readField(mapOf(text(String), amount), written(new Map([['a', -(10n ** 30n)]])))).toEqual(
			new Map([['a', -(10n ** 30n)]]),
		);
		expect(readField(shape, {kind: 'round', radius: 3})).toEqual({kind: 'round', radius: 3});
		expect(readField(optional(count), undefined)).toBeUndefined();
	});

	test('fields that an object does not have are left behind', () => {
		const value: unknown = JSON.parse('{"sessionId": "s", "model": "m", "at": 1, "__proto__": {"at": 2}, "cost": 5}');
		expect(readField(model, value)).toEqual({sessionId: 's', model: 'm', at: 1});
	});
});

describe('what no recording keeps', () => {
	const field = object<{readonly reason: string}>({
		reason: unrecorded(
			text(value => value),
			'left out',
		),
	});
	test('is the same in every recording, whatever the file says', () => {
		expect(field.redact({reason: 'alice'}, names())).toEqual({reason: 'left out'});
		for (const value of [{}, {reason: 5}, {reason: 'alice'}])
			expect(readField(field, value)).toEqual({reason: 'left out'});
	});
});

test('words of somebody else’s are kept where they are known', () => {
	const word = knownWord(['S3'], 'other');
	expect(['S3', 'alice'].map(value => word.redact(value, names()))).toEqual(['S3', 'other']);
	expect(word.mask('S3', createMasking())).toBe('S3');
});

test('a shape without a rule gets out with nothing but its kind', () => {
	const strange = {kind: 'secret', radius: 5, name: 'alice'} as unknown as Shape;
	expect(shape.redact(strange, names())).toEqual({kind: 'secret'});
	expect(shape.mask(strange, createMasking())).toEqual({kind: 'secret'});
});

test('the compiler says which field has no rule, and which rule is of another type', () => {
	// @ts-expect-error: `at` is missing.
	object<SessionModel>({sessionId, model: calledId});
	// @ts-expect-error: a time is no text.
	object<SessionModel>({sessionId, model: calledId, at: sessionId});
	// @ts-expect-error: `flat` is missing.
	variant<Shape, 'kind'>('kind', {round: {radius: count}});
	// @ts-expect-error: an optional field needs an optional rule.
	object<{readonly size?: number}>({size: count});
	// @ts-expect-error: a word is missing.
	const words: Field<'a' | 'b'> = oneOf(['a'], 'a');
	expect(words).toBeDefined();
});
