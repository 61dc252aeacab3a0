import {equal} from '../common/equal.ts';
import {type Measure, sumBetween} from '../common/timeline.ts';
import {parseModelId} from '../models/model-id.ts';
import {needsResolution, resolutionKey} from '../models/resolution.ts';
import {addUsage, noUsage, totalTokens, type Usage} from '../money/usage.ts';
import type {Compaction, CostState} from '../replies/cost-state.ts';
import type {Provider, Turn} from '../replies/turn.ts';
import {type Entry, entriesOf, type Ledger} from './ledger.ts';

/** What tells of calls without a reply line. A Map, because session ids are other people's strings. */
export type Unlogged = {
	/** By session, the oldest first. */
	readonly costs: ReadonlyMap<string, readonly CostState[]>;
	readonly compactions: ReadonlyMap<string, readonly number[]>;
	/** Sessions that hold the same replies, as forks do, and when the last such reply came (epoch ms). */
	readonly links: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

export const nothingUnlogged: Unlogged = {costs: new Map(), compactions: new Map(), links: new Map()};

/** Two sessions with the same replies up to a time. */
export type Link = {readonly a: string; readonly b: string; readonly at: number};

const byTime = (a: {readonly at: number}, b: {readonly at: number}) => a.at - b.at;

/** Adds what transcripts say, in any order; the same object where nothing is new. */
export const noteUnlogged = (
	known: Unlogged,
	{
		costs = [],
		compactions = [],
		links = [],
	}: {
		readonly costs?: readonly CostState[] | undefined;
		readonly compactions?: readonly Compaction[] | undefined;
		readonly links?: readonly Link[] | undefined;
	},
): Unlogged => {
	if (costs.length + compactions.length + links.length === 0) return known;
	const next = {costs: new Map(known.costs), compactions: new Map(known.compactions), links: new Map(known.links)};
	for (const cost of costs) {
		const others = (next.costs.get(cost.sessionId) ?? []).filter(({at}) => at !== cost.at);
		next.costs.set(cost.sessionId, [...others, cost].sort(byTime));
	}
	for (const {sessionId, at} of compactions) {
		const times = new Set(next.compactions.get(sessionId)).add(at);
		next.compactions.set(
			sessionId,
			[...times].sort((a, b) => a - b),
		);
	}
	const join = (from: string, to: string, at: number) => {
		const links = next.links.get(from) ?? new Map<string, number>();
		if (from !== to) next.links.set(from, new Map(links).set(to, Math.max(at, links.get(to) ?? 0)));
	};
	const withRelatives = (of: string): readonly (readonly [string, number])[] => [
		[of, Number.POSITIVE_INFINITY],
		...(next.links.get(of) ?? []),
	];
	for (const {a, b, at} of links) {
		// Forks share all up to a time: what one has of the other, each has of the other's relatives as far as they have it.
		const [ofA, ofB] = [withRelatives(a), withRelatives(b)];
		for (const [one, untilA] of ofA) {
			for (const [other, untilB] of ofB) {
				const until = Math.min(at, untilA, untilB);
				join(one, other, until);
				join(other, one, until);
			}
		}
	}
	return equal(next, known) ? known : next;
};

type Lines = Map<
	string,
	{readonly model: string; readonly profile: string | undefined; readonly scope: string; usage: Usage}
>;

const linesByCall: Measure<Entry, Lines> = {
	create: () => new Map(),
	add(sum, {posting: {turn, model = turn.model, profile, scope}}) {
		if (turn.unlogged) return;
		const key = `${profile}\0${model}\0${scope}`;
		const {usage} = sum.get(key) ?? {usage: noUsage};
		sum.set(key, {model, profile, scope, usage: addUsage(usage, turn.usage)});
	},
	merge(sum, part) {
		for (const [key, line] of part) {
			const {usage} = sum.get(key) ?? {usage: noUsage};
			sum.set(key, {...line, usage: addUsage(usage, line.usage)});
		}
	},
};

const exceeding = (a: Usage, b: Usage): Usage => ({
	input: Math.max(0, a.input - b.input),
	output: Math.max(0, a.output - b.output),
	cacheRead: Math.max(0, a.cacheRead - b.cacheRead),
	cacheWrite5m: Math.max(0, a.cacheWrite5m - b.cacheWrite5m),
	cacheWrite1h: Math.max(0, a.cacheWrite1h - b.cacheWrite1h),
});

const modelOf = (id: string) => parseModelId(id).model ?? id;

/** The part of the lines that were calls of that id; of several ids of one model the scope tells. */
const linesOf = (id: string, lines: Lines, ids: readonly string[]): Usage => {
	const model = modelOf(id);
	const isOnly = ids.filter(other => modelOf(other) === model).length === 1;
	const {scope} = parseModelId(id);
	const isOf = (line: {readonly model: string; readonly profile: string | undefined; readonly scope: string}) =>
		(line.profile !== undefined && resolutionKey(line.profile) === resolutionKey(parseModelId(id).profile)) ||
		(line.model === model && (isOnly || line.scope === scope));
	return [...lines.values()].filter(isOf).reduce((sum, {usage}) => addUsage(sum, usage), noUsage);
};

/** Whose a call is that only its id tells of. */
const providerOf = (id: string, answeredBy: readonly Provider[]): Provider => {
	const ref = parseModelId(id);
	if (ref.kind === 'inference-profile' || ref.kind === 'provisioned' || needsResolution(ref)) return 'bedrock';
	const [only = 'unknown'] = answeredBy.length === 1 ? answeredBy : [];
	return only;
};

type Known = {
	readonly ledger: Ledger;
	readonly unlogged: Unlogged;
	/** Epoch ms: replies before it are not in the ledger. */
	readonly historySince: number;
	/** Who answered a session, where it runs and when its first reply came. */
	readonly sessionOf: (sessionId: string) => {
		readonly providers: readonly Provider[];
		readonly firstAt: number;
		readonly cwd?: string | undefined;
		/** What it was last answered by. */
		readonly model?: string | undefined;
		readonly requestedModel?: string | undefined;
	};
};

const noTimes: ReadonlyMap<string, number> = new Map();

const isCovered = (at: number, sessionId: string, {costs, compactions, links}: Unlogged): boolean => {
	const copies = [...(links.get(sessionId)?.keys() ?? [])].filter(other => compactions.get(other)?.includes(at));
	return [sessionId, ...copies].some(one => costs.get(one)?.some(cost => cost.at >= at));
};

const turnsOfSession = (sessionId: string, known: Known, earlier: readonly Turn[]): readonly Turn[] => {
	const {ledger, unlogged, historySince, sessionOf} = known;
	const {providers, firstAt, cwd, model = 'unknown', requestedModel} = sessionOf(sessionId);
	const relatives = unlogged.links.get(sessionId) ?? noTimes;
	const times = unlogged.compactions.get(sessionId) ?? [];
	const common = {sessionId, cwd, sidechain: false, unlogged: true} as const;
	const linesWithin = (from: number, until: number): Lines => {
		const sum = sumBetween(entriesOf(ledger.bySession, sessionId), linesByCall, from + 1, until + 1);
		for (const [other, shared] of relatives) {
			const entries = entriesOf(ledger.bySession, other);
			linesByCall.merge(sum, sumBetween(entries, linesByCall, from + 1, Math.min(until, shared) + 1));
		}
		return sum;
	};
	const ofRelatives = (id: string, from: number): Usage =>
		earlier
			.filter(({sessionId: other, at}) => at > from && at <= (relatives.get(other) ?? Number.NEGATIVE_INFINITY))
			.filter(({requestedModel, model}) => (requestedModel ?? model) === id)
			.reduce((sum, {usage}) => addUsage(sum, usage), noUsage);
	const found: Turn[] = [];
	let before: CostState | undefined;
	for (const cost of unlogged.costs.get(sessionId) ?? []) {
		const {at: until, usage} = cost;
		const isReset = [...(before?.usage ?? [])].some(
			([id, sum]) => totalTokens(usage.get(id) ?? noUsage) < totalTokens(sum),
		);
		const from = before?.at ?? Number.NEGATIVE_INFINITY;
		const isKnown = Math.max(from, firstAt) >= historySince;
		const base = isReset ? undefined : before?.usage;
		before = cost;
		if (!isKnown) continue;
		const lines = linesWithin(from, until);
		const last = entriesOf(ledger.bySession, sessionId).last?.at ?? until;
		const at = times.findLast(time => time > from && time <= until) ?? Math.max(from + 1, Math.min(last, until));
		for (const [id, sum] of usage) {
			const billed = exceeding(sum, base?.get(id) ?? noUsage);
			const more = exceeding(exceeding(billed, linesOf(id, lines, [...usage.keys()])), ofRelatives(id, from));
			if (totalTokens(more) === 0) continue;
			const provider = providerOf(id, providers);
			const isBare = provider !== 'bedrock' || parseModelId(id).kind === 'bare';
			const called = isBare ? {model: id} : {model: modelOf(id), requestedModel: id};
			found.push({
				...common,
				...called,
				id: `unlogged ${sessionId} ${until} ${id}`,
				at,
				provider,
				usage: more,
				lowerBound: false,
			});
		}
	}
	const [provider = 'unknown'] = providers;
	for (const at of times) {
		if (isCovered(at, sessionId, unlogged)) continue;
		const id = `unlogged ${sessionId} ${at}`;
		found.push({...common, id, at, model, requestedModel, provider, usage: noUsage, lowerBound: true});
	}
	return found;
};

/**
 * What those sessions and their relatives were billed for beyond their replies, as replies without a line: only what
 * `cost-state` has more than the lines up to it, and once however many forks carry it on. A compaction that no cost-state
 * covers makes its session's sum a lower bound.
 */
export const unloggedTurns = (sessionIds: readonly string[], known: Known): ReadonlyMap<string, readonly Turn[]> => {
	const {costs, compactions, links} = known.unlogged;
	const family = new Set(sessionIds);
	for (const id of family) for (const other of links.get(id)?.keys() ?? []) family.add(other);
	const wanted = [...family].filter(id => costs.has(id) || compactions.has(id));
	const firstCost = (id: string) => costs.get(id)?.[0]?.at ?? Number.POSITIVE_INFINITY;
	const inOrder = wanted.sort((a, b) =>
		firstCost(a) < firstCost(b) || (firstCost(a) === firstCost(b) && a < b) ? -1 : 1,
	);
	const found = new Map<string, readonly Turn[]>();
	for (const id of inOrder) found.set(id, turnsOfSession(id, known, [...found.values()].flat()));
	return found;
};
