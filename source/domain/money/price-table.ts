/** $ per million tokens as the sources write them: input, output, 5-minute write, 1-hour write, cache read. */
export type Row = readonly [
	input: string,
	output: string,
	write5m?: string | undefined,
	write1h?: string | undefined,
	read?: string | undefined,
];

/** The day on which the whole table was last compared with its sources. */
export const checkedOn = '2026-11-23';

/**
 * One price of one model. Dates are UTC days: `from` counts, and is left out where no source says when the price began;
 * `until` is the first day it no longer counts.
 */
export type PriceEntry = {
	readonly model: string;
	readonly from?: string;
	readonly until?: string;
	/** `global.` profiles; absent where the model is not sold that way. */
	readonly global?: Row;
	/** Geographic profiles and in-region calls: 10 % more from the 4.5 generation on. Every shipped entry has it. */
	readonly regional?: Row;
	/** Above so many prompt tokens (input and cache) the whole request costs this instead. */
	readonly step?: {readonly above: number; readonly global?: Row; readonly regional?: Row};
	readonly source: string;
	/** A tier other than the standard one: priced only where somebody gave its price (`--prices`). */
	readonly serviceTier?: string;
	/** Bedrock's extended access, of which no source gives the price: it is this or more. */
	readonly isExtended?: boolean;
	/** The price of extended access itself, as a source gives it. */
	readonly coversExtended?: boolean;
};

const anthropic = 'https://platform.claude.com/docs/en/about-claude/pricing';
const aws = 'https://aws.amazon.com/bedrock/pricing/';
/** The catalogue within the program, version 2.1.331. */
const claudeCode = 'https://www.npmjs.com/package/@anthropic-ai/claude-code';
const card = 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html';

const opus45: Pick<PriceEntry, 'global' | 'regional' | 'source'> = {
	global: ['5', '25', '6.25', '10', '0.5'],
	regional: ['5.5', '27.5', '6.875', '11', '0.55'],
	source: aws,
};
const opus4: Pick<PriceEntry, 'regional' | 'source'> = {regional: ['15', '75', '18.75', '30', '1.5'], source: aws};
const fable5: Pick<PriceEntry, 'global' | 'regional' | 'source'> = {
	global: ['10', '50', '12.5', '20', '1'],
	regional: ['11', '55', '13.75', '22', '1.1'],
	source: anthropic,
};
const fable51: Pick<PriceEntry, 'global' | 'regional' | 'source'> = {
	global: ['10', '50', '12.5', '20', '0.25'],
	regional: ['11', '55', '13.75', '22', '0.275'],
	source: anthropic,
};
const sonnet45: Pick<PriceEntry, 'global' | 'regional' | 'source'> = {
	global: ['3', '15', '3.75', '6', '0.3'],
	regional: ['3.3', '16.5', '4.125', '6.6', '0.33'],
	source: aws,
};
/** The last generation without the regional 10 %: one price, global profiles too. */
const sonnet4: Pick<PriceEntry, 'global' | 'regional' | 'source'> = {
	global: ['3', '15', '3.75', '6', '0.3'],
	regional: ['3', '15', '3.75', '6', '0.3'],
	source: aws,
};
/** Models before the 4 generation: no 1-hour cache is known of. */
const sonnet35: Pick<PriceEntry, 'regional' | 'source'> = {
	regional: ['3', '15', '3.75', undefined, '0.3'],
	source: aws,
};
/** Public Extended Access: the same ids at twice the price; only the date tells. */
const extended35: Pick<PriceEntry, 'regional' | 'source' | 'coversExtended'> = {
	coversExtended: true,
	regional: ['6', '30', '7.5', undefined, '0.6'],
	source: aws,
};
const extendedFrom = '2025-12-01';

/**
 * Every known price with its source. Exact ids only. A missing figure is one that no source gives: replies that need it
 * are unpriced, never priced by likeness.
 */
export const priceTable: readonly PriceEntry[] = [
	// Launched on Bedrock 2026-11-09. No list of AWS's has it yet.
	{
		model: 'anthropic.claude-fable-5-2',
		from: '2026-11-09',
		global: ['8', '40', '10', '16', '0.2'],
		regional: ['8.8', '44', '11', '17.6', '0.22'],
		source: claudeCode,
	},
	{model: 'anthropic.claude-fable-5-1', ...fable51},
	{model: 'anthropic.claude-fable-5', ...fable5},
	{model: 'anthropic.claude-mythos-5-1', ...fable51},
	{model: 'anthropic.claude-mythos-5', ...fable5},
	{
		model: 'anthropic.claude-opus-5-5',
		global: ['4', '20', '5', '8', '0.2'],
		regional: ['4.4', '22', '5.5', '8.8', '0.22'],
		source: aws,
	},
	{model: 'anthropic.claude-opus-5', ...opus45},
	{model: 'anthropic.claude-opus-4-8', ...opus45},
	{model: 'anthropic.claude-opus-4-7', ...opus45},
	{model: 'anthropic.claude-opus-4-6-v1', ...opus45},
	{model: 'anthropic.claude-opus-4-5-20251101-v1:0', ...opus45},
	{model: 'anthropic.claude-opus-4-1-20250805-v1:0', until: '2026-10-08', ...opus4},
	{model: 'anthropic.claude-opus-4-1-20250805-v1:0', from: '2026-10-08', ...opus4, isExtended: true},
	{model: 'anthropic.claude-opus-4-20250514-v1:0', ...opus4},
	{
		model: 'anthropic.claude-sonnet-5-5',
		from: '2026-09-28',
		until: '2026-10-07',
		global: ['2', '10', '2.5', '4', '0.2'],
		regional: ['2.2', '11', '2.75', '4.4', '0.22'],
		source: aws,
	},
	{
		model: 'anthropic.claude-sonnet-5-5',
		from: '2026-10-07',
		global: ['2', '10', '2.5', '4', '0.1'],
		regional: ['2.2', '11', '2.75', '4.4', '0.11'],
		source: aws,
	},
	{
		model: 'anthropic.claude-sonnet-5',
		global: ['2', '10', '2.5', '4', '0.2'],
		regional: ['2.2', '11', '2.75', '4.4', '0.22'],
		source: anthropic,
	},
	{model: 'anthropic.claude-sonnet-4-6', ...sonnet45},
	// The 1M-token beta and its long-context price ended on 2026-04-30.
	{
		model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
		until: '2026-04-30',
		...sonnet45,
		step: {
			above: 200_000,
			global: ['6', '22.5', '7.5', '12', '0.6'],
			regional: ['6.6', '24.75', '8.25', '13.2', '0.66'],
		},
	},
	{model: 'anthropic.claude-sonnet-4-5-20250929-v1:0', from: '2026-04-30', ...sonnet45},
	{model: 'anthropic.claude-sonnet-4-20250514-v1:0', until: '2026-07-14', ...sonnet4},
	{model: 'anthropic.claude-sonnet-4-20250514-v1:0', from: '2026-07-14', ...sonnet4, isExtended: true},
	{
		model: 'anthropic.claude-haiku-5-5',
		from: '2026-10-07',
		global: ['0.1', '0.5', '0.125', '0.2', '0.01'],
		regional: ['0.11', '0.55', '0.1375', '0.22', '0.011'],
		// Cache prices above the step by the multipliers of the model card; Claude Code's catalogue has the same.
		step: {
			above: 100_000,
			global: ['0.5', '2.5', '0.625', '1', '0.05'],
			regional: ['0.55', '2.75', '0.6875', '1.1', '0.055'],
		},
		source: card,
	},
	{
		model: 'anthropic.claude-haiku-4-5-20251001-v1:0',
		global: ['1', '5', '1.25', '2', '0.1'],
		regional: ['1.1', '5.5', '1.375', '2.2', '0.11'],
		source: aws,
	},
	{
		model: 'anthropic.claude-3-5-haiku-20241022-v1:0',
		regional: ['0.8', '4', '1', '1.6', '0.08'],
		source: aws,
	},
	{model: 'anthropic.claude-3-5-sonnet-20241022-v2:0', until: extendedFrom, ...sonnet35},
	{model: 'anthropic.claude-3-5-sonnet-20241022-v2:0', from: extendedFrom, ...extended35},
	{model: 'anthropic.claude-3-5-sonnet-20240620-v1:0', until: extendedFrom, ...sonnet35},
	{model: 'anthropic.claude-3-5-sonnet-20240620-v1:0', from: extendedFrom, ...extended35},
	{
		model: 'anthropic.claude-3-7-sonnet-20250219-v1:0',
		regional: ['3', '15', '3.75', '6', '0.3'],
		source: anthropic,
	},
	{model: 'anthropic.claude-3-sonnet-20240229-v1:0', regional: ['3', '15'], source: aws},
	{
		model: 'anthropic.claude-3-haiku-20240307-v1:0',
		regional: ['0.25', '1.25', '0.3', '0.5', '0.03'],
		source: anthropic,
	},
	{model: 'anthropic.claude-3-opus-20240229-v1:0', regional: ['15', '75'], source: aws},
];

const fast: Pick<PriceEntry, 'global' | 'regional' | 'source' | 'serviceTier'> = {
	serviceTier: 'fast',
	global: ['10', '50', '12.5', '20', '1'],
	regional: ['10', '50', '12.5', '20', '1'],
	source: 'https://platform.claude.com/docs/en/build-with-claude/fast-mode',
};

/** Anthropic's fast mode, which only these models have: twice the price of the standard one. */
export const fastPrices: readonly PriceEntry[] = [
	{model: 'anthropic.claude-opus-5', ...fast},
	{model: 'anthropic.claude-opus-4-8', ...fast},
];
