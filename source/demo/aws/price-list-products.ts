import {createHash} from 'node:crypto';
import {type PriceEntry, priceTable, type Row} from '../../domain/money/price-table.ts';
import {billedServiceOf, serviceName} from './service-name.ts';

/** What `AmazonBedrockFoundationModels` sells, as a price list's product with its one price. */
export type Product = {
	readonly sku: string;
	/** What filters compare with. The fields named `model` or `inferenceType` are empty for Claude, so they are left out. */
	readonly attributes: Readonly<Record<string, string>>;
	readonly unit: string;
	readonly usd: string;
	/** The UTC day from which on the price counts. */
	readonly from: string;
};

export const serviceCode = 'AmazonBedrockFoundationModels';

const regions: ReadonlyMap<string, readonly [code: string, location: string]> = new Map([
	['us-east-1', ['USE1', 'US East (N. Virginia)']],
	['us-east-2', ['USE2', 'US East (Ohio)']],
	['us-west-2', ['USW2', 'US West (Oregon)']],
	['ap-northeast-1', ['APN1', 'Asia Pacific (Tokyo)']],
]);

/** A price of one model in one region, before it has a name: `usage` is the part of the usage type that varies. */
type Price = {readonly usage: string; readonly usd: number; readonly unit?: string};
type Sold = {readonly service: string; readonly from?: string | undefined; readonly prices: readonly Price[]};

/** The figures of a row in its own order, by both naming schemes. */
const kinds = [
	['InputTokenCount', 'input_tokens'],
	['OutputTokenCount', 'output_tokens'],
	['CacheWriteInputTokenCount', 'cache_write_tokens'],
	['CacheWrite1hInputTokenCount', 'cache_write_tokens_1h'],
	['CacheReadInputTokenCount', 'cache_read_tokens'],
] as const;

type Variant = {readonly isGlobal: boolean; readonly isBatch: boolean; readonly isLong: boolean};

/** Up to 4.6: `InputTokenCount_Global_Batch`. */
const oldUsage = (kind: string, {isGlobal, isBatch}: Variant) =>
	[kind, ...(isGlobal ? ['Global'] : []), ...(isBatch ? ['Batch'] : [])].join('_');

/** From 4.7 on: `input_tokens_long_ctx_global_standard`. */
const newUsage = (kind: string, {isGlobal, isBatch, isLong}: Variant) =>
	[kind, ...(isLong ? ['long_ctx'] : []), ...(isGlobal ? ['global'] : []), isBatch ? 'batch' : 'standard'].join('_');

/** Whether a price's unit is the misleading `Units`, though its number is still that of a million tokens. */
const isMislabelled = (usage: string) => usage === 'cache_write_tokens_long_ctx_standard';

const pricesOf = (row: Row | undefined, variant: Omit<Variant, 'isBatch'>, isNew: boolean): readonly Price[] =>
	[false, true].flatMap(isBatch =>
		kinds.flatMap(([oldKind, newKind], index) => {
			const usd = row?.[index];
			if (usd === undefined) return [];
			const usage = isNew ? newUsage(newKind, {...variant, isBatch}) : oldUsage(oldKind, {...variant, isBatch});
			return [{usage, usd: Number(usd) * (isBatch ? 0.5 : 1), ...(isMislabelled(usage) && {unit: 'Units'})}];
		}),
	);

const tokenPrices = ({regional, global, step}: Omit<PriceEntry, 'model' | 'source'>, isNew: boolean) => [
	...pricesOf(regional, {isGlobal: false, isLong: false}, isNew),
	...pricesOf(global, {isGlobal: true, isLong: false}, isNew),
	// The old scheme has no name for a long context.
	...(isNew ? pricesOf(step?.regional, {isGlobal: false, isLong: true}, isNew) : []),
	...(isNew ? pricesOf(step?.global, {isGlobal: true, isLong: true}, isNew) : []),
];

/** Capacity by the hour, which is no price of a token though it stands among them. */
const reserved = ({regional, global}: Omit<PriceEntry, 'model' | 'source'>): readonly Price[] =>
	[
		['Reserved_1Month_InputTPM_Geo', regional?.[0]],
		['Reserved_1Month_OutputTPM_Geo', regional?.[1]],
		['Reserved_1Month_InputTPM_Global', global?.[0]],
	].flatMap(([usage = '', usd]) => (usd === undefined ? [] : [{usage, usd: Number(usd) * 0.06, unit: '1M TPM Hour'}]));

/** A model that was launched after every table that ships. */
const unknownToTables: Sold = {
	service: serviceName('opus', '6'),
	prices: tokenPrices({global: ['6', '30', '7.5', '12', '0.3'], regional: ['6.6', '33', '8.25', '13.2', '0.33']}, true),
};

/** The list comes days after a launch. */
const isListed = ({model}: PriceEntry) => model !== 'anthropic.claude-fable-5-2';

const isEffective = ({from, until, serviceTier}: PriceEntry, now: number) => {
	const hasBegun = from === undefined || Date.parse(from) <= now;
	return hasBegun && (until === undefined || now < Date.parse(until)) && serviceTier === undefined;
};

const sold = (entry: PriceEntry): readonly Sold[] => {
	const edition = billedServiceOf(entry.model);
	if (edition === undefined) return [];
	const {service, generation} = edition;
	const isNew = generation >= 4.7;
	const hasReserved = generation >= 4.5 && !isNew;
	const prices = [...tokenPrices(entry, isNew), ...(hasReserved ? reserved(entry) : [])];
	return [{service, from: entry.from, prices}];
};

const skuOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16).toUpperCase();

/** Every product of every region at that moment (epoch ms), by SKU: models and kinds stand in no order at all. */
export const productsAt = (now: number): readonly Product[] => {
	const month = `${new Date(now).toISOString().slice(0, 7)}-01`;
	const entries = priceTable.filter(entry => isListed(entry) && isEffective(entry, now));
	const everything = [...entries.flatMap(sold), unknownToTables];
	const products = [...regions].flatMap(([regionCode, [code, location]]) =>
		everything.flatMap(({service, from = month, prices}) =>
			prices.map(({usage, usd, unit = '1M tokens'}) => ({
				sku: skuOf(`${regionCode} ${service} ${usage}`),
				attributes: {
					servicecode: serviceCode,
					location,
					locationType: 'AWS Region',
					usagetype: `${code}-MP:${code}_${usage}-Units`,
					operation: '',
					servicename: service,
					regionCode,
				},
				unit,
				usd: usd.toFixed(10),
				from,
			})),
		),
	);
	return products.sort((a, b) => (a.sku < b.sku ? -1 : 1));
};
