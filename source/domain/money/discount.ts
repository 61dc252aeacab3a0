import type {PicoUsd} from './money.ts';

/** A percentage in units of 10⁻⁴ %, so that `12.5` stays exact: 125,000. */
export type Percent = bigint;

/** What a customer negotiated: a percentage off everything, or off single models, which then counts instead. */
export type Discounts = {
	readonly overall?: Percent | undefined;
	/** By canonical model id. */
	readonly models: ReadonlyMap<string, Percent>;
};

export const noDiscounts: Discounts = {models: new Map()};

const whole: Percent = 1_000_000n;

/** A percentage from 0 to 100 with at most four decimals; undefined for anything else. */
export const readPercent = (value: unknown): Percent | undefined => {
	const [, digits, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(String(value)) ?? [];
	if (digits === undefined || (typeof value !== 'number' && typeof value !== 'string')) return undefined;
	const percent = BigInt(digits + fraction.padEnd(4, '0'));
	return percent <= whole ? percent : undefined;
};

/** As people write it: `12.5 %`. */
export const formatPercent = (percent: Percent): string => `${Number(percent) / 10_000} %`;

/** The percentage that holds for a model; undefined where none was agreed on. */
export const discountOf = ({overall, models}: Discounts, model: string): Percent | undefined =>
	models.get(model) ?? overall;

/** The amount less the percentage, rounded to the nearest pico-dollar, halves up. */
export const lessPercent = (amount: PicoUsd, percent: Percent | undefined): PicoUsd =>
	percent === undefined ? amount : (amount * (whole - percent) + whole / 2n) / whole;
