import * as v from 'valibot';
import type {Masking} from '../redaction/masking.ts';
import type {Names} from '../redaction/names.ts';

/**
 * What a value is: how it is read from a file that anybody may have written, what a masked screen shows of it and what a
 * recording keeps of it. A table of fields is typed by what it describes, so that the compiler says which one is missing.
 */
export type Field<T> = {
	/** From JSON, where maps and big integers are written as `encode` writes them. */
	readonly schema: v.GenericSchema<unknown, T>;
	readonly mask: (value: T, masking: Masking) => T;
	readonly redact: (value: T, names: Names) => T;
};

/** JSON knows neither maps nor big integers: the replacer of what is written, which schemas of fields read. */
export const encode = (_key: string, value: unknown): unknown => {
	if (typeof value === 'bigint') return {$integer: String(value)};
	return value instanceof Map ? {$map: [...value]} : value;
};

/** The value that a file's JSON stands for; undefined where it is no such value. */
export const readField = <T>({schema}: Field<T>, json: unknown): T | undefined => {
	const {success, output} = v.safeParse(schema, json);
	return success ? output : undefined;
};

const same = <T>(value: T): T => value;

/** A value that says nothing of anybody. */
export const plain = <T>(schema: v.GenericSchema<unknown, T>): Field<T> => ({schema, mask: same, redact: same});

/** A text and what a recording keeps of it. A masked screen shows it without what patterns recognise in it. */
export const text = (
	redact: Field<string>['redact'],
	mask: Field<string>['mask'] = (value, masking) => masking.text(value),
): Field<string> => ({schema: v.string(), mask, redact});

/** One of our own words. */
export const oneOf = <const T extends string>(words: readonly T[], otherwise: T): Field<T> => ({
	schema: v.picklist(words),
	mask: same,
	redact: word => (words.includes(word) ? word : otherwise),
});

/** A word of somebody else's, of which recordings keep those that this program knows. */
export const knownWord = (words: readonly string[], otherwise: string): Field<string> =>
	text(word => (words.includes(word) ? word : otherwise));

export const optional = <T>({schema, mask, redact}: Field<T>): Field<T | undefined> => ({
	schema: v.optional(schema),
	mask: (value, masking) => (value === undefined ? undefined : mask(value, masking)),
	redact: (value, names) => (value === undefined ? undefined : redact(value, names)),
});

/** What no recording keeps: there it is always `value`, whatever a file says. */
export const unrecorded = <T, Kept extends T>({mask}: Pick<Field<T>, 'mask'>, value: Kept): Field<T> => {
	const schema = v.pipe(
		v.unknown(),
		v.transform((): T => value),
	);
	return {schema: v.optional(schema, value as never) as v.GenericSchema<unknown, T>, mask, redact: () => value};
};

type Fields<T> = {readonly [Key in keyof T]-?: Field<T[Key]>};

/** Every field of an object by its own rule; what has none is not there. */
export const object = <T extends object>(fields: Fields<T>): Field<T> => {
	const entries = Object.entries<Field<unknown>>(fields as Readonly<Record<string, Field<unknown>>>);
	const each = (value: T, hide: (field: Field<unknown>, item: unknown) => unknown): T => {
		const source = value as Readonly<Record<string, unknown>>;
		const hidden = entries.map(([name, field]) => [name, hide(field, source[name])] as const);
		return Object.fromEntries(hidden.filter(([, item]) => item !== undefined)) as T;
	};
	const schemas = Object.fromEntries(entries.map(([name, {schema}]) => [name, schema]));
	return {
		schema: v.object(schemas) as unknown as v.GenericSchema<unknown, T>,
		mask: (value, masking) => each(value, ({mask}, item) => mask(item, masking)),
		redact: (value, names) => each(value, ({redact}, item) => redact(item, names)),
	};
};

/** The shapes of a union whose `Key` may be `Name`. */
type Shape<T, Key extends string, Name> =
	T extends Readonly<Record<Key, infer Names>> ? (Name extends Names ? T : never) : never;

/** Objects of several shapes; the field named `key` says which, and each shape has its own fields. */
export const variant = <T extends Readonly<Record<Key, string>>, Key extends string>(
	key: Key,
	options: {readonly [Name in T[Key]]: Fields<Omit<Shape<T, Key, Name>, Key>>},
): Field<T> => {
	const shapes = new Map(
		Object.entries<object>(options).map(([name, fields]) => [
			name,
			object({[key]: plain(v.literal(name)), ...fields} as never) as unknown as Field<T>,
		]),
	);
	const unknown = object({[key]: plain(v.string())} as never) as unknown as Field<T>;
	const shapeOf = (value: T): Field<T> => shapes.get(value[key]) ?? unknown;
	const schemas = [...shapes.values()].map(({schema}) => schema);
	return {
		schema: v.variant(key, schemas as never) as unknown as v.GenericSchema<unknown, T>,
		mask: (value, masking) => shapeOf(value).mask(value, masking),
		redact: (value, names) => shapeOf(value).redact(value, names),
	};
};

export const list = <T>(item: Field<T>): Field<readonly T[]> => ({
	schema: v.array(item.schema),
	mask: (values, masking) => values.map(value => item.mask(value, masking)),
	redact: (values, names) => values.map(value => item.redact(value, names)),
});

export const mapOf = <Key extends string, T>(key: Field<Key>, item: Field<T>): Field<ReadonlyMap<Key, T>> => ({
	schema: v.pipe(
		v.object({$map: v.array(v.tuple([key.schema, item.schema]))}),
		v.transform(({$map}): ReadonlyMap<Key, T> => new Map($map)),
	),
	mask: (map, masking) =>
		new Map([...map].map(([name, value]) => [key.mask(name, masking), item.mask(value, masking)] as const)),
	redact: (map, names) =>
		new Map([...map].map(([name, value]) => [key.redact(name, names), item.redact(value, names)] as const)),
});
