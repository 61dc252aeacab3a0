import {readCalled} from '../domain/models/resolution.ts';
import {noAmount} from '../domain/money/amount.ts';
import {accountRows, accountTotal} from '../domain/report/account-rows.ts';
import {type Dimension, timeKey} from '../domain/report/dimension.ts';
import {localRows, localTotal} from '../domain/report/local-rows.ts';
import {type ReportClock, type ReportRow, sortRows} from '../domain/report/row.ts';
import {trailRows} from '../domain/report/trail-rows.ts';
import {refusedHere} from './explained-refusals.ts';
import {answeredAt, isPartlyUnknown, missingUntil} from './health.ts';
import type {Overview} from './overview.ts';
import type {State} from './state.ts';

/** What one clock says: its rows, their sum, and from when on it reaches. */
export type ReportPart = {
	readonly clock: ReportClock;
	readonly rows: readonly ReportRow[];
	readonly total: ReportRow;
	/** Epoch ms; later than the report's own where the clock does not reach so far back. */
	readonly since: number;
	/** When it last answered, epoch ms. */
	readonly asOf: number | undefined;
};

/** Spend, calls, refusals and tokens along one dimension, from each clock that has answered. */
export type Report = {
	readonly by: Dimension;
	readonly since: number;
	readonly parts: readonly ReportPart[];
};

type Refused = ReturnType<typeof refusedHere>[number];

/** What a refused call is counted under; `false` where its transcript does not tell. */
const refusedKey = (
	by: Dimension,
	{at, model, sessionId = ''}: Refused,
	{resolutions, proofs}: State,
): string | undefined | false => {
	if (by === 'day' || by === 'hour') return timeKey(by, at);
	if (by === 'model') return model === undefined ? undefined : (readCalled(model, resolutions).model ?? model);
	if (by === 'session') return sessionId;
	if (by === 'project') return proofs.get(sessionId)?.cwd;
	return by === 'principal' || by === 'account' ? undefined : false;
};

/** The rows with the refusals of their keys, and rows for keys that had nothing but refusals. */
const withRefusals = (rows: readonly ReportRow[], refused: readonly Refused[], by: Dimension, state: State) => {
	if (by === 'agent' || by === 'region') return rows;
	const counts = new Map<string | undefined, number>();
	for (const one of refused) {
		const key = refusedKey(by, one, state);
		if (key !== false) counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	const known = new Set(rows.map(({key}) => key));
	const nothing = localTotal(noAmount, isPartlyUnknown(state));
	const others = [...counts.keys()].filter(key => !known.has(key)).map(key => ({...nothing, key}));
	return [...rows, ...others].map(row => ({...row, refusals: counts.get(row.key) ?? 0}));
};

const localPart = ({state, spend}: Overview, by: Dimension): ReportPart | undefined => {
	const asOf = answeredAt(state, 'transcripts');
	if (asOf === undefined && spend.local.calls === 0) return undefined;
	const {since} = spend;
	const refused = refusedHere(state, since);
	const rows = localRows(state.ledger, {dimension: by, since, missingUntil: missingUntil(state)});
	return {
		...{clock: 'local', since, asOf, rows: withRefusals(rows, refused, by, state)},
		total: {...localTotal(spend.local, isPartlyUnknown(state)), refusals: refused.length},
	};
};

const accountPart = ({state, account, accountBetween, now}: Overview, by: Dimension): ReportPart | undefined => {
	if (account === undefined) return undefined;
	const accountId = state.slices.identity?.accountId;
	return {
		...{clock: 'cloudwatch', since: account.since, asOf: answeredAt(state, 'cloudwatch')},
		rows: accountRows({account, between: accountBetween, now, accountId}, by),
		total: accountTotal(account),
	};
};

const trailPart = ({state, trail, callCount}: Overview, by: Dimension): ReportPart | undefined => {
	if (!trail.isRead) return undefined;
	const {ledger, log, resolutions, slices} = state;
	const {since, isComplete} = trail;
	const known = {ledger, log, resolutions, accountId: slices.identity?.accountId};
	const {ok, refused, throttled, failed} = callCount;
	return {
		...{clock: 'cloudtrail', since, asOf: answeredAt(state, 'cloudtrail')},
		rows: trailRows(known, {dimension: by, since, isComplete}),
		total: {
			...{key: undefined, clock: 'cloudtrail', lowerBound: !isComplete},
			...{calls: ok + refused + throttled + failed, refusals: refused},
		},
	};
};

/** Everything that is known, summed up by one dimension. A clock that has never answered has no part in it. */
export const reportOf = (view: Overview, by: Dimension): Report => {
	const parts = [localPart(view, by), accountPart(view, by), trailPart(view, by)].filter(part => part !== undefined);
	return {by, since: view.spend.since, parts: parts.map(part => ({...part, rows: sortRows(part.rows, by)}))};
};
