import type {TrailRecord} from '../domain/calls/call.ts';
import type {EventLog} from '../domain/calls/event-log.ts';
import {findItem} from '../domain/common/hash-index.ts';
import {itemsFrom} from '../domain/common/timeline.ts';
import type {Metrics, MetricsUpdate} from '../domain/metrics/metrics.ts';
import {pointsFrom} from '../domain/metrics/series.ts';
import type {Turn} from '../domain/replies/turn.ts';
import {entriesSince, type Ledger} from '../domain/spend/ledger.ts';
import type {Action} from './action.ts';
import type {SliceAction} from './source-status.ts';
import type {State} from './state.ts';

const updatesOf = (metrics: Metrics): readonly MetricsUpdate[] =>
	[...metrics.values()].map(
		({region, namespace, profile, series, hours, minutesFrom, isUnread, p50LatencyMs, p50FirstTokenMs}) => ({
			...{region, namespace, profile, minutesFrom, isUnread},
			points: [...series].map(([metric, values]) => [metric, [...pointsFrom(values, 0)]] as const),
			hours: [...hours].map(([metric, values]) => [metric, [...pointsFrom(values, 0)]] as const),
			speed: {p50LatencyMs, p50FirstTokenMs},
		}),
	);

/** In the order in which they were read, which decides the order of rows. */
const turnsOf = (ledger: Ledger): readonly Turn[] =>
	[...entriesSince(ledger, Number.NEGATIVE_INFINITY)]
		.sort((a, b) => a.seq - b.seq)
		.map(({posting}) => posting.turn)
		.filter(turn => !turn.unlogged);

/** Calls that are kept whole and completions, in the order in which they were read. */
const recordsOf = ({calls, byEvent, resultOrder}: EventLog): readonly TrailRecord[] =>
	[
		...calls.map(call => ({seq: findItem(byEvent, call.eventId)?.seq ?? 0, record: {kind: 'call' as const, call}})),
		...[...itemsFrom(resultOrder, 0)].map(({at, result}) => ({seq: at, record: {kind: 'result' as const, result}})),
	]
		.sort((a, b) => a.seq - b.seq)
		.map(({record}) => record);

/**
 * What would have to happen for a fresh state to become this one: for recordings that begin in the middle. What it cannot
 * bring back: calls that are only counted any more, proof from before the history, and what bedtop itself has asked.
 */
export const actionsOf = (state: State): readonly Action[] => {
	const {spendSince, historySince, feedMs, spanMs, begins, longestMs, configuration, sdkRegion} = state;
	const {
		log,
		unlogged: {costs, compactions, links},
	} = state;
	const slices = Object.entries(state.slices).map(([source, value]) => ({type: 'slice', source, value}) as SliceAction);
	return [
		{type: 'window', spendSince, historySince, feedMs, spanMs, begins, longestMs},
		...(sdkRegion === undefined ? [] : [{type: 'sdkRegion' as const, region: sdkRegion}]),
		...(configuration === undefined
			? []
			: [{type: 'configuration' as const, base: configuration, byFolder: state.configurations}]),
		{type: 'sessions', sessions: state.sessions},
		{type: 'resolutions', found: state.resolutions},
		{
			type: 'transcripts',
			turns: turnsOf(state.ledger),
			failures: state.failures,
			models: [...state.models.values()].flat(),
			costs: [...costs.values()].flat(),
			compactions: [...compactions].flatMap(([sessionId, times]) => times.map(at => ({sessionId, at}))),
			agentEnds: [...state.agentEnds.values()],
			links: [...links].flatMap(([a, others]) => [...others].map(([b, at]) => ({a, b, at}))),
		},
		{
			type: 'trail',
			records: recordsOf(log),
		},
		{type: 'metrics', updates: updatesOf(state.metrics), keepSince: 0},
		...slices,
		...[...state.notes].map(([source, notes]) => ({type: 'notes' as const, source, notes})),
		...[...state.sources.values()].map(status => ({type: 'status' as const, status})),
	];
};
