import {createConversation} from './conversation.ts';
import {createRefusalBursts} from './refusal-burst.ts';
import {threads} from './threads.ts';
import type {WorldCall} from './world-call.ts';

export type {WorldCall} from './world-call.ts';

export type World = {
	readonly startAt: number;
	/**
	 * The calls of the last 26 hours up to then (epoch ms), oldest first. Extends the world where needed; asking again
	 * for the same moment changes nothing.
	 */
	callsUntil(now: number): readonly WorldCall[];
};

const hour = 3_600_000;
const historyMs = 6 * hour;
/** A day and a little: nothing that is still asked for, and bounded however long the demo stays open. */
const keepMs = 26 * hour;

const oldestFirst = (a: WorldCall, b: WorldCall) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1);

/**
 * A few people and models over the last six hours, who go on working. The same seed and start give the same calls in
 * whatever steps time advances.
 */
export const createWorld = ({seed, startAt}: {readonly seed: number; readonly startAt: number}): World => {
	const historyAt = startAt - historyMs;
	const sources = [
		...threads.map((thread, index) => createConversation(thread, seed * 31 + index, historyAt, startAt)),
		createRefusalBursts(seed * 31 + threads.length, historyAt, startAt),
	];
	let calls: readonly WorldCall[] = [];
	return {
		startAt,
		callsUntil(now) {
			const added: WorldCall[] = [];
			for (const source of sources) while (source.nextAt <= now) added.push(source.produce());
			const isKept = ({at}: WorldCall) => at > now - keepMs;
			if (added.length > 0) calls = [...calls, ...added].filter(isKept).sort(oldestFirst);
			return calls.filter(call => call.at <= now && isKept(call));
		},
	};
};
