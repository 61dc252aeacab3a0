import type {FanOut} from '../../domain/agents/fan-out.ts';
import {causes} from '../../domain/refusals/causes/index.ts';
import type {Downgrade} from '../../domain/refusals/downgrades.ts';
import type {Refusal} from '../../domain/refusals/refusals.ts';
import type {Thrash} from '../../domain/spend/cache-economics.ts';
import type {Overview} from '../../state/overview.ts';
import {freshRefusalMs} from '../../state/status.ts';
import {formatAge, formatCount} from '../text/format.ts';
import {fitLine, type Line, lineWidth, span, spread} from '../text/line.ts';
import {calledModel, shortModel} from '../text/model-name.ts';
import {budgetWords} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {fanOutFix, fanOutWords} from '../words/fan-out.ts';

/** What was wrong, in a few words. */
export const refusalWords = ({cause, isBackground}: Refusal): string =>
	`${causes[cause].label}${isBackground === true ? ' (background)' : ''}`;

/** Something that is wrong: what, and what mends it. */
export type Trouble = {
	readonly what: Line;
	readonly fix: Line;
	/** In two words, for slivers. */
	readonly short: Line;
	readonly refusal?: Refusal | undefined;
};

const refusalTrouble = (refusal: Refusal, {now, state: {resolutions}}: Overview): Trouble => {
	const {model, caller, count, lastAt, fix} = refusal;
	const who = caller === undefined ? '' : ` ${caller}`;
	const times = count > 1 ? ` ×${formatCount(count)}` : '';
	const what = model === undefined ? '' : ` ${calledModel(model, resolutions)}`;
	return {
		what: [
			span(`✗${what}${times} `, 'bad'),
			span(refusalWords(refusal), 'warn'),
			span(`${who} ${formatAge(lastAt, now)}`, 'dim'),
		],
		fix: fix === undefined ? [] : [span(`→ ${fix.text}`, 'strong')],
		short: [span(`✗${what}`, 'bad')],
		refusal,
	};
};

const onOneLine = ({what, fix}: Trouble): Line => (fix.length === 0 ? what : [...what, span(' '), ...fix]);

/** Refusals of the whole feed window, newest first. */
export const refusalLines = (overview: Overview): readonly Line[] =>
	overview.refusals.map(refusal => onOneLine(refusalTrouble(refusal, overview)));

const thrashLine = ({cwd, sessionId, readTokens, writeTokens}: Thrash): Line => [
	span('▲ cache does not hold: ', 'bad'),
	span(`${formatCount(writeTokens)} tok written, ${formatCount(readTokens)} read in 10m`, 'warn'),
	span(` ${cwd ?? sessionId}`, 'dim'),
];

const downgradeLine = ({from, to, at}: Downgrade, now: number): Line => [
	span(`▲ answers now come from ${shortModel(to)}`, 'bad'),
	span(` because ${shortModel(from)} is refused`, 'warn'),
	span(` ${formatAge(at, now)}`, 'dim'),
];

const fanOutTrouble = (fanOut: FanOut): Trouble => {
	const {cwd, sessionId, running, isTooMany} = fanOut;
	const where = cwd === undefined ? sessionId : (cwd.split('/').at(-1) ?? cwd);
	return {
		what: [span(`▲ ${fanOutWords(fanOut)}`, 'bad'), span(` ${where}`, 'dim')],
		fix: [span(`→ ${fanOutFix}`, 'strong')],
		short: [span(isTooMany ? `▲ ${plural(running, 'agent')}` : '▲ agents', 'bad')],
	};
};

/** Credentials that end within this are worth a line before they do. */
const soonMs = 15 * 60_000;

const expiryTroubles = ({state, now}: Overview): readonly Trouble[] => {
	const expiry = state.slices.credentials;
	if (expiry === undefined || expiry.expiresAt - now > soonMs) return [];
	const minutes = Math.ceil((expiry.expiresAt - now) / 60_000);
	const when = minutes > 0 ? `end in ${minutes}m` : 'have expired';
	const what: Line = [span(`▲ AWS credentials of ${expiry.profile} ${when}`, 'warn')];
	return [{what, fix: [span(`→ ${expiry.command}`, 'strong')], short: [span('▲ credentials', 'warn')]}];
};

const alarmTroubles = (overview: Overview): readonly Trouble[] => {
	const budgets = overview.budgets.filter(({level}) => level !== 'ok');
	const of = (what: Line, word: string): Trouble => ({what, fix: [], short: [span(word, what[0]?.[1])]});
	return [
		...expiryTroubles(overview),
		...budgets.map(one => {
			const style = one.level === 'over' ? 'bad' : 'warn';
			return of([span(`budget ${budgetWords(one)}`, style)], `${one.level === 'over' ? '✗' : '▲'} budget`);
		}),
		...overview.fanOuts.map(fanOutTrouble),
		...overview.downgrades.map(downgrade => of(downgradeLine(downgrade, overview.now), '▲ downgrade')),
		...overview.thrashing.map(thrash => of(thrashLine(thrash), '▲ cache')),
	];
};

/** Limits that are used up or nearly so, silent downgrades, sessions whose cache does not hold. */
export const alarmLines = (overview: Overview): readonly Line[] => alarmTroubles(overview).map(onOneLine);

/** Refusals of the last quarter of an hour, then alarms: on the screen they stand above everything else. */
export const troubles = (overview: Overview): readonly Trouble[] => {
	const fresh = overview.refusals.filter(({lastAt}) => lastAt > overview.now - freshRefusalMs);
	return [...fresh.map(refusal => refusalTrouble(refusal, overview)), ...alarmTroubles(overview)];
};

/** How many rows trouble would like: one for each, and one more where a fix does not fit behind what it mends. */
export const wantedRows = (all: readonly Trouble[], columns: number): number =>
	all.reduce((sum, trouble) => sum + (isLong(trouble, columns) ? 2 : 1), 0);

const isLong = (trouble: Trouble, columns: number): boolean =>
	trouble.fix.length > 0 && lineWidth(onOneLine(trouble)) > columns;

/** Trouble as at most so many lines: each gets one, then the first get a second for their fix; the rest is counted. */
export const troubleLines = (all: readonly Trouble[], rows: number, columns: number): readonly Line[] => {
	const shown = all.slice(0, rows);
	let spare = rows - shown.length;
	const lines: Line[] = [];
	for (const trouble of shown) {
		const isSplit = spare > 0 && isLong(trouble, columns);
		if (isSplit) spare--;
		lines.push(...(isSplit ? [trouble.what, [span('  '), ...trouble.fix]] : [onOneLine(trouble)]));
	}
	const hidden = all.length - shown.length;
	const last = lines.at(-1);
	if (hidden === 0 || last === undefined) return lines;
	const more: Line = [span(` +${hidden} more`, 'bad')];
	return [...lines.slice(0, -1), spread(fitLine(last, columns - lineWidth(more) - 1), more, columns, ' ', 'plain')];
};
