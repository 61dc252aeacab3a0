import type {FanOutLimits} from '../domain/agents/fan-out.ts';
import {type EventLog, emptyLog} from '../domain/calls/event-log.ts';
import {equal} from '../domain/common/equal.ts';
import type {Note} from '../domain/common/note.ts';
import type {Window} from '../domain/common/window.ts';
import {type Metrics, mergeMetrics} from '../domain/metrics/metrics.ts';
import type {Resolutions} from '../domain/models/resolution.ts';
import type {PicoUsd} from '../domain/money/money.ts';
import type {PriceBook} from '../domain/money/price-book.ts';
import type {AgentEnd} from '../domain/replies/agent.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import {noProofs, type Proofs, type SessionModels} from '../domain/routing/proof.ts';
import type {SessionFile} from '../domain/routing/session.ts';
import type {Limits} from '../domain/spend/budget.ts';
import type {CacheLifetime} from '../domain/spend/cache-split.ts';
import {emptyLedger, type Ledger} from '../domain/spend/ledger.ts';
import {nothingUnlogged, type Unlogged} from '../domain/spend/unlogged.ts';
import {countRequest, noRequests, type Requests} from '../domain/watching/watch-cost.ts';
import type {Action, Progress, RecordingFault} from './action.ts';
import {learnLifecycle} from './lifecycle.ts';
import {configure, moveWindow, readTrail, readTranscripts, resolve} from './replies.ts';
import {type Slices, type SourceName, type SourceStatus, sourceKey} from './source-status.ts';

export type {Action} from './action.ts';

/** What the person chose, as far as it decides what is known and shown. */
export type Settings = Window & {
	/** Regions named by the person; empty: find out. */
	readonly askedRegions: readonly string[];
	readonly limits: Limits;
	/** How much of its agents a session is left alone with; absent: whatever they do. */
	readonly fanOut?: FanOutLimits | undefined;
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
	readonly proofs: Proofs;
	/** The models each session was told to be; known before its first reply. */
	readonly models: SessionModels;
	readonly ledger: Ledger;
	/** What tells of calls that no reply line was written for. */
	readonly unlogged: Unlogged;
	/** When agents were last said to be done, by `agentKey`. */
	readonly agentEnds: ReadonlyMap<string, AgentEnd>;
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
	readonly recordingFault?: RecordingFault | undefined;
	/** Sentences about single files or lines that could not be used while the source as a whole works. */
	readonly notes: ReadonlyMap<SourceName, readonly Note[]>;
};

export const initialState = (book: PriceBook, settings: Settings): State => ({
	book,
	...settings,
	configurations: new Map(),
	sessions: [],
	proofs: noProofs,
	models: new Map(),
	ledger: emptyLedger,
	unlogged: nothingUnlogged,
	agentEnds: new Map(),
	resolutions: new Map(),
	failures: [],
	log: emptyLog,
	metrics: new Map(),
	slices: {},
	sources: new Map(),
	requests: noRequests,
	notes: new Map(),
});

/** Pure: the next state, or the very same object when the action said nothing new. */
export const reduce = (state: State, action: Action): State => {
	switch (action.type) {
		case 'window':
			return moveWindow(state, action);
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
		case 'recording':
			return {...state, recordingFault: action.fault};
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
			if (equal(state.slices[source], value)) return state;
			if (source === 'lifecycle') return learnLifecycle(state, value);
			return {...state, slices: {...state.slices, [source]: value}};
		}
		case 'request':
			return {...state, requests: countRequest(state.requests, action)};
		case 'status': {
			const sources = new Map(state.sources);
			const {name, region, phase} = action.status;
			if (phase === 'off') sources.delete(sourceKey(name, region));
			else sources.set(sourceKey(name, region), action.status);
			return {...state, sources};
		}
	}
};
