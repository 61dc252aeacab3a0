import {type Batch, createBatch} from '../common/batch.ts';
import {equal} from '../common/equal.ts';
import {
	createIndex,
	findItem,
	type HashIndex,
	withIndexed,
	withListed,
	withoutIndexed,
	withoutListed,
} from '../common/hash-index.ts';
import {
	compare,
	emptyTimeline,
	itemsFrom,
	type Timed,
	type Timeline,
	withItems,
	withoutItem,
} from '../common/timeline.ts';
import {parseModelId} from '../models/model-id.ts';
import {needsResolution} from '../models/resolution.ts';
import {agentKey} from '../replies/agent.ts';
import {betterTurn} from '../replies/turn.ts';
import {createPosting, isSamePrice, type Posting, type Pricing} from './posting.ts';

/** CloudTrail's record of the call that a reply answers. */
type SeenCall = {readonly eventId: string; readonly at: number; readonly region: string};

/** One reply in the ledger, at its own time; `seq` counts replies in the order in which they were first read. */
export type Entry = Timed & {
	readonly posting: Posting;
	/** The call with its request id, once CloudTrail has shown it. */
	readonly seen?: SeenCall | undefined;
};

/** The replies that have something in common, such as their session. */
type Group = {readonly key: string; readonly entries: Timeline<Entry>};

/** Every reply once. It never changes: adding a reply gives a new ledger, at the same cost however many there are. */
export type Ledger = {
	readonly size: number;
	/** How many replies have ever been added. */
	readonly added: number;
	readonly entries: Timeline<Entry>;
	readonly byId: HashIndex<Entry>;
	/** By request id, the latest read last. */
	readonly byRequest: HashIndex<readonly Entry[]>;
	readonly bySession: HashIndex<Group>;
	/** Of a reply without a folder the key is empty. */
	readonly byFolder: HashIndex<Group>;
	/** By `agentKey`; not the replies of main conversations. */
	readonly byAgent: HashIndex<Group>;
	/** Only of ids that Bedrock has to explain: application profiles and prompt routers. */
	readonly byProfile: HashIndex<Group>;
};

const groups = createIndex(({key}: Group) => key);

export const emptyLedger: Ledger = {
	...{size: 0, added: 0, entries: emptyTimeline},
	byId: createIndex(({posting}: Entry) => posting.turn.id),
	byRequest: createIndex(([entry]: readonly Entry[]) => entry?.posting.turn.requestId ?? ''),
	...{bySession: groups, byFolder: groups, byAgent: groups, byProfile: groups},
};

const profileOf = ({profile}: Posting): string | undefined =>
	profile !== undefined && needsResolution(parseModelId(profile)) ? profile : undefined;

const keyIn = {
	bySession: ({posting}: Entry) => posting.turn.sessionId,
	byFolder: ({posting}: Entry) => posting.turn.cwd ?? '',
	byAgent: ({posting: {turn}}: Entry) =>
		turn.agentId === undefined ? undefined : agentKey(turn.sessionId, turn.agentId),
	byProfile: ({posting}: Entry) => profileOf(posting),
} as const;

const groupings = ['bySession', 'byFolder', 'byAgent', 'byProfile'] as const;

/** The replies of a group. */
export const entriesOf = (index: HashIndex<Group>, key: string): Timeline<Entry> =>
	findItem(index, key)?.entries ?? emptyTimeline;

const regroup = (
	index: HashIndex<Group>,
	key: string | undefined,
	change: (entries: Timeline<Entry>) => Timeline<Entry>,
	batch: Batch | undefined,
) => {
	if (key === undefined) return index;
	const entries = change(entriesOf(index, key));
	return entries.size === 0 ? withoutIndexed(index, key, batch) : withIndexed(index, {key, entries}, batch);
};

const remove = (ledger: Ledger, entry: Entry, batch: Batch | undefined): Ledger => {
	const {id, requestId} = entry.posting.turn;
	const without = (entries: Timeline<Entry>) => withoutItem(entries, entry, batch);
	const isItself = ({seq}: Entry) => seq === entry.seq;
	const next = {...ledger, size: ledger.size - 1, entries: without(ledger.entries)};
	next.byId = withoutIndexed(ledger.byId, id, batch);
	if (requestId !== undefined) next.byRequest = withoutListed(ledger.byRequest, requestId, isItself, batch);
	for (const name of groupings) next[name] = regroup(ledger[name], keyIn[name](entry), without, batch);
	return next;
};

/** By what a grouping goes by, in the order of the list. */
const listsBy = (entries: readonly Entry[], keyOf: (entry: Entry) => string | undefined) => {
	const lists = new Map<string, Entry[]>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const list = key === undefined ? undefined : lists.get(key);
		if (list !== undefined) list.push(entry);
		else if (key !== undefined) lists.set(key, [entry]);
	}
	return lists;
};

/** Adds entries in the order in which they were read. */
const insert = (ledger: Ledger, added: readonly Entry[], batch: Batch | undefined): Ledger => {
	const inOrder = [...added].sort(compare);
	const next = {...ledger, size: ledger.size + added.length, entries: withItems(ledger.entries, inOrder, batch)};
	for (const entry of added) {
		const {requestId} = entry.posting.turn;
		const isItself = ({seq}: Entry) => seq === entry.seq;
		next.byId = withIndexed(next.byId, entry, batch);
		if (requestId !== undefined) next.byRequest = withListed(next.byRequest, requestId, entry, isItself, batch);
	}
	for (const name of groupings) {
		for (const [key, list] of listsBy(inOrder, keyIn[name])) {
			next[name] = regroup(next[name], key, old => withItems(old, list, batch), batch);
		}
	}
	return next;
};

const isSamePlace = (a: Entry, b: Entry): boolean => {
	const isSameCall = a.at === b.at && a.posting.turn.requestId === b.posting.turn.requestId;
	return isSameCall && groupings.every(name => keyIn[name](a) === keyIn[name](b));
};

const replace = (ledger: Ledger, known: Entry, entry: Entry, batch: Batch | undefined): Ledger =>
	isSamePlace(known, entry)
		? {...insert(ledger, [entry], batch), size: ledger.size}
		: insert(remove(ledger, known, batch), [entry], batch);

/** Adds postings; idempotent by message id, the better line of one reply stays. The same ledger when nothing changed. */
export const post = (ledger: Ledger, postings: readonly Posting[]): Ledger => {
	const batch = createBatch();
	const added = new Map<string, Entry>();
	let next = ledger;
	for (const posting of postings) {
		const {turn} = posting;
		const unplaced = added.get(turn.id);
		const known = unplaced ?? findItem(next.byId, turn.id);
		const isNews = known === undefined || betterTurn(known.posting.turn, turn) !== known.posting.turn;
		if (!isNews) continue;
		if (known === undefined || unplaced !== undefined) {
			added.set(turn.id, {at: turn.at, seq: known?.seq ?? ledger.added + added.size, posting});
			continue;
		}
		const seen = known.posting.turn.requestId === turn.requestId ? known.seen : undefined;
		next = replace(next, known, {at: turn.at, seq: known.seq, posting, seen}, batch);
	}
	if (added.size === 0) return next;
	return {...insert(next, [...added.values()], batch), added: ledger.added + added.size};
};

/** Puts what a session was billed for without a reply line in place of what was known of it. The same ledger when nothing changed. */
export const putUnlogged = (ledger: Ledger, sessionId: string, postings: readonly Posting[]): Ledger => {
	const known = [...itemsFrom(entriesOf(ledger.bySession, sessionId), Number.NEGATIVE_INFINITY)].filter(
		({posting}) => posting.turn.unlogged,
	);
	const isSame = equal(
		known.map(({posting}) => posting.turn),
		postings.map(({turn}) => turn),
	);
	return isSame
		? ledger
		: post(
				known.reduce((next, entry) => remove(next, entry, undefined), ledger),
				postings,
			);
};

/** Prices those replies again. The same ledger when nothing changed. */
export const reprice = (ledger: Ledger, pricing: Pricing, entries: Iterable<Entry>): Ledger => {
	const batch = createBatch();
	let next = ledger;
	for (const entry of entries) {
		const posting = createPosting(entry.posting.turn, pricing);
		if (!isSamePrice(entry.posting, posting)) next = replace(next, entry, {...entry, posting}, batch);
	}
	return next;
};

/** Replies from then on (epoch ms), the oldest first. */
export const entriesSince = ({entries}: Ledger, since: number): Iterable<Entry> => itemsFrom(entries, since);

/** Every reply with its price, the oldest first. */
export const postingsOf = function* (ledger: Ledger): Generator<Posting, void, undefined> {
	for (const {posting} of entriesSince(ledger, Number.NEGATIVE_INFINITY)) yield posting;
};

/** The reply of that message id. */
export const postingOf = ({byId}: Ledger, id: string): Posting | undefined => findItem(byId, id)?.posting;

/** The reply to the call of that request id. */
export const entryByRequest = ({byRequest}: Ledger, requestId: string | undefined): Entry | undefined =>
	requestId === undefined ? undefined : findItem(byRequest, requestId)?.at(-1);

/** Notes which call CloudTrail has for the reply to a request. The same ledger when that was known. */
export const markSeen = (ledger: Ledger, requestId: string, seen: SeenCall | undefined, batch?: Batch): Ledger => {
	const entries = findItem(ledger.byRequest, requestId) ?? [];
	return entries
		.filter(entry => entry.seen?.eventId !== seen?.eventId)
		.reduce((next, entry) => replace(next, entry, {...entry, seen}, batch), ledger);
};

/** Replies older than that (epoch ms). */
export const entriesBefore = function* (ledger: Ledger, before: number): Generator<Entry, void, undefined> {
	for (const entry of entriesSince(ledger, Number.NEGATIVE_INFINITY)) {
		if (entry.at >= before) return;
		yield entry;
	}
};

/** Drops replies older than that (epoch ms). */
export const forgetBefore = (ledger: Ledger, before: number): Ledger => {
	const batch = createBatch();
	let next = ledger;
	for (const entry of entriesBefore(ledger, before)) next = remove(next, entry, batch);
	return next;
};
