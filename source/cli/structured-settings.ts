import {record} from '../domain/common/json.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {type Discounts, noDiscounts, type Percent, readPercent} from '../domain/money/discount.ts';
import {keysFault, rebindable} from '../screen/input/keymap.ts';
import type {JsonSchema, Reading} from './value-kinds.ts';

/** A setting that no option can say, because it is an object. */
export type SettingKind<T> = {
	/** Undefined where the config file does not say it. */
	read(written: unknown): Reading<T>;
	readonly schema: JsonSchema;
	/** Definitions that the schema refers to. */
	readonly definitions?: JsonSchema;
};

const percentFault = (name: string) => ({
	fault: `“${name}” must be a percentage from 0 to 100 with at most four decimals.`,
});

/** A percentage off everything, or `{overall, models}`. */
export const discount: SettingKind<Discounts> = {
	read(written) {
		if (written === undefined) return {value: noDiscounts};
		const {overall: most = undefined, models: single} = record(written) ?? {overall: written};
		const overall = most === undefined ? undefined : readPercent(most);
		const isWrong = most !== undefined && overall === undefined;
		if (isWrong) return percentFault(most === written ? 'discount' : 'discount.overall');
		const models = new Map<string, Percent>();
		for (const [id, off] of Object.entries(record(single) ?? {})) {
			const percent = readPercent(off);
			if (percent === undefined) return percentFault(`discount.models.${id.slice(0, 80)}`);
			const {profile, model = profile} = parseModelId(id);
			models.set(model, percent);
		}
		return {value: {overall, models}};
	},
	schema: {
		anyOf: [
			{$ref: '#/$defs/percent'},
			{
				type: 'object',
				additionalProperties: false,
				properties: {
					overall: {description: 'Off every model that is not named.', $ref: '#/$defs/percent'},
					models: {
						description: 'By model id.',
						type: 'object',
						additionalProperties: {$ref: '#/$defs/percent'},
					},
				},
			},
		],
	},
	definitions: {percent: {type: 'number', minimum: 0, maximum: 100}},
};

/** Keys of the person's own, by the commands of the keymap. */
export const keys: SettingKind<Readonly<Record<string, unknown>>> = {
	read(written = {}) {
		const value = record(written);
		if (value === undefined) return {fault: '“keys” is an object of commands and their keys.'};
		const fault = keysFault(value);
		return fault === undefined ? {value} : {fault};
	},
	schema: {
		type: 'object',
		propertyNames: {enum: rebindable},
		additionalProperties: {
			anyOf: [{$ref: '#/$defs/key'}, {type: 'array', minItems: 1, items: {$ref: '#/$defs/key'}}],
		},
	},
	definitions: {
		key: {
			description: 'One character, a named key, or ctrl- with a letter.',
			type: 'string',
			pattern: '^(\\S|ctrl-[a-z]|enter|escape|tab|shift-tab|space|up|down|left|right|pageup|pagedown|home|end)$',
		},
	},
};
