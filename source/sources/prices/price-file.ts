import {type JsonRecord, record, text} from '../../domain/common/json.ts';
import {parseModelId} from '../../domain/models/model-id.ts';
import {picoPerToken} from '../../domain/money/money.ts';
import type {PriceEntry, Row} from '../../domain/money/price-table.ts';

/** What a file of prices came to: its entries, and one sentence per fault. Entries with a fault are not among them. */
export type PriceFile = {readonly entries: readonly PriceEntry[]; readonly faults: readonly string[]};

const rateNames = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
const switches = ['isExtended', 'coversExtended'] as const;
const scopeNames = ['global', 'regional'] as const;
const known = new Set<string>([
	...rateNames,
	...scopeNames,
	...['model', 'from', 'until', 'step', 'serviceTier', 'isExtended', 'coversExtended', 'source'],
]);

/** Collects the faults of one entry; what is read from a faulty field is of no further use. */
type Faults = {readonly where: string; readonly add: (sentence: string) => void};

const rate = (value: unknown, name: string, {where, add}: Faults): string | undefined => {
	if (value === undefined) return undefined;
	const written = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	try {
		picoPerToken(written);
		return written;
	} catch {
		const shown = JSON.stringify(value)?.slice(0, 40);
		add(`${where}: ${name} must be dollars per million tokens with at most six decimals, not ${shown}.`);
		return undefined;
	}
};

const row = (value: JsonRecord, place: string, faults: Faults): Row | undefined => {
	const [input, output, write5m, write1h, read] = rateNames.map(name => rate(value[name], `${place}${name}`, faults));
	if (value.input === undefined || value.output === undefined) {
		faults.add(`${faults.where}: ${place}input and ${place}output are needed.`);
	}
	return input === undefined || output === undefined ? undefined : [input, output, write5m, write1h, read];
};

/** The rows of an entry or of its step: one per scope, or one that holds for both. */
const rows = (value: JsonRecord, place: string, faults: Faults): Pick<PriceEntry, 'global' | 'regional'> => {
	const named = scopeNames.filter(scope => value[scope] !== undefined);
	if (named.length === 0) {
		const both = row(value, place, faults);
		return both === undefined ? {} : {global: both, regional: both};
	}
	const found: {global?: Row; regional?: Row} = {};
	for (const scope of named) {
		const object = record(value[scope]);
		if (object === undefined) faults.add(`${faults.where}: ${place}${scope} must be an object of prices.`);
		const read = object && row(object, `${place}${scope}.`, faults);
		if (read !== undefined) found[scope] = read;
	}
	return found;
};

const day = (value: unknown, name: string, {where, add}: Faults): string | undefined => {
	if (value === undefined) return undefined;
	const written = text(value) ?? '';
	const at = /^\d{4}-\d\d-\d\d$/.test(written) ? Date.parse(written) : Number.NaN;
	const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(written);
	if (!isDay) add(`${where}: ${name} must be a day such as 2026-11-23.`);
	return isDay ? written : undefined;
};

const readStep = (value: unknown, faults: Faults): PriceEntry['step'] => {
	if (value === undefined) return undefined;
	const it = record(value);
	const above = it?.above;
	const isCount = typeof above === 'number' && Number.isSafeInteger(above) && above > 0;
	if (it === undefined || !isCount) {
		faults.add(`${faults.where}: step needs “above”, a number of prompt tokens.`);
		return undefined;
	}
	return {above, ...rows(it, 'step.', faults)};
};

const readEntry = (value: unknown, index: number): {entry?: PriceEntry; faults: readonly string[]} => {
	const found: string[] = [];
	const it = record(value);
	const asked = text(it?.model);
	const where = `price ${index + 1}${asked === undefined ? '' : ` (${asked.slice(0, 80)})`}`;
	const faults: Faults = {where, add: sentence => found.push(sentence)};
	if (it === undefined) return {faults: [`${where}: it must be an object with “model” and prices.`]};
	if (asked === undefined) faults.add(`${where}: “model” is missing.`);
	for (const name of Object.keys(it))
		if (!known.has(name)) faults.add(`${where}: there is no field “${name.slice(0, 40)}”.`);
	const {profile, model = profile} = parseModelId(asked ?? '');
	const [from, until] = [day(it.from, 'from', faults), day(it.until, 'until', faults)];
	if (from !== undefined && until !== undefined && from >= until) faults.add(`${where}: “until” must be after “from”.`);
	const serviceTier = text(it.serviceTier);
	for (const name of switches) {
		const isSwitch = it[name] === undefined || typeof it[name] === 'boolean';
		if (!isSwitch) faults.add(`${where}: ${name} is true or false.`);
	}
	const step = readStep(it.step, faults);
	const entry: PriceEntry = {
		model,
		...rows(it, '', faults),
		...(from !== undefined && {from}),
		...(until !== undefined && {until}),
		...(step !== undefined && {step}),
		...(serviceTier !== undefined && {serviceTier}),
		...(it.isExtended === true && {isExtended: true}),
		...(it.coversExtended === true && {coversExtended: true}),
		source: text(it.source) ?? 'your price file',
	};
	return found.length === 0 ? {entry, faults: []} : {faults: found};
};

/**
 * Reads prices a person wrote down: `{"prices": [{"model": "anthropic.claude-…", "from": "2026-11-09", "global": {"input":
 * 8, "output": 40, "cacheRead": 0.2}, "regional": {…}}]}`, or the list alone; dollars per million tokens. Without a scope
 * the prices hold for both; without `from` they hold for all time.
 */
export const readPrices = (value: unknown): PriceFile => {
	const list = Array.isArray(value) ? value : record(value)?.prices;
	if (!Array.isArray(list)) return {entries: [], faults: ['It must be a list of prices, or an object with “prices”.']};
	const read = list.map(readEntry);
	return {
		entries: read.map(({entry}) => entry).filter(entry => entry !== undefined),
		faults: read.flatMap(({faults}) => faults),
	};
};
