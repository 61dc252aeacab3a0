import {callByRequestId, type EventLog, emptyLog, insert} from '../domain/calls/event-log.ts';
import {equal} from '../domain/common/equal.ts';
import type {Note} from '../domain/common/note.ts';
import type {Window} from '../domain/common/window.ts';
import {type Metrics, mergeMetrics} from '../domain/metrics/metrics.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {needsResolution, type Resolutions, resolutionKey} from '../domain/models/resolution.ts';
import type {PicoUsd} from '../domain/money/money.ts';
import type {PriceBook} from '../domain/money/price-book.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {SessionModel} from '../domain/replies/turn.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import {noteModels, type Proof, prove} from '../domain/routing/proof.ts';
import type {SessionFile} from '../domain/routing/session.ts';
import type {Limits} from '../domain/spend/budget.ts';
import type {CacheLifetime} from '../domain/spend/cache-split.ts';
import {
	createPosting,
	emptyLedger,
	forgetBefore,
	type Ledger,
	type Pricing,
	post,
	reprice,
} from '../domain/spend/ledger.ts';
import {countRequest, noRequests, type Requests} from '../domain/watching/watch-cost.ts';
import type {Action, Progress} from './action.ts';
import {type Slices, type SourceName, type SourceStatus, sourceKey} from './source-status.ts';

export type {Action} from './action.ts';

/** What the person chose, as far as it decides what is known and shown. */
export type Settings = Window & {
	/** Regions named by the person; empty: find out. */
	readonly askedRegions: readonly string[];
	readonly limits: Limits;
	/** How the account writes its caches, where the person says so. */
	readonly cacheLifetime?: CacheLifetime | undefined;
	/** The most that watching may cost in a day, pico-dollars. */
	readonly watchCap: PicoUsd;
	/** How often AWS is asked at most, ms. */
	readonly refreshMs: number;
	/** The profile of ~/.aws that AWS is asked with, where one was named. */
	readonly awsProfile?: string | undefined;
};

/** Everything that is known. Maps, not objects, wherever a key is somebody else's string. */
export type State = Settings & {
	readonly book: PriceBook;
	/** The SDK's own resolution, once known. */
	readonly sdkRegion?: string | undefined;
	readonly configuration?: Configuration | undefined;
	/** By folder. */
	readonly configurations: ReadonlyMap<string, Configuration>;
	readonly sessions: readonly SessionFile[];
	readonly proofs: ReadonlyMap<string, Proof>;
	/** The model each session was last told to be; known before its first reply. */
	readonly models: ReadonlyMap<string, SessionModel>;
	readonly ledger: Ledger;
	/** What application profiles and prompt routers stand for. */
	readonly resolutions: Resolutions;
	/** Newest first. */
	readonly failures: readonly LocalFailure[];
	readonly log: EventLog;
	readonly metrics: Metrics;
	/** What only one source says. */
	readonly slices: Slices;
	readonly sources: ReadonlyMap<string, SourceStatus>;
	/** Requests made by this program. */
	readonly requests: Requests;
	readonly progress?: Progress | undefined;
	/** Sentences about single files or lines that could not be used while the source as a whole works. */
	readonly notes: ReadonlyMap<SourceName, readonly Note[]>;
};

/** Longer than any window that is read again beyond the feed's own, so that no record can be counted twice. */
const rereadMs = 26 * 3_600_000;
const shownCalls = 2000;
const keptFailures = 200;

export const initialState = (book: PriceBook, settings: Settings): State => ({
	book,
	...settings,
	configurations: new Map(),
	sessions: [],
	proofs: new Map(),
	models: new Map(),
	ledger: emptyLedger,
	resolutions: new Map(),
	failures: [],
	log: emptyLog,
	metrics: new Map(),
	slices: {},
	sources: new Map(),
	requests: noRequests,
	notes: new Map(),
});

const keepFailures = (known: readonly LocalFailure[], added: readonly LocalFailure[]): readonly LocalFailure[] => {
	const ids = new Set(known.map(({id}) => id));
	const news = added.filter(({id}) => !ids.has(id) && ids.add(id));
	return news.length === 0 ? known : [...news, ...known].sort((a, b) => b.at - a.at).slice(0, keptFailures);
};

const pricingOf = (state: State): Pricing => ({
	book: state.book,
	resolutions: state.resolutions,
	configurationOf: ({cwd}) => (cwd === undefined ? undefined : state.configurations.get(cwd)) ?? state.configuration,
	callOf: ({requestId}) => (requestId === undefined ? undefined : callByRequestId(state.log, requestId)),
});

const isSameConfiguration = (state: State, {base, byFolder}: Extract<Action, {type: 'configuration'}>) =>
	equal(state.configuration, base) && equal(state.configurations, byFolder);

const configure = (state: State, action: Extract<Action, {type: 'configuration'}>): State => {
	if (isSameConfiguration(state, action)) return state;
	const next = {...state, configuration: action.base, configurations: action.byFolder};
	return {...next, ledger: reprice(state.ledger, pricingOf(next), () => true)};
};

const resolve = (state: State, {found}: Extract<Action, {type: 'resolutions'}>): State => {
	const isSame = [...found].every(([id, resolution]) => equal(state.resolutions.get(id), resolution));
	if (isSame) return state;
	const next = {...state, resolutions: new Map([...state.resolutions, ...found])};
	const ledger = reprice(state.ledger, pricingOf(next), ({profile}) => {
		return profile !== undefined && needsResolution(parseModelId(profile)) && found.has(resolutionKey(profile));
	});
	return {...next, ledger};
};

/** CloudTrail says what was called: replies whose own line does not are priced again by their call. */
const readTrail = (state: State, {records}: Extract<Action, {type: 'trail'}>): State => {
	const log = insert(state.log, records, {limit: shownCalls, keepMs: (state.longestMs ?? state.feedMs) + rereadMs});
	if (log === state.log) return state;
	const next = {...state, log};
	const seen = new Set(records.map(record => (record.kind === 'call' ? record.call.requestId : undefined)));
	const ledger = reprice(state.ledger, pricingOf(next), ({turn, scopeFrom}) => {
		return scopeFrom !== 'requestedModel' && turn.requestId !== undefined && seen.has(turn.requestId);
	});
	return {...next, ledger};
};

const readTranscripts = (state: State, action: Extract<Action, {type: 'transcripts'}>): State => {
	const recent = action.turns.filter(turn => turn.at >= state.historySince);
	const pricing = pricingOf(state);
	const ledger = post(
		state.ledger,
		recent.map(turn => createPosting(turn, pricing)),
	);
	const proofs = prove(state.proofs, action.turns);
	const failures = keepFailures(state.failures, action.failures);
	const models = noteModels(state.models, action.models ?? []);
	const isSame =
		ledger === state.ledger && proofs === state.proofs && failures === state.failures && models === state.models;
	return isSame ? state : {...state, ledger, proofs, failures, models};
};

/** Pure: the next state, or the very same object when the action said nothing new. */
export const reduce = (state: State, action: Action): State => {
	switch (action.type) {
		case 'window': {
			const {type: _, ...chosen} = action;
			const window = {...chosen, spanMs: chosen.spanMs, longestMs: chosen.longestMs};
			const isSame = Object.entries(window).every(([key, value]) => state[key as keyof Window] === value);
			return isSame ? state : {...state, ...window, ledger: forgetBefore(state.ledger, window.historySince)};
		}
		case 'sdkRegion':
			return action.region === state.sdkRegion ? state : {...state, sdkRegion: action.region};
		case 'sessions':
			return equal(action.sessions, state.sessions) ? state : {...state, sessions: action.sessions};
		case 'configuration':
			return configure(state, action);
		case 'transcripts':
			return readTranscripts(state, action);
		case 'progress':
			return {...state, progress: action.progress};
		case 'notes': {
			const isSame = equal(state.notes.get(action.source) ?? [], action.notes);
			return isSame ? state : {...state, notes: new Map(state.notes).set(action.source, action.notes)};
		}
		case 'trail':
			return readTrail(state, action);
		case 'metrics': {
			const metrics = mergeMetrics(state.metrics, action.updates, action.keepSince);
			return metrics === state.metrics ? state : {...state, metrics};
		}
		case 'resolutions':
			return resolve(state, action);
		case 'slice': {
			const {source, value} = action;
			const isSame = equal(state.slices[source], value);
			return isSame ? state : {...state, slices: {...state.slices, [source]: value}};
		}
		case 'request':
			return {...state, requests: countRequest(state.requests, action.operation, action.at)};
		case 'status': {
			const sources = new Map(state.sources);
			sources.set(sourceKey(action.status.name, action.status.region), action.status);
			return {...state, sources};
		}
	}
};
