import type {Call} from '../../source/domain/calls/call.ts';
import {type EventLog, emptyLog, insert} from '../../source/domain/calls/event-log.ts';
import {linkRequests} from '../../source/domain/calls/join.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {noUsage, type Usage} from '../../source/domain/money/usage.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import {emptyLedger, type Ledger, post, postingsOf} from '../../source/domain/spend/ledger.ts';
import {createPosting, type Posting, type Pricing} from '../../source/domain/spend/posting.ts';
import {initialState, type State} from '../../source/state/state.ts';
import {listPrices} from './pricing.ts';

/** A Monday noon in UTC, epoch ms. */
export const noon = Date.UTC(2026, 10, 23, 12);

export const minuteMs = 60_000;

export const alice = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a1b/alice';

/** At the global profile of Opus 5.5 a million tokens cost $4 in, $20 out, $5 and $8 written, $0.20 read. */
export const globalOpus = 'global.anthropic.claude-opus-5-5';

export const usageOf = (some: Partial<Usage>): Usage => ({...noUsage, ...some});

export const reply = (
	id: string,
	changes: Omit<Partial<Turn>, 'usage'> & {readonly usage?: Partial<Usage>} = {},
): Turn => ({
	...{id, at: noon, sessionId: 's1', cwd: '/home/dev/shop', model: 'claude-opus-5-5', requestedModel: globalOpus},
	...{provider: 'bedrock', lowerBound: false, sidechain: false},
	...changes,
	usage: usageOf(changes.usage ?? {}),
});

export const posting = (turn: Turn, pricing: Pricing = listPrices): Posting => createPosting(turn, pricing);

export const ledgerOf = (...turns: readonly Turn[]): Ledger =>
	post(
		emptyLedger,
		turns.map(turn => posting(turn)),
	);

export const call = (eventId: string, changes: Partial<Call> = {}): Call => ({
	...{eventId, at: noon, operation: 'InvokeModelWithResponseStream', profile: globalOpus, region: 'us-east-1'},
	principal: {kind: 'sso', name: 'alice', arn: alice, accountId: '123456789012'},
	...{bearer: false, outcome: 'ok'},
	...changes,
});

export const logOf = (...calls: readonly Call[]): EventLog =>
	insert(
		emptyLog,
		calls.map(one => ({kind: 'call', call: one})),
		{limit: 1000, keepMs: 24 * 60 * minuteMs},
	);

/** Both, each knowing what the other has of the same requests. */
export const linked = (ledger: Ledger, log: EventLog): {readonly ledger: Ledger; readonly log: EventLog} =>
	linkRequests({ledger, log}, [
		...[...postingsOf(ledger)].map(({turn}) => turn.requestId),
		...log.calls.map(({requestId}) => requestId),
	]);

/** A state that knows nothing, with what is given. */
export const stateOf = (known: Partial<State> = {}): State => ({
	...initialState(defaultBook, {
		...{spendSince: noon - 12 * 60 * minuteMs, historySince: 0, feedMs: 60 * minuteMs, askedRegions: [], limits: {}},
		...{watchCap: 100_000_000_000n, refreshMs: minuteMs},
	}),
	...known,
});
