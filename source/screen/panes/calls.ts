import {type FeedRow, foldBursts} from '../../domain/calls/bursts.ts';
import {trailLagMs} from '../../domain/calls/trail-lag.ts';
import type {Resolutions} from '../../domain/models/resolution.ts';
import {outcomeClass} from '../../domain/refusals/outcome.ts';
import {refusalOf} from '../../domain/refusals/refusal-of.ts';
import {refusalKey} from '../../domain/refusals/refusals.ts';
import type {FeedCall} from '../../domain/refusals/unaudited.ts';
import {feedCalls, feedRows} from '../../state/feed.ts';
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

const looks: Readonly<Record<ReturnType<typeof outcomeClass>, readonly [shape: string, style: Style]>> = {
	ok: ['✓', 'good'],
	refused: ['✗', 'bad'],
	throttled: ['▲', 'warn'],
	failed: ['✗', 'bad'],
};

/** Only a transcript of this machine tells of it; CloudTrail's record may still come. */
const isUnaudited = ({onlyIn}: FeedCall) => onlyIn !== undefined;

const lookOf = ({call}: FeedRow) => looks[outcomeClass(call)];

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

const columnsFor = ({state: {resolutions}, isMine}: Overview): readonly Column<FeedRow>[] => {
	const textStyle = ({call}: FeedRow): Style => (isMine(call) ? 'plain' : 'dim');
	return [
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
		{title: '', cell: ({call}) => (isUnaudited(call) ? 'local' : ''), style: () => 'warn', drop: 0},
		{title: 'model', cell: row => modelCell(row, resolutions), style: textStyle, max: 28, min: 8, drop: 0},
		{title: 'who', cell: ({call}) => (isMine(call) || isUnaudited(call) ? 'you' : ''), style: () => 'accent', drop: 4},
		{title: 'caller', cell: ({call}) => call.principal.name ?? '?', style: textStyle, max: 28, min: 5, drop: 3},
		{title: 'region', cell: place, style: () => 'dim', max: 28, drop: 6},
		{title: 'client', cell: ({call}) => clientName(call.client), style: () => 'dim', max: 26, min: 10, drop: 7},
	];
};

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
	(call: FeedCall): Traits => {
		const outcome = outcomeClass(call);
		return {
			model: calledModel(call.profile, state.resolutions),
			profile: call.profile,
			who: call.principal.name,
			region: `${call.region} ${call.ranIn ?? ''}`,
			client: call.client,
			outcome,
			error: outcome === 'ok' ? undefined : call.outcome,
			isMine: isMine(call) || isUnaudited(call),
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

/** Calls: the CloudTrail feed, newest first. */
export const callsPane = (input: PaneInput): PaneContent => {
	const {overview, width, filter} = input;
	const {state, now} = overview;
	const calls = feedCalls(state, now);
	const all = feedRows(state, now);
	const filtered = filterRows(filter, calls, traitsOf(overview));
	const rows = filtered === calls ? all : foldBursts(filtered);
	const isRead = answeredAt(state, 'cloudtrail') !== undefined;
	const none: readonly Line[] = isRead ? [[span('Nothing yet: CloudTrail is minutes to an hour late.', 'dim')]] : [];
	return {
		headline: isRead || calls.length > 0 ? countLine(overview) : [],
		clock: clock(overview),
		notices: [...problemLines(input, 'cloudtrail'), ...(calls.length === 0 ? none : [])],
		listing: list({
			columns: columnsFor(overview),
			rows,
			keyOf: ({call}) => call.eventId,
			targetOf: targetOf(overview),
			...{width, titles: false, outOf: all.length},
		}),
		isStale: isStale(state, 'cloudtrail', overview.now),
	};
};
