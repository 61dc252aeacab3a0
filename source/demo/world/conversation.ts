import {noUsage, type Usage} from '../../domain/money/usage.ts';
import {homeRegion, models} from './people.ts';
import {createRandom, type Random} from './random.ts';
import type {Thread} from './threads.ts';
import type {Source} from './timeline.ts';
import {type Block, identify, openingMs, publishingDelay, type WorldCall} from './world-call.ts';

const second = 1000;
const minute = 60 * second;
/** A context grows to here, then it is compacted. */
const fullContext = 150_000;
/** What five-minute caching forgets; whoever was away for longer starts a new conversation. */
const cacheLifeMs = 5 * minute;

/** Tools and instructions, which every conversation of Claude Code reads from the cache. */
const startingContext = (random: Random) => random.between(20_000, 24_000);

const blockSequences: readonly (readonly Block[])[] = [
	['thinking', 'text', 'tool_use'],
	['text', 'tool_use'],
	['tool_use'],
	['thinking', 'text'],
	['text'],
];

/** How late CloudTrail shows a live call: seconds, sometimes half a minute, once in a while minutes. */
const trailDelay = (random: Random, isPrompt: boolean): number => {
	const kind = random.next();
	const seconds: readonly [number, number] = kind < 0.03 ? [90, 300] : kind < 0.12 ? [15, 40] : [2, 9];
	const delayMs = random.between(seconds[0] * second, seconds[1] * second);
	return isPrompt ? Math.min(delayMs, 2 * second + (delayMs % second)) : delayMs;
};

/** The tokens of a Claude Code call whose conversation has grown to that context. */
const cachedUsage = (random: Random, context: number, output: number): Usage => {
	const written = random.between(500, 6000);
	const isOneHour = random.chance(0.12);
	return {
		input: random.between(3, 20),
		output,
		cacheRead: context,
		cacheWrite5m: isOneHour ? 0 : written,
		cacheWrite1h: isOneHour ? written : 0,
	};
};

const plainUsage = (random: Random, output: number): Usage => ({
	...noUsage,
	input: random.between(900, 7000),
	output: Math.min(output, 60 + (output % 400)),
});

/** An agent asks for tools until it has its answer. */
const blocksOf = (usual: readonly Block[], agentId: string | undefined, isLast: boolean): readonly Block[] => {
	if (agentId === undefined) return usual;
	return isLast ? ['text'] : ['thinking', 'tool_use'];
};

const destinations = ['us-east-1', 'us-east-2', 'us-west-2'] as const;
const worldwide = [...destinations, 'eu-west-1', 'ap-northeast-1'] as const;

type Subagent = {readonly id: string; readonly context: number; readonly left: number};

/**
 * A thread's calls from then on (epoch ms): a conversation whose cache grows call by call, with pauses and, for some,
 * subagents. Around the moment the demo is opened nobody pauses, replies are short, and records come early.
 */
export const createConversation = (
	thread: Thread,
	seed: number,
	historyAt: number,
	startAt: number,
): Source<WorldCall> => {
	const random = createRandom(seed);
	const isScript = thread.kind === 'script';
	let nextAt = historyAt + random.between(0, 600) * second;
	let context = startingContext(random);
	let subagent: Subagent | undefined;

	const takeTurn = () => {
		if (subagent === undefined && thread.hasSubagents === true && random.chance(0.06)) {
			subagent = {id: `a${random.hex(16)}`, context: startingContext(random), left: random.between(2, 6)};
		}
		const current = subagent;
		return {agentId: current?.id, profile: current === undefined ? thread.profile : models.haiku};
	};

	const grow = (usage: Usage) => {
		const written = usage.cacheWrite5m + usage.cacheWrite1h;
		if (subagent !== undefined) {
			const {id, left} = subagent;
			subagent = left > 1 ? {id, context: subagent.context + written, left: left - 1} : undefined;
			return;
		}
		context += written;
		if (context > fullContext) context = startingContext(random);
	};

	const schedule = (at: number, endAt: number, isOpening: boolean) => {
		const [low, high] = isOpening ? [2, 7] : thread.gapSeconds;
		const isPausing = random.chance(thread.pause) && !isOpening;
		const pauseMs = isPausing ? random.between(...thread.pauseMinutes) * minute : 0;
		if (pauseMs > cacheLifeMs) context = startingContext(random);
		nextAt = endAt + random.between(low * second, high * second) + pauseMs;
		// Whoever was away comes back when somebody opens the demo.
		if (at < startAt) nextAt = Math.min(nextAt, Math.max(endAt + 500, startAt + thread.resumesAfterMs));
	};

	return {
		get nextAt() {
			return nextAt;
		},
		produce(): WorldCall {
			const at = nextAt;
			const isOpening = Math.abs(at - startAt) < openingMs;
			const {agentId, profile} = takeTurn();
			const isLastOfAgent = subagent?.left === 1;
			const isThrottled = random.chance(0.025) && !isOpening;
			const output = isOpening ? random.between(50, 250) : random.between(50, 2500);
			const usage = isScript ? plainUsage(random, output) : cachedUsage(random, subagent?.context ?? context, output);
			const firstTokenMs = random.between(450, isOpening ? 900 : 1400);
			const latencyMs = firstTokenMs + usage.output * random.between(6, isOpening ? 10 : 14);
			const endAt = at + (isThrottled ? 120 : latencyMs);
			const isPast = at <= startAt - openingMs;
			const trailMs = trailDelay(random, isOpening && thread.isLocal);
			const metricsMs = publishingDelay(random, isOpening);
			if (!isThrottled) grow(usage);
			schedule(at, endAt, isOpening);
			return {
				at,
				endAt,
				deliveredAt: isPast ? endAt : at + trailMs,
				publishedAt: isPast ? endAt : endAt + metricsMs,
				thread,
				person: thread.person,
				operation: isScript ? 'Converse' : 'InvokeModelWithResponseStream',
				profile,
				region: homeRegion,
				ranIn: random.pick(profile.startsWith('global.') ? worldwide : destinations),
				usage: isThrottled ? noUsage : usage,
				latencyMs,
				firstTokenMs,
				outcome: isThrottled ? 'ThrottlingException' : 'ok',
				...identify(random),
				blocks: blocksOf(random.pick(blockSequences), agentId, isLastOfAgent),
				agentId,
				hasTwin: random.chance(0.5) && !isScript,
			};
		},
	};
};
