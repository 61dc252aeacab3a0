import prettyMilliseconds from 'pretty-ms';
import type {Beginning} from '../../domain/common/window.ts';
import type {PicoUsd} from '../../domain/money/money.ts';

const picoPerCent = 10_000_000_000n;
const picoPerDollar = 100n * picoPerCent;
/** Thousands apart. Intl.NumberFormat would say the same, but loading it costs 11 ms before the first frame. */
const grouped = (whole: bigint) => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

const rounded = (amount: PicoUsd, unit: PicoUsd): bigint => (amount + unit / 2n) / unit;

/** The last digits that are shown below one cent: pico-dollars that each one counts, and its place. */
const smallUnits = [
	[10_000_000n, 5],
	[100_000_000n, 4],
] as const;

/** Two significant digits of less than a cent; undefined where they round up to a whole one. */
const formatSmall = (amount: PicoUsd): string | undefined => {
	const found = smallUnits.find(([unit]) => rounded(amount, unit) < 100n);
	return found && `$0.${String(rounded(amount, found[0])).padStart(found[1], '0')}`;
};

/**
 * Dollars for the eye: cents from one cent on, two significant digits below, whole dollars from a thousand on. Exact
 * until the last digit, which is rounded half up; what is rounded up to the next size has no more digits than that.
 */
export const formatUsd = (amount: PicoUsd): string => {
	if (amount < 0n) return `-${formatUsd(-amount)}`;
	if (amount === 0n) return '$0.00';
	if (amount < smallUnits[0][0] * 10n) return '<$0.0001';
	const small = amount < picoPerCent ? formatSmall(amount) : undefined;
	if (small !== undefined) return small;
	const cents = rounded(amount, picoPerCent);
	if (cents >= 100_000n) return `$${grouped(rounded(amount, picoPerDollar))}`;
	return `$${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
};

/** The step of a price: `> 100,000 prompt tokens`. */
export const stepWords = (above: number): string => `> ${grouped(BigInt(above))} prompt tokens`;

/** A count in at most four characters or so: 950, 1.2k, 34k, 5.6M. */
export const formatCount = (count: number): string => {
	const units = [
		[1e9, 'G'],
		[1e6, 'M'],
		[1e3, 'k'],
	] as const;
	for (const [size, unit] of units) {
		if (count < size * 0.9995) continue;
		const value = count / size;
		return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
	}
	return String(Math.round(count));
};

/** An age that does not fidget: `now`, then steps of 5 s, then the largest unit. Unknown is `never`. */
export const formatAge = (at: number | undefined, now: number): string => {
	if (at === undefined) return 'never';
	const seconds = Math.max(0, Math.floor((now - at) / 1000));
	if (seconds < 5) return 'now';
	if (seconds < 60) return `${Math.floor(seconds / 5) * 5}s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
	return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
};

/** A latency: 840ms, 3.1s, 1m 5s. */
export const formatLatency = (ms: number | undefined): string => {
	if (ms === undefined) return '–';
	if (ms < 999.5) return `${Math.round(ms)}ms`;
	return ms < 59_950
		? `${(ms / 1000).toFixed(1)}s`
		: prettyMilliseconds(Math.max(60_000, ms), {secondsDecimalDigits: 0, unitCount: 2});
};

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** The time of day where the person sits, 17:04:09. */
export const formatTime = (at: number): string => {
	const date = new Date(at);
	return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
};

/** A share of a whole as percent; undefined of nothing. */
export const formatShare = (part: number, whole: number): string | undefined =>
	whole <= 0 ? undefined : `${Math.round((100 * part) / whole)}%`;

/** A folder as a shell prompt shows it. */
export const formatFolder = (path: string, home?: string): string => {
	const isBelowHome = home !== undefined && home !== '' && (path === home || path.startsWith(`${home}/`));
	return isBelowHome ? `~${path.slice(home.length)}` : path;
};

/** The day where the person sits, 2026-11-23. */
export const localDate = (at: number): string => {
	const date = new Date(at);
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
};

/** How late something is, in steps that do not fidget: 40s, 12m, 1h 5m. */
export const formatLag = (ms: number): string => {
	const minutes = Math.floor(ms / 60_000);
	if (minutes < 1) return `${Math.floor(ms / 10_000) * 10}s`;
	return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
};

/** A window as a headline says it: `today` where none was chosen, else `24h`, `7d`, `90m`, `this month`, `since 2026-11-01`. */
export const formatSpan = (ms: number | undefined, begins?: Beginning): string => {
	if (begins === 'month') return 'this month';
	if (typeof begins === 'number') return `since ${localDate(begins)}`;
	if (ms === undefined) return 'today';
	const units = [
		[86_400_000, 'd'],
		[3_600_000, 'h'],
		[60_000, 'm'],
	] as const;
	// One day is said in hours, as people do.
	const [size, unit] = ms === 86_400_000 ? units[1] : (units.find(([one]) => ms % one === 0) ?? [1000, 's']);
	return `${Math.round(ms / size)}${unit}`;
};
