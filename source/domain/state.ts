import type {TrailRecord} from './call.ts';
import type {Configuration} from './configuration.ts';
import {type EventLog, emptyLog, insert} from './event-log.ts';
import {createPosting, emptyLedger, forgetBefore, type Ledger, post, reprice} from './ledger.ts';
import {type Metrics, type MetricsUpdate, mergeMetrics} from './metrics.ts';
import type {PriceBook} from './price-book.ts';
import type {Principal} from './principal.ts';
import type {Problem} from './problem.ts';
import type {Proof} from './routing.ts';
import type {SessionFile} from './session.ts';
import type {LocalFailure, Turn} from './turn.ts';

export type SourceName = 'transcripts' | 'sessions' | 'identity' | 'cloudtrail' | 'cloudwatch';

/** How one source is doing in one region. */
export type SourceStatus = {
	readonly name: SourceName;
	readonly region?: string | undefined;
	readonly phase: 'off' | 'idle' | 'fetching' | 'waiting';
	readonly nextAt?: number | undefined;
	readonly lastSuccessAt?: number | undefined;
	readonly failures: number;
	readonly problem?: Problem | undefined;
};

type Progress = {readonly bytes: number; readonly bytesDone: number};

/** Everything that is known. Maps, not objects, wherever a key is somebody else's string. */
export type State = {
	readonly book: PriceBook;
	/** Start of the spend window, epoch ms: local midnight unless asked otherwise. */
	readonly spendSince: number;
	/** Length of the feed window, ms. */
	readonly feedMs: number;
	/** Regions named by the person; empty: find out. */
	readonly askedRegions: readonly string[];
	/** The SDK's own resolution, once known. */
	readonly sdkRegion?: string | undefined;
	readonly identity?: Principal | undefined;
	readonly configuration?: Configuration | undefined;
	/** By folder. */
	readonly configurations: ReadonlyMap<string, Configuration>;
	readonly sessions: readonly SessionFile[];
	readonly proofs: ReadonlyMap<string, Proof>;
	readonly ledger: Ledger;
	/** Newest first. */
	readonly failures: readonly LocalFailure[];
	readonly log: EventLog;
	readonly metrics: Metrics;
	readonly sources: ReadonlyMap<string, SourceStatus>;
	/** Requests made by this program, by operation. */
	readonly requests: ReadonlyMap<string, number>;
	readonly progress?: Progress | undefined;
	/** Sentences about single files or lines that could not be used while the source as a whole works. */
	readonly notes: ReadonlyMap<SourceName, readonly string[]>;
};

export type Action =
	| {readonly type: 'window'; readonly spendSince: number}
	| {readonly type: 'sdkRegion'; readonly region: string}
	| {readonly type: 'identity'; readonly identity: Principal}
	| {readonly type: 'sessions'; readonly sessions: readonly SessionFile[]}
	| {
			readonly type: 'configuration';
			readonly base: Configuration;
			readonly byFolder: ReadonlyMap<string, Configuration>;
	  }
	| {readonly type: 'transcripts'; readonly turns: readonly Turn[]; readonly failures: readonly LocalFailure[]}
	| {readonly type: 'progress'; readonly progress: Progress | undefined}
	| {readonly type: 'notes'; readonly source: SourceName; readonly notes: readonly string[]}
	| {readonly type: 'trail'; readonly records: readonly TrailRecord[]}
	| {readonly type: 'metrics'; readonly updates: readonly MetricsUpdate[]}
	| {readonly type: 'request'; readonly operation: string}
	| {readonly type: 'status'; readonly status: SourceStatus};

/** Longer than any window that is read again beyond the feed's own, so that no record can be counted twice. */
const rereadMs = 26 * 3_600_000;
const shownCalls = 2000;
const keptFailures = 200;

const sourceKey = (name: SourceName, region?: string): string => (region === undefined ? name : `${name} ${region}`);

export const initialState = (
	book: PriceBook,
	options: Pick<State, 'spendSince' | 'feedMs' | 'askedRegions'>,
): State => ({
	book,
	...options,
	configurations: new Map(),
	sessions: [],
	proofs: new Map(),
	ledger: emptyLedger,
	failures: [],
	log: emptyLog,
	metrics: new Map(),
	sources: new Map(),
	requests: new Map(),
	notes: new Map(),
});

const prove = (proofs: State['proofs'], turns: readonly Turn[]): State['proofs'] => {
	let next: Map<string, Proof> | undefined;
	for (const turn of turns) {
		const known = (next ?? proofs).get(turn.sessionId);
		if (known !== undefined && known.at >= turn.at) continue;
		next ??= new Map(proofs);
		// A subagent's reply proves the provider; the session's model is still that of its main conversation.
		const {model, requestedModel} = turn.sidechain && known !== undefined ? known : turn;
		const {sessionId, provider, at, cwd, version} = turn;
		next.set(sessionId, {sessionId, provider, at, model, requestedModel, cwd, version});
	}
	return next ?? proofs;
};

const keepFailures = (known: readonly LocalFailure[], added: readonly LocalFailure[]): readonly LocalFailure[] => {
	const ids = new Set(known.map(({id}) => id));
	const news = added.filter(({id}) => !ids.has(id) && ids.add(id));
	return news.length === 0 ? known : [...news, ...known].sort((a, b) => b.at - a.at).slice(0, keptFailures);
};

const pricer = (state: Pick<State, 'book' | 'configurations' | 'configuration'>) => (turn: Turn) => {
	const folder = turn.cwd === undefined ? undefined : state.configurations.get(turn.cwd);
	return createPosting(state.book, turn, folder ?? state.configuration);
};

const isSameConfiguration = (state: State, {base, byFolder}: Extract<Action, {type: 'configuration'}>) =>
	JSON.stringify([state.configuration, [...state.configurations]]) === JSON.stringify([base, [...byFolder]]);

const configure = (state: State, action: Extract<Action, {type: 'configuration'}>): State => {
	if (isSameConfiguration(state, action)) return state;
	const next = {...state, configuration: action.base, configurations: action.byFolder};
	return {...next, ledger: reprice(state.ledger, pricer(next))};
};

const readTranscripts = (state: State, action: Extract<Action, {type: 'transcripts'}>): State => {
	const recent = action.turns.filter(turn => turn.at >= state.spendSince);
	const ledger = post(state.ledger, recent.map(pricer(state)));
	const proofs = prove(state.proofs, action.turns);
	const failures = keepFailures(state.failures, action.failures);
	const isSame = ledger === state.ledger && proofs === state.proofs && failures === state.failures;
	return isSame ? state : {...state, ledger, proofs, failures};
};

/** Pure: the next state, or the very same object when the action said nothing new. */
export const reduce = (state: State, action: Action): State => {
	switch (action.type) {
		case 'window': {
			const {spendSince} = action;
			if (spendSince === state.spendSince) return state;
			return {...state, spendSince, ledger: forgetBefore(state.ledger, spendSince)};
		}
		case 'sdkRegion':
			return action.region === state.sdkRegion ? state : {...state, sdkRegion: action.region};
		case 'identity':
			return action.identity.arn === state.identity?.arn ? state : {...state, identity: action.identity};
		case 'sessions': {
			const isSame = JSON.stringify(action.sessions) === JSON.stringify(state.sessions);
			return isSame ? state : {...state, sessions: action.sessions};
		}
		case 'configuration':
			return configure(state, action);
		case 'transcripts':
			return readTranscripts(state, action);
		case 'progress':
			return {...state, progress: action.progress};
		case 'notes': {
			const isSame = JSON.stringify(state.notes.get(action.source) ?? []) === JSON.stringify(action.notes);
			return isSame ? state : {...state, notes: new Map(state.notes).set(action.source, action.notes)};
		}
		case 'trail': {
			const log = insert(state.log, action.records, {limit: shownCalls, keepMs: state.feedMs + rereadMs});
			return log === state.log ? state : {...state, log};
		}
		case 'metrics': {
			const metrics = mergeMetrics(state.metrics, action.updates, state.spendSince);
			return metrics === state.metrics ? state : {...state, metrics};
		}
		case 'request': {
			const requests = new Map(state.requests);
			requests.set(action.operation, (requests.get(action.operation) ?? 0) + 1);
			return {...state, requests};
		}
		case 'status': {
			const sources = new Map(state.sources);
			sources.set(sourceKey(action.status.name, action.status.region), action.status);
			return {...state, sources};
		}
	}
};
