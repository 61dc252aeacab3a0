/** Days and hours in the person's time zone (the process's `TZ`), as epoch ms. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Local midnight at or before that moment. */
export const localDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** The midnight that ends the day: 23, 24 or 25 hours after the one that began it. */
export const nextLocalDay = (at: number): number => new Date(at).setHours(24, 0, 0, 0);

/** Midnight of the month's first day. */
export const localMonth = (at: number): number => {
	const date = new Date(at);
	return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
};

/** Midnight of the next month's first day. */
export const nextLocalMonth = (at: number): number => {
	const date = new Date(at);
	return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime();
};

/**
 * The start of the local hour. By the offset and not by setMinutes, which would take the hour that clocks repeat in
 * autumn for its first passage.
 */
export const localHour = (at: number): number => {
	const offsetMs = new Date(at).getTimezoneOffset() * minuteMs;
	return Math.floor((at - offsetMs) / hourMs) * hourMs + offsetMs;
};
