import {createConversation} from './conversation.ts';
import {createMantleBatch, type MantleCall} from './mantle-batch.ts';
import {createRefusalBursts} from './refusal-burst.ts';
import {threads} from './threads.ts';
import {createTimeline} from './timeline.ts';
import type {WorldCall} from './world-call.ts';

export type {WorldCall} from './world-call.ts';

export type World = {
	readonly startAt: number;
	/**
	 * The calls of the last 26 hours up to then (epoch ms), oldest first. Extends the world where needed; asking again
	 * for the same moment changes nothing.
	 */
	callsUntil(now: number): readonly WorldCall[];
	/** The same of the Mantle endpoint, whose calls only CloudWatch ever tells of. */
	mantleCallsUntil(now: number): readonly MantleCall[];
};

const historyMs = 6 * 3_600_000;

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
	const batch = createMantleBatch(seed * 31 + threads.length + 1, historyAt, startAt);
	return {
		startAt,
		callsUntil: createTimeline(sources, oldestFirst),
		mantleCallsUntil: createTimeline([batch], (a, b) => a.at - b.at),
	};
};
