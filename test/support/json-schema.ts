import {isDeepStrictEqual} from 'node:util';

type Schema = {readonly [keyword: string]: unknown};

const annotations = new Set(['$schema', '$defs', 'title', 'description', 'default', 'examples']);

const typeOf = (value: unknown): string => {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
};

/**
 * The few words of JSON Schema 2020-12 that config.schema.json uses, so that no validator has to be installed for one
 * file. Throws on any other word: what is not checked must not look as if it were.
 */
export const isValid = (root: Schema, value: unknown, schema: Schema = root): boolean => {
	const fits = (part: unknown, inner: unknown) =>
		typeof part === 'boolean' ? part : isValid(root, inner, part as Schema);
	const [text, number] = [typeof value === 'string' ? value : undefined, typeof value === 'number' ? value : undefined];
	const entries = typeOf(value) === 'object' ? Object.entries(value as object) : [];
	const properties = (schema.properties ?? {}) as Schema;
	const checks: Readonly<Record<string, (of: never) => boolean>> = {
		$ref: (path: string) => fits((root.$defs as Schema)[path.replace('#/$defs/', '')], value),
		type: (type: string) => typeOf(value) === type,
		enum: (values: readonly unknown[]) => values.some(one => isDeepStrictEqual(one, value)),
		anyOf: (parts: readonly unknown[]) => parts.some(part => fits(part, value)),
		pattern: (pattern: string) => text === undefined || new RegExp(pattern, 'u').test(text),
		minItems: (least: number) => !Array.isArray(value) || value.length >= least,
		propertyNames: (part: unknown) => entries.every(([key]) => fits(part, key)),
		minimum: (least: number) => number === undefined || number >= least,
		maximum: (most: number) => number === undefined || number <= most,
		exclusiveMinimum: (below: number) => number === undefined || number > below,
		items: (part: unknown) => !Array.isArray(value) || value.every(item => fits(part, item)),
		properties: (parts: Schema) => entries.every(([key, inner]) => !(key in parts) || fits(parts[key], inner)),
		additionalProperties: (part: unknown) => entries.every(([key, inner]) => key in properties || fits(part, inner)),
	};
	return Object.entries(schema)
		.filter(([keyword]) => !annotations.has(keyword))
		.every(([keyword, of]) => {
			const check = checks[keyword];
			if (check === undefined) throw new Error(`isValid does not know the keyword ${keyword}`);
			return check(of as never);
		});
};
