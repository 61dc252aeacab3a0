import type {Beginning} from '../../domain/common/window.ts';
import type {PicoUsd} from '../../domain/money/money.ts';
import {formatCount, formatSpan, formatUsd} from '../text/format.ts';
import {plural} from '../text/plural.ts';

const minuteMs = 60_000;

/** How long ago, in whole minutes, so that nothing is read out again before it has to be. */
export const agoSpoken = (at: number | undefined, now: number): string => {
	if (at === undefined) return 'never';
	const minutes = Math.floor(Math.max(0, now - at) / minuteMs);
	if (minutes < 1) return 'under a minute ago';
	if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
	return minutes < 1440
		? `${plural(Math.floor(minutes / 60), 'hour')} ago`
		: `${plural(Math.floor(minutes / 1440), 'day')} ago`;
};

const units: Readonly<Record<string, string>> = {d: 'day', h: 'hour', m: 'minute', s: 'second'};

/** A window's length: `today` where none was chosen, else `in the last 24 hours`. */
export const windowSpoken = (ms: number | undefined, begins?: Beginning): string => {
	const span = formatSpan(ms, begins);
	const count = Number.parseInt(span, 10);
	if (Number.isNaN(count)) return span;
	const unit = units[span.slice(-1)] ?? span.slice(-1);
	return count === 1 ? `in the last ${unit}` : `in the last ${plural(count, unit)}`;
};

/** How long something takes, ms: `840 milliseconds`, `3.1 seconds`, `2 minutes`. */
export const durationSpoken = (ms: number): string => {
	if (Math.round(ms) < 1000) return plural(Math.round(ms), 'millisecond');
	if (ms >= 90_000) return plural(Math.round(ms / minuteMs), 'minute');
	const seconds = ms < 9950 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000);
	return plural(seconds, 'second');
};

const sizes: Readonly<Record<string, string>> = {k: ' thousand', M: ' million', G: ' billion'};

const withSizes = (text: string) => text.replace(/(?<=\d)[kMG]\b/, size => sizes[size] ?? size);

/** `950`, `1.2 thousand`, `5.6 million`. */
export const countSpoken = (count: number): string => withSizes(formatCount(count));

/** What the screen writes for money, without its signs. */
export const moneySpoken = (text: string): string =>
	withSizes(text)
		.replace('≥', 'at least ')
		.replace('<', 'less than ')
		.replace('–', ' to $')
		.replace(/^unpriced (.*) tok$/, '$1 tokens of unknown price');

const dollar = 1_000_000_000_000n;

/** A sum that is a guess anyhow: whole dollars from ten on, so that it changes less often. */
export const roughlySpoken = (amount: PicoUsd): string =>
	amount < 10n * dollar
		? moneySpoken(formatUsd(amount))
		: formatUsd(((amount + dollar / 2n) / dollar) * dollar).replace(/\.00$/, '');
