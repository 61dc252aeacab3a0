import {type Counted, type EventLog, wholeCall} from '../calls/event-log.ts';
import {nameInArn} from '../calls/principal.ts';
import {itemsFrom} from '../common/timeline.ts';
import {type Resolutions, readCalled} from '../models/resolution.ts';
import {agentKey} from '../replies/agent.ts';
import {entryByRequest, type Ledger} from '../spend/ledger.ts';
import {type Dimension, timeKey} from './dimension.ts';
import type {ReportRow} from './row.ts';

type Known = {
	readonly log: EventLog;
	readonly ledger: Ledger;
	readonly resolutions: Resolutions;
	/** Whose trail it is. */
	readonly accountId: string | undefined;
};

const calledModel = ({log, resolutions}: Known, counted: Counted): string | undefined => {
	const profile = wholeCall(log, counted)?.profile;
	return profile === undefined ? undefined : (readCalled(profile, resolutions).model ?? profile);
};

/** The reply of this machine to a call tells what CloudTrail does not know. */
const turnOf = ({ledger}: Known, {requestId}: Counted) => entryByRequest(ledger, requestId)?.posting.turn;

const keyOf = (dimension: Dimension, counted: Counted, known: Known): string | undefined => {
	switch (dimension) {
		case 'day':
		case 'hour':
			return timeKey(dimension, counted.at);
		case 'model':
			return calledModel(known, counted);
		case 'project':
			return turnOf(known, counted)?.cwd;
		case 'session':
			return turnOf(known, counted)?.sessionId;
		case 'agent': {
			const {sessionId = '', agentId} = turnOf(known, counted) ?? {};
			return agentId === undefined ? undefined : agentKey(sessionId, agentId);
		}
		case 'principal':
			return counted.caller;
		case 'region':
			return counted.region;
		case 'account':
			return known.accountId;
	}
};

const nameOf = (dimension: Dimension, counted: Counted, known: Known): string | undefined => {
	if (dimension === 'principal') return nameInArn(counted.caller);
	if (dimension === 'session') return turnOf(known, counted)?.cwd;
	return dimension === 'agent' ? turnOf(known, counted)?.agentType : undefined;
};

/** CloudTrail's records since then (epoch ms), a row for each key. They carry no tokens that could be priced. */
export const trailRows = (
	known: Known,
	{dimension, since, isComplete}: {readonly dimension: Dimension; readonly since: number; readonly isComplete: boolean},
): readonly ReportRow[] => {
	const sums = new Map<string | undefined, {calls: number; refusals: number; name: string | undefined}>();
	for (const counted of itemsFrom(known.log.counted, since)) {
		const key = keyOf(dimension, counted, known);
		const sum = sums.get(key) ?? {calls: 0, refusals: 0, name: nameOf(dimension, counted, known)};
		sum.calls++;
		if (counted.outcome === 'refused') sum.refusals++;
		sums.set(key, sum);
	}
	return [...sums].map(([key, sum]) => ({key, ...sum, clock: 'cloudtrail', lowerBound: !isComplete}));
};
