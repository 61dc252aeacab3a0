import {callByRequestId, callsBefore, insert} from '../domain/calls/event-log.ts';
import {linkRequests} from '../domain/calls/join.ts';
import {equal} from '../domain/common/equal.ts';
import {allIndexed} from '../domain/common/hash-index.ts';
import {itemsFrom} from '../domain/common/timeline.ts';
import type {Window} from '../domain/common/window.ts';
import {resolutionKey} from '../domain/models/resolution.ts';
import {type AgentEnd, agentKey} from '../domain/replies/agent.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {Provider, SessionModel, Turn} from '../domain/replies/turn.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import {modelAt, noteModels, prove} from '../domain/routing/proof.ts';
import {
	type Entry,
	entriesBefore,
	entryByRequest,
	forgetBefore,
	type Ledger,
	post,
	postingOf,
	putUnlogged,
	reprice,
} from '../domain/spend/ledger.ts';
import {createPosting, type Pricing} from '../domain/spend/posting.ts';
import {type Link, noteUnlogged, unloggedTurns} from '../domain/spend/unlogged.ts';
import type {Action} from './action.ts';
import type {State} from './state.ts';

type Told<Type extends Action['type']> = Extract<Action, {type: Type}>;

/** Longer than any window that is read again beyond the feed's own, so that no record can be counted twice. */
const rereadMs = 26 * 3_600_000;
const shownCalls = 2000;
const keptFailures = 200;

const configurationOf = ({configurations, configuration}: State, folder: string): Configuration | undefined =>
	configurations.get(folder) ?? configuration;

const pricingOf = (state: State): Pricing => ({
	book: state.book,
	resolutions: state.resolutions,
	configurationOf: ({cwd = ''}) => configurationOf(state, cwd),
	sessionModelOf: ({sessionId, at}) => modelAt(state.models, sessionId, at),
	callOf: ({requestId}) => (requestId === undefined ? undefined : callByRequestId(state.log, requestId)),
});

const priceFields = ['provider', 'model', 'regionPrefix', 'serviceTier', 'pins', 'modelOverrides'] as const;

const isSamePricing = (a: Configuration | undefined, b: Configuration | undefined): boolean =>
	priceFields.every(field => equal(a?.[field], b?.[field]));

/** Every id that settings name for a model. */
export const configuredIds = (configuration: Configuration | undefined): readonly string[] => [
	...(configuration?.pins ?? []).map(({value}) => value),
	...(configuration?.modelOverrides?.values() ?? []),
];

const repliesIn = function* (groups: Ledger['byFolder'], isWanted: (key: string) => boolean): Generator<Entry> {
	for (const {key, entries} of allIndexed(groups))
		if (isWanted(key)) yield* itemsFrom(entries, Number.NEGATIVE_INFINITY);
};

/** Sessions that hold the same reply. */
const linksOf = ({ledger}: State, turns: readonly Turn[]): readonly Link[] => {
	const first = new Map<string, string>();
	return turns.flatMap(({id, sessionId, at}) => {
		const owner = first.get(id) ?? postingOf(ledger, id)?.turn.sessionId ?? sessionId;
		first.set(id, owner);
		return owner === sessionId ? [] : [{a: owner, b: sessionId, at}];
	});
};

/** Works out what sessions were billed for beyond their replies. */
const settle = (state: State, sessionIds: Iterable<string>): Ledger => {
	const {unlogged} = state;
	if (unlogged.costs.size + unlogged.compactions.size === 0) return state.ledger;
	const sessionOf = (sessionId: string) => {
		const {seen = new Map<Provider, {firstAt: number}>(), ...proof} = state.proofs.get(sessionId) ?? {};
		const firstAt = Math.min(...[...seen.values()].map(span => span.firstAt));
		return {...proof, providers: [...seen.keys()], firstAt};
	};
	const {historySince} = state;
	const found = unloggedTurns([...new Set(sessionIds)], {ledger: state.ledger, unlogged, historySince, sessionOf});
	const pricing = pricingOf(state);
	let {ledger} = state;
	for (const [sessionId, added] of found) {
		const recent = added.filter(({at}) => at >= historySince);
		ledger = putUnlogged(
			ledger,
			sessionId,
			recent.map(turn => createPosting(turn, pricing)),
		);
	}
	return ledger;
};

/** Which lines were calls of what hangs on what else is known: once that changes, all is worked out again. */
const settleAll = (state: State, ledger: Ledger): Ledger => {
	if (ledger === state.ledger) return ledger;
	return settle({...state, ledger}, [...state.unlogged.costs.keys(), ...state.unlogged.compactions.keys()]);
};

/** Takes settings over. Replies of the folders where they bear on a price are priced again. */
export const configure = (state: State, {base, byFolder}: Told<'configuration'>): State => {
	if (equal(state.configuration, base) && equal(state.configurations, byFolder)) return state;
	const next = {...state, configuration: base, configurations: byFolder};
	const isOther = (folder: string) => !isSamePricing(configurationOf(state, folder), configurationOf(next, folder));
	const ledger = reprice(state.ledger, pricingOf(next), repliesIn(state.ledger.byFolder, isOther));
	return {...next, ledger: settleAll(next, ledger)};
};

/** Takes over what profiles stand for. Replies that called one of them are priced again. */
export const resolve = (state: State, {found}: Told<'resolutions'>): State => {
	const isSame = [...found].every(([id, resolution]) => equal(state.resolutions.get(id), resolution));
	if (isSame) return state;
	const next = {...state, resolutions: new Map([...state.resolutions, ...found])};
	const isFound = (profile: string) => found.has(resolutionKey(profile));
	const isPinned = (folder: string) => configuredIds(configurationOf(state, folder)).some(id => isFound(id));
	const called = reprice(state.ledger, pricingOf(next), repliesIn(state.ledger.byProfile, isFound));
	const ledger = reprice(called, pricingOf(next), repliesIn(called.byFolder, isPinned));
	return {...next, ledger: settleAll(next, ledger)};
};

/** Prices the replies of those models again, after the book has changed. */
export const repriceModels = (state: State, models: ReadonlySet<string>): State => {
	const ofModels = [...itemsFrom(state.ledger.entries, Number.NEGATIVE_INFINITY)].filter(
		({posting: {model}}) => model !== undefined && models.has(model),
	);
	return {...state, ledger: settleAll(state, reprice(state.ledger, pricingOf(state), ofModels))};
};

const requestIdsOf = (entries: Iterable<Entry>) => [...entries].map(({posting}) => posting.turn.requestId);

/** CloudTrail says what was called: replies whose own line does not are priced again by their call. */
export const readTrail = (state: State, {records}: Told<'trail'>): State => {
	const log = insert(state.log, records, {limit: shownCalls, keepMs: (state.longestMs ?? state.feedMs) + rereadMs});
	if (log === state.log) return state;
	const next = {...state, log};
	const called = records.map(record => (record.kind === 'call' ? record.call.requestId : undefined));
	const guessed = [...new Set(called)]
		.map(requestId => entryByRequest(state.ledger, requestId))
		.filter(entry => entry !== undefined && entry.posting.scopeFrom !== 'requestedModel') as readonly Entry[];
	const ledger = settleAll(next, reprice(state.ledger, pricingOf(next), guessed));
	const forgotten = [...callsBefore(state.log, log.counted.first?.at ?? Number.POSITIVE_INFINITY)];
	return {...next, ...linkRequests({ledger, log}, [...called, ...forgotten.map(({requestId}) => requestId)])};
};

const keepFailures = (known: readonly LocalFailure[], added: readonly LocalFailure[]): readonly LocalFailure[] => {
	const ids = new Set(known.map(({id}) => id));
	const news = added.filter(({id}) => !ids.has(id) && ids.add(id));
	const newestFirst = (a: LocalFailure, b: LocalFailure) => b.at - a.at || (a.id < b.id ? -1 : 1);
	return news.length === 0 ? known : [...news, ...known].sort(newestFirst).slice(0, keptFailures);
};

const postTurns = (state: State, {turns}: Told<'transcripts'>): Pick<State, 'ledger' | 'log'> => {
	const recent = turns.filter(turn => turn.at >= state.historySince);
	const pricing = pricingOf(state);
	const postings = recent.map(turn => createPosting(turn, pricing));
	const ledger = post(state.ledger, postings);
	if (ledger === state.ledger) return state;
	const before = recent.map(({id}) => postingOf(state.ledger, id)?.turn.requestId);
	return linkRequests({ledger, log: state.log}, [...before, ...recent.map(({requestId}) => requestId)]);
};

/** Takes over which models sessions were told to be. Their replies that do not say it themselves are priced again. */
const tellModels = (state: State, told: readonly SessionModel[]): State => {
	const models = noteModels(state.models, told);
	if (models === state.models) return state;
	const next = {...state, models};
	const isTold = (sessionId: string) => models.get(sessionId) !== state.models.get(sessionId);
	const ledger = reprice(state.ledger, pricingOf(next), repliesIn(state.ledger.bySession, isTold));
	return {...next, ledger: settleAll(next, ledger)};
};

/** The same map where nothing is new. */
const noteEnds = (known: State['agentEnds'], ends: readonly AgentEnd[]): State['agentEnds'] => {
	const isNews = ({sessionId, agentId, at}: AgentEnd) => (known.get(agentKey(sessionId, agentId))?.at ?? -1) < at;
	const news = ends.filter(isNews).sort((a, b) => a.at - b.at);
	if (news.length === 0) return known;
	return new Map([...known, ...news.map(end => [agentKey(end.sessionId, end.agentId), end] as const)]);
};

/** Takes over what transcripts say: replies, failures, models, ends of agents. */
export const readTranscripts = (before: State, action: Told<'transcripts'>): State => {
	const state = tellModels(before, action.models ?? []);
	const posted = postTurns(state, action);
	const proofs = prove(state.proofs, action.turns);
	const {costs = [], compactions = [], links = [], turns} = action;
	const told = {costs, compactions, links: [...links, ...linksOf(state, turns)]};
	const unlogged = noteUnlogged(state.unlogged, told);
	const touched = [...turns, ...costs, ...compactions].map(({sessionId}) => sessionId);
	const ledger = settle({...state, ...posted, proofs, unlogged}, touched);
	const failures = keepFailures(state.failures, action.failures);
	const agentEnds = noteEnds(state.agentEnds, action.agentEnds ?? []);
	const isSame =
		agentEnds === state.agentEnds && ledger === state.ledger && proofs === state.proofs && failures === state.failures;
	return isSame && unlogged === state.unlogged
		? state
		: {...state, ledger, log: posted.log, unlogged, proofs, failures, agentEnds};
};

/** Moves the window; replies from before the history are forgotten. */
export const moveWindow = (state: State, {type: _, ...chosen}: Told<'window'>): State => {
	const {spanMs, begins, longestMs} = chosen;
	const window: Window = {...chosen, spanMs, begins, longestMs};
	const isSame = Object.entries(window).every(([key, value]) => state[key as keyof Window] === value);
	if (isSame) return state;
	const forgotten = requestIdsOf(entriesBefore(state.ledger, window.historySince));
	if (forgotten.length === 0) return {...state, ...window};
	const ledger = forgetBefore(state.ledger, window.historySince);
	return {...state, ...window, ...linkRequests({ledger, log: state.log}, forgotten)};
};
