import {readFileSync} from 'node:fs';
import {parseJson, record} from '../domain/common/json.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {type Discounts, noDiscounts, type Percent, readPercent} from '../domain/money/discount.ts';
import {codeOf, isGone} from '../sources/files/file-error.ts';

/** What the person wrote into the config file: values of options by their names, and what no option can say. */
export type ConfigFile = {
	/** By the options' names in camel case; checked like typed ones. */
	readonly flags: Readonly<Record<string, unknown>>;
	readonly discounts: Discounts;
	/** A sentence when the file cannot be used. */
	readonly fault?: string | undefined;
};

const percentFault = (name: string) => `${name} must be a percentage from 0 to 100 with at most four decimals.`;

const readDiscounts = (value: unknown): Discounts | string => {
	if (value === undefined) return noDiscounts;
	const it = record(value);
	if (it === undefined) {
		const overall = readPercent(value);
		return overall === undefined ? percentFault('“discount”') : {...noDiscounts, overall};
	}
	const overall = it.overall === undefined ? undefined : readPercent(it.overall);
	if (it.overall !== undefined && overall === undefined) return percentFault('“discount.overall”');
	const models = new Map<string, Percent>();
	for (const [id, written] of Object.entries(record(it.models) ?? {})) {
		const percent = readPercent(written);
		if (percent === undefined) return percentFault(`“discount.models.${id.slice(0, 80)}”`);
		const {profile, model = profile} = parseModelId(id);
		models.set(model, percent);
	}
	return {overall, models};
};

const nothing: ConfigFile = {flags: {}, discounts: noDiscounts};

/** Reads the config file; one that is not there says nothing, one that cannot be used says why. */
export const readConfigFile = (path: string): ConfigFile => {
	let content: string;
	try {
		content = readFileSync(path, 'utf8');
	} catch (error) {
		return isGone(error) ? nothing : {...nothing, fault: `${path} cannot be read (${codeOf(error)}).`};
	}
	const it = record(parseJson(content));
	if (it === undefined) return {...nothing, fault: `${path} is not a JSON object.`};
	const {$schema: _, discount, ...flags} = it;
	const discounts = readDiscounts(discount);
	return typeof discounts === 'string' ? {...nothing, fault: `${path}: ${discounts}`} : {flags, discounts};
};
