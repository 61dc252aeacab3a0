import {LayeredMap} from '../common/layered-map.ts';
import type {Provider, SessionModel, Turn} from '../replies/turn.ts';

/** When a provider answered a session first and last, epoch ms. */
type Span = {readonly firstAt: number; readonly lastAt: number};

/** The newest reply of a session: what it proves, when, and who answered before. */
export type Proof = Pick<Turn, 'sessionId' | 'provider' | 'at' | 'model' | 'requestedModel' | 'cwd' | 'version'> & {
	readonly seen: ReadonlyMap<Provider, Span>;
};

export type Proofs = ReadonlyMap<string, Proof> | LayeredMap<string, Proof>;

const widen = (span: Span | undefined, at: number): Span => ({
	firstAt: Math.min(span?.firstAt ?? at, at),
	lastAt: Math.max(span?.lastAt ?? at, at),
});

const proveOne = (known: Proof | undefined, turn: Turn): Proof => {
	const span = known?.seen.get(turn.provider);
	const isInside = span !== undefined && turn.at >= span.firstAt && turn.at <= span.lastAt;
	const seen = isInside ? known?.seen : new Map(known?.seen).set(turn.provider, widen(span, turn.at));
	if (known !== undefined && known.at >= turn.at)
		return seen === known.seen ? known : {...known, seen: seen ?? known.seen};
	// A subagent's reply proves the provider; the session's model is still that of its main conversation.
	const {model, requestedModel} = turn.sidechain && known !== undefined ? known : turn;
	const {sessionId, provider, at, cwd, version} = turn;
	return {sessionId, provider, at, model, requestedModel, cwd, version, seen: seen ?? new Map()};
};

/** Adds replies in any order; the same map comes back when they prove nothing new. */
export const prove = (proofs: Proofs, turns: readonly Turn[]): Proofs => {
	const changed = new Map<string, Proof>();
	for (const turn of turns) {
		const known = changed.get(turn.sessionId) ?? proofs.get(turn.sessionId);
		const proof = proveOne(known, turn);
		if (proof !== known) changed.set(turn.sessionId, proof);
	}
	if (changed.size === 0) return proofs;
	return (proofs instanceof LayeredMap ? proofs : new LayeredMap(proofs)).with(changed);
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
