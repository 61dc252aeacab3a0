import {optionNames, optionRows} from './options.ts';
import type {JsonSchema} from './value-kinds.ts';

const inFile = optionNames.map(name => ({name, row: optionRows[name]})).filter(({row}) => row.setting !== undefined);

const propertyOf = ({row}: (typeof inFile)[number]): JsonSchema => {
	const {setting: description} = row;
	if (row.kind === 'switch' || row.kind === 'off-switch') {
		return {description, type: 'boolean', default: row.kind === 'off-switch'};
	}
	if (row.kind === 'setting') return {description, ...row.of.schema};
	const {definition, schema} = row.of;
	const one = definition === undefined ? schema : {$ref: `#/$defs/${definition}`};
	if (row.kind === 'values') return {description, anyOf: [one, {type: 'array', items: one}]};
	if (row.fallback === undefined) return {description, ...one};
	return {description, ...one, default: schema.type === 'number' ? Number(row.fallback) : row.fallback};
};

const definitionsOf = ({row}: (typeof inFile)[number]): JsonSchema => {
	if (row.kind === 'switch' || row.kind === 'off-switch') return {};
	if (row.kind === 'setting') return row.of.definitions ?? {};
	const {definition, schema} = row.of;
	return definition === undefined ? {} : {[definition]: schema};
};

/** What config.schema.json says: JSON Schema 2020-12, made from the options that a config file can say. */
export const configSchema = (): JsonSchema => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'Settings of bedtop',
	description:
		'Stands in $XDG_CONFIG_HOME/bedtop/config.json (~/.config/bedtop/config.json). What is typed on the command line wins.',
	type: 'object',
	additionalProperties: false,
	properties: {
		$schema: {description: 'Where this schema is, for editors.', type: 'string'},
		...Object.fromEntries(inFile.map(entry => [entry.name, propertyOf(entry)])),
	},
	$defs: Object.assign({}, ...inFile.map(definitionsOf)),
});
