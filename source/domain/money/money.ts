/** Money as an integer number of pico-dollars (10⁻¹² $): every price per token is one, so sums stay exact. */
export type PicoUsd = bigint;

const decimals = 6;

/**
 * The price of one token from a price in dollars per million tokens, as price lists write it: `0.1375` is 137,500 p$.
 * Throws RangeError on anything but digits with at most six decimals.
 */
export const picoPerToken = (usdPerMillion: string): PicoUsd => {
	const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(usdPerMillion) ?? [];
	if (whole === undefined || fraction.length > decimals) {
		throw new RangeError(`not a price per million tokens: ${usdPerMillion}`);
	}
	return BigInt(whole + fraction.padEnd(decimals, '0'));
};

/** Exact decimal dollars without an exponent: `0.00000022`. */
export const usdString = (amount: PicoUsd): string => {
	const sign = amount < 0n ? '-' : '';
	const digits = String(amount < 0n ? -amount : amount).padStart(13, '0');
	const fraction = digits.slice(-12).replace(/0+$/, '');
	return `${sign}${digits.slice(0, -12)}${fraction === '' ? '' : `.${fraction}`}`;
};

/** The double nearest to the exact dollars; for display and JSON, never for sums. */
export const usdNumber = (amount: PicoUsd): number => Number(usdString(amount));

/**
 * Pico-dollars from a decimal amount as billing writes it (`12.3456789012345`, `-0.5`, `1.2E-7`), rounded to the nearest
 * one, halves away from zero; undefined for anything that is no number.
 */
export const picoFromDecimal = (text: string): PicoUsd | undefined => {
	const [, sign, whole = '', fraction = '', exponent = '0'] =
		/^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim()) ?? [];
	if (sign === undefined || whole + fraction === '') return undefined;
	const shift = 12 + Number(exponent) - fraction.length;
	const digits = BigInt(whole + fraction);
	const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, 10n ** BigInt(-shift));
	return sign === '-' ? -scaled : scaled;
};

const roundedQuotient = (amount: bigint, by: bigint): bigint => (amount + by / 2n) / by;
