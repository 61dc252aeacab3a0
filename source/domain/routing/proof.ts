import {createBatch} from '../common/batch.ts';
import {createIndex, findItem, type HashIndex, withIndexed} from '../common/hash-index.ts';
import {emptyTimeline, itemsBack, type Timed, type Timeline, withItem, withoutItem} from '../common/timeline.ts';
import type {Provider, SessionModel, Turn} from '../replies/turn.ts';

/** When a provider answered a session first and last, epoch ms. */
type Span = {readonly firstAt: number; readonly lastAt: number};

type Place = {readonly at: number; readonly id: string};

/** The newest reply of a session: what it proves, when, and who answered before. */
export type Proof = Pick<Turn, 'sessionId' | 'provider' | 'at' | 'model' | 'requestedModel' | 'cwd' | 'version'> & {
	readonly seen: ReadonlyMap<Provider, Span>;
	readonly last: Place;
	/** The reply that its model is from. */
	readonly named: Place & {readonly sidechain: boolean};
};

/** `seq` counts sessions in the order in which they were first read. */
type Placed = Timed & {readonly proof: Proof};

/** Each session's proof, by session and by time. It never changes: adding gives another, at the same cost however many there are. */
export class Proofs {
	readonly bySession: HashIndex<Placed>;
	readonly byTime: Timeline<Placed>;

	constructor(bySession: HashIndex<Placed>, byTime: Timeline<Placed>) {
		this.bySession = bySession;
		this.byTime = byTime;
	}

	get(sessionId: string): Proof | undefined {
		return findItem(this.bySession, sessionId)?.proof;
	}

	/** When any session was answered last, epoch ms. */
	get answeredAt(): number | undefined {
		return this.byTime.last?.at;
	}

	/** Of the sessions that were answered since then (epoch ms), the latest first. */
	*since(at: number): Generator<Proof, void, undefined> {
		for (const placed of itemsBack(this.byTime, Number.POSITIVE_INFINITY)) {
			if (placed.at < at) return;
			yield placed.proof;
		}
	}

	with(changed: Iterable<Proof>): Proofs {
		const batch = createBatch();
		let {bySession, byTime} = this;
		for (const proof of changed) {
			const known = findItem(bySession, proof.sessionId);
			const placed = {at: proof.at, seq: known?.seq ?? bySession.size, proof};
			if (known !== undefined) byTime = withoutItem(byTime, known, batch);
			byTime = withItem(byTime, placed, batch);
			bySession = withIndexed(bySession, placed, batch);
		}
		return new Proofs(bySession, byTime);
	}
}

export const noProofs = new Proofs(
	createIndex(({proof}: Placed) => proof.sessionId),
	emptyTimeline,
);

const widen = (span: Span | undefined, at: number): Span => ({
	firstAt: Math.min(span?.firstAt ?? at, at),
	lastAt: Math.max(span?.lastAt ?? at, at),
});

/** Replies of one moment have an order, too, which does not hang on the one in which they are read. */
const isLater = (a: Place, b: Place): boolean => a.at > b.at || (a.at === b.at && a.id > b.id);

/** A subagent's reply proves the provider; the session's model is that of its main conversation. */
const isNaming = (turn: Turn, named: Proof['named']): boolean =>
	turn.sidechain === named.sidechain ? isLater(turn, named) : named.sidechain;

const proveOne = (known: Proof | undefined, turn: Turn): Proof => {
	const {id, sessionId, provider, at, cwd, version, model, requestedModel, sidechain} = turn;
	const answer = {provider, at, cwd, version, last: {at, id}};
	const name = {model, requestedModel, named: {at, id, sidechain}};
	if (known === undefined) return {sessionId, ...answer, ...name, seen: new Map([[provider, widen(undefined, at)]])};
	const span = known.seen.get(provider);
	const isInside = span !== undefined && at >= span.firstAt && at <= span.lastAt;
	const isLast = isLater(turn, known.last);
	const isNamed = isNaming(turn, known.named);
	if (isInside && !isLast && !isNamed) return known;
	const seen = isInside ? known.seen : new Map(known.seen).set(provider, widen(span, at));
	return {...known, ...(isLast && answer), ...(isNamed && name), seen};
};

/** Adds replies in any order; the same proofs come back when they prove nothing new. */
export const prove = (proofs: Proofs, turns: readonly Turn[]): Proofs => {
	const changed = new Map<string, Proof>();
	for (const turn of turns) {
		const known = changed.get(turn.sessionId) ?? proofs.get(turn.sessionId);
		const proof = proveOne(known, turn);
		if (proof !== known) changed.set(turn.sessionId, proof);
	}
	return changed.size === 0 ? proofs : proofs.with(changed.values());
};

/** What each session was told to be, the oldest word first; a session writes it down when it starts or switches. */
export type SessionModels = ReadonlyMap<string, readonly SessionModel[]>;

/** Adds words on sessions' models in any order; the same map comes back where none is new. */
export const noteModels = (known: SessionModels, models: readonly SessionModel[]): SessionModels => {
	let next: Map<string, readonly SessionModel[]> | undefined;
	for (const model of models) {
		const words = (next ?? known).get(model.sessionId) ?? [];
		if (words.some(({at, model: name}) => at === model.at && name === model.model)) continue;
		next ??= new Map(known);
		next.set(
			model.sessionId,
			[...words, model].sort((a, b) => a.at - b.at || (a.model < b.model ? -1 : 1)),
		);
	}
	return next ?? known;
};

/** What a session was told to be at that time (epoch ms). */
export const modelAt = (models: SessionModels, sessionId: string, at: number): string | undefined =>
	models.get(sessionId)?.findLast(word => word.at <= at)?.model;
