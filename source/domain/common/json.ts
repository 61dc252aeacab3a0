/** A parsed JSON object whose keys nobody vouches for. */
export type JsonRecord = {readonly [key: string]: unknown};

/** The value as an object, or undefined for arrays, scalars and null. */
export const record = (value: unknown): JsonRecord | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;

/** A non-empty string, or undefined for anything else. */
export const text = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A count ≥ 0 written as a number or as digits (CloudTrail and old clients write both), or undefined. */
export const count = (value: unknown): number | undefined => {
	const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
	return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

/** Epoch milliseconds of an ISO 8601 time, or undefined when it is not one. */
export const instant = (value: unknown): number | undefined => {
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isFinite(at) ? at : undefined;
};

/** JSON.parse that answers undefined for what is not JSON. */
export const parseJson = (source: string): unknown => {
	try {
		return JSON.parse(source);
	} catch {
		return undefined;
	}
};
