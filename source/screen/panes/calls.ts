import {type Call, outcomeClass} from '../../domain/calls/call.ts';
import {trailLagMs} from '../../domain/calls/trail-lag.ts';
import type {Resolutions} from '../../domain/models/resolution.ts';
import {refusalOf} from '../../domain/refusals/refusal-of.ts';
import {refusalKey} from '../../domain/refusals/refusals.ts';
import {answeredAt, isStale} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {filterRows, type Traits} from '../input/filter.ts';
import type {Column} from '../text/columns.ts';
import {formatCount, formatLag, formatTime} from '../text/format.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {calledModel} from '../text/model-name.ts';
import {list} from './listing.ts';
import {clockOf, type PaneContent, type PaneInput, problemLines} from './pane.ts';
import type {Target} from './target.ts';

/** One row of the feed: a call, or a burst of refusals of one caller folded into its newest. */
type FeedRow = {readonly call: Call; readonly count: number; readonly models: number; readonly mine: boolean};

const burstGapMs = 60_000;

type Burst = {call: Call; count: number; models: Set<string>; mine: boolean; oldestAt: number};

const isSameBurst = ({call, oldestAt}: Burst, {outcome, principal, at}: Call) =>
	call.outcome === outcome && call.principal.arn === principal.arn && oldestAt - at <= burstGapMs;

/**
 * Folds refusals: one denied model is 20 and more calls of Claude Code, retries and a ladder of other models included
 * (measured: 28 for one prompt).
 */
export const foldBursts = (calls: readonly Call[], isMine: (call: Call) => boolean): readonly FeedRow[] => {
	const rows: Burst[] = [];
	for (const call of calls) {
		const burst = call.outcome === 'ok' ? undefined : rows.findLast(row => isSameBurst(row, call));
		if (burst === undefined) {
			rows.push({call, count: 1, models: new Set([call.profile ?? '']), mine: isMine(call), oldestAt: call.at});
			continue;
		}
		burst.count++;
		burst.models.add(call.profile ?? '');
		burst.oldestAt = call.at;
	}
	return rows.map(({call, count, models, mine}) => ({call, count, models: models.size, mine}));
};

const looks: Readonly<Record<ReturnType<typeof outcomeClass>, readonly [shape: string, style: Style]>> = {
	ok: ['✓', 'good'],
	refused: ['✗', 'bad'],
	throttled: ['▲', 'warn'],
	failed: ['✗', 'bad'],
};

const lookOf = ({call}: FeedRow) => looks[outcomeClass(call.outcome)];

const modelCell = ({call, models}: FeedRow, resolutions: Resolutions): string => {
	const name = calledModel(call.profile, resolutions);
	return models > 1 ? `${name} +${models - 1}` : name;
};

const place = ({call}: FeedRow): string =>
	call.ranIn === undefined || call.ranIn === call.region ? call.region : `${call.region} → ${call.ranIn}`;

const clientName = (client: string | undefined): string => {
	const claude = /claude-cli\/[^\s]{1,32}/.exec(client ?? '')?.[0];
	return claude ?? client?.split(' ', 1)[0] ?? '';
};

const textStyle = ({mine}: FeedRow): Style => (mine ? 'plain' : 'dim');

const columnsFor = (resolutions: Resolutions): readonly Column<FeedRow>[] => [
	{title: 'time', cell: ({call}) => formatTime(call.at), style: () => 'dim', drop: 1},
	{title: '', cell: row => lookOf(row)[0], style: row => lookOf(row)[1], drop: 0},
	{
		title: 'outcome',
		cell: ({call}) => call.outcome,
		style: row => lookOf(row)[1],
		max: 28,
		min: 6,
		isStiff: true,
		drop: 0,
	},
	{
		title: '',
		cell: ({count}) => (count > 1 ? `×${formatCount(count)}` : ''),
		style: row => lookOf(row)[1],
		drop: 0,
	},
	{title: 'model', cell: row => modelCell(row, resolutions), style: textStyle, max: 28, min: 8, drop: 0},
	{title: 'who', cell: ({mine}) => (mine ? 'you' : ''), style: () => 'accent', drop: 4},
	{title: 'caller', cell: ({call}) => call.principal.name ?? '?', style: textStyle, max: 28, min: 5, drop: 3},
	{title: 'region', cell: place, style: () => 'dim', max: 28, drop: 6},
	{title: 'client', cell: ({call}) => clientName(call.client), style: () => 'dim', max: 26, min: 10, drop: 7},
];

const countLine = ({callCount}: Overview): Line => {
	const {ok, refused, throttled, failed} = callCount;
	const parts: (readonly [number, string, Style])[] = [
		[ok, 'ok', 'plain'],
		[refused, 'refused', 'bad'],
		[throttled, 'throttled', 'warn'],
		[failed, 'failed', 'bad'],
	];
	return parts
		.filter(([count], index) => index === 0 || count > 0)
		.map(([count, word, style], index) => span(`${index === 0 ? '' : ' '}${formatCount(count)} ${word}`, style));
};

const traitsOf =
	({state, isMine}: Overview) =>
	(call: Call): Traits => {
		const outcome = outcomeClass(call.outcome);
		return {
			model: calledModel(call.profile, state.resolutions),
			profile: call.profile,
			who: call.principal.name,
			region: `${call.region} ${call.ranIn ?? ''}`,
			client: call.client,
			outcome,
			error: outcome === 'ok' ? undefined : call.outcome,
			isMine: isMine(call),
			isTrouble: outcome !== 'ok',
		};
	};

/** A burst of refusals opens what they have in common, a call itself. */
const targetOf =
	(overview: Overview) =>
	({call, count}: FeedRow): Target => {
		const refusal = count > 1 ? refusalOf(overview.refusals, call) : undefined;
		return refusal === undefined ? {kind: 'call', eventId: call.eventId} : {kind: 'refusal', key: refusalKey(refusal)};
	};

const clock = (overview: Overview): Line => {
	const {state, now} = overview;
	const lagMs = trailLagMs(state.ledger, now);
	const late: Line = lagMs === undefined ? [] : [span(` ${formatLag(lagMs)} late`, 'dim')];
	return [...clockOf(overview, 'cloudtrail', 'CloudTrail'), ...late];
};

/** A refused call was seen to come 85 minutes late: what is so old can still be news. */
const latestMs = 90 * 60_000;

/** Calls: the CloudTrail feed, newest first. */
export const callsPane = (input: PaneInput): PaneContent => {
	const {overview, width, filter} = input;
	const {state, isMine, now} = overview;
	const since = now - Math.max(state.feedMs, latestMs);
	const calls = state.log.calls.filter(({at}) => at >= since);
	const filtered = filterRows(filter, calls, traitsOf(overview));
	const rows = foldBursts(filtered, isMine);
	const isRead = answeredAt(state, 'cloudtrail') !== undefined;
	const none: readonly Line[] = isRead ? [[span('Nothing yet: CloudTrail is minutes to an hour late.', 'dim')]] : [];
	return {
		headline: isRead || calls.length > 0 ? countLine(overview) : [],
		clock: clock(overview),
		notices: [...problemLines(input, 'cloudtrail'), ...(calls.length === 0 ? none : [])],
		listing: list({
			columns: columnsFor(state.resolutions),
			rows,
			keyOf: ({call}) => call.eventId,
			targetOf: targetOf(overview),
			...{width, titles: false, outOf: filtered === calls ? rows.length : foldBursts(calls, isMine).length},
		}),
		isStale: isStale(state, 'cloudtrail', overview.now),
	};
};
