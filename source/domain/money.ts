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
