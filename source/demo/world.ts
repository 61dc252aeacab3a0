import type {Usage} from '../domain/usage.ts';
import {alice, homeRegion, models, type Person, type Thread, threads} from './people.ts';
import {createRandom, type Random} from './random.ts';

/** One call of the simulated account with all that each source will ever say of it. Times are epoch ms. */
export type WorldCall = {
	readonly at: number;
	/** When the last token came. */
	readonly endAt: number;
	/** From when on CloudTrail shows it. */
	readonly deliveredAt: number;
	/** From when on CloudWatch counts it. */
	readonly publishedAt: number;
	readonly thread: Thread;
	readonly person: Person;
	readonly profile: string;
	readonly region: string;
	readonly ranIn: string;
	readonly usage: Usage;
	readonly latencyMs: number;
	readonly firstTokenMs: number;
	readonly outcome: 'ok' | 'AccessDenied' | 'ThrottlingException';
	readonly requestId: string;
	readonly eventId: string;
	readonly messageId: string;
	/** The subagent that called, if one did. */
	readonly agentId?: string | undefined;
	/** Leaves a completion record beside its call. */
	readonly hasTwin: boolean;
};

export type World = {
	readonly startAt: number;
	/** All calls up to then, oldest first; asking again for the same moment changes nothing. */
	callsUntil(now: number): readonly WorldCall[];
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const historyMs = 6 * hour;
const keepMs = 26 * hour;
/** A refusal burst shows soon after the start and comes back every few minutes. */
const firstRefusalMs = 12 * second;
const refusalEveryMs = 4 * minute;
const pastRefusalEveryMs = 40 * minute;
const pastRefusals = 3;
const burstLength = 18;

const noTokens: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};

type Source = {
	/** When the next call happens, epoch ms. */
	nextAt: number;
	produce(): WorldCall;
};

/** History is delivered; what happens live comes late, as it does on AWS, only in seconds instead of minutes. */
const delays = (random: Random, at: number, endAt: number, startAt: number) => {
	const trailMs = random.chance(0.1) ? random.between(20, 40) * second : random.between(2, 8) * second;
	const metricsMs = random.between(2, 6) * second;
	return at < startAt - minute
		? {deliveredAt: endAt, publishedAt: endAt}
		: {deliveredAt: at + trailMs, publishedAt: endAt + metricsMs};
};

const identify = (random: Random) => ({
	requestId: random.uuid(),
	eventId: random.uuid(),
	messageId: `msg_bdrk_01${random.hex(22)}`,
});

/** A conversation: the cache grows call by call and is written anew after a pause. */
const createThreadSource = (thread: Thread, seed: number, startAt: number): Source => {
	const random = createRandom(seed);
	let cached = 0;
	const source: Source = {
		nextAt: startAt - historyMs + random.between(0, 600) * second,
		produce() {
			const at = source.nextAt;
			const isSubagent = thread.hasSubagents === true && random.chance(0.2);
			const isThrottled = random.chance(0.012);
			const fresh = random.between(400, 5200);
			const output = random.between(40, 1900);
			const usage: Usage = {
				input: random.between(3, 20),
				output,
				cacheRead: cached,
				cacheWrite5m: random.chance(0.12) ? 0 : fresh,
				cacheWrite1h: 0,
			};
			const hourly: Usage = usage.cacheWrite5m === 0 ? {...usage, cacheWrite1h: fresh} : usage;
			const firstTokenMs = random.between(450, 1400);
			const latencyMs = firstTokenMs + output * random.between(6, 14);
			const endAt = at + (isThrottled ? 120 : latencyMs);
			const isPausing = random.chance(thread.pause);
			const isOpening = at >= startAt - minute && at < startAt + minute;
			const [low, high] = thread.gapSeconds;
			// While somebody has just opened the demo, nobody goes for coffee.
			const gap = isOpening ? random.between(2, 7) : random.between(low, high);
			const pauseMs = isPausing && !isOpening ? random.between(2, 14) * minute : 0;
			source.nextAt = endAt + gap * second + pauseMs;
			cached = pauseMs > 5 * minute || cached > 150_000 ? 0 : cached + fresh;
			return {
				at,
				endAt,
				...delays(random, at, endAt, startAt),
				thread,
				person: thread.person,
				profile: isSubagent ? models.haiku : thread.profile,
				region: homeRegion,
				ranIn: random.pick(['us-east-1', 'us-east-2', 'us-west-2']),
				usage: isThrottled ? noTokens : hourly,
				latencyMs,
				firstTokenMs,
				outcome: isThrottled ? 'ThrottlingException' : 'ok',
				...identify(random),
				agentId: isSubagent ? `a${random.hex(16)}` : undefined,
				hasTwin: random.chance(0.5),
			};
		},
	};
	return source;
};

/** Alice tries a model that she may not use: one prompt is a burst of refused calls, as Claude Code retries. */
const createRefusalSource = (seed: number, startAt: number): Source => {
	const random = createRandom(seed);
	const [thread] = threads as readonly [Thread];
	let left = burstLength;
	let burstAt = startAt + firstRefusalMs - pastRefusals * pastRefusalEveryMs;
	const source: Source = {
		nextAt: burstAt,
		produce() {
			const at = source.nextAt;
			left--;
			source.nextAt = at + random.between(80, 260);
			if (left === 0) {
				left = burstLength;
				burstAt += burstAt < startAt ? pastRefusalEveryMs : refusalEveryMs;
				source.nextAt = burstAt;
			}
			return {
				at,
				endAt: at + 40,
				...delays(random, at, at + 40, startAt),
				thread,
				person: alice,
				profile: models.fable,
				region: homeRegion,
				ranIn: homeRegion,
				usage: noTokens,
				latencyMs: 40,
				firstTokenMs: 0,
				outcome: 'AccessDenied',
				...identify(random),
				hasTwin: false,
			};
		},
	};
	return source;
};

/**
 * A few people and models over the last six hours, who go on working. The same seed and start give the same calls in
 * whatever steps time advances.
 */
export const createWorld = ({seed, startAt}: {readonly seed: number; readonly startAt: number}): World => {
	const sources = [
		...threads.map((thread, index) => createThreadSource(thread, seed * 31 + index, startAt)),
		createRefusalSource(seed * 31 + threads.length, startAt),
	];
	let calls: readonly WorldCall[] = [];
	return {
		startAt,
		callsUntil(now) {
			const added: WorldCall[] = [];
			for (const source of sources) while (source.nextAt <= now) added.push(source.produce());
			if (added.length > 0) {
				const kept = calls.filter(({at}) => at > now - keepMs);
				calls = [...kept, ...added].sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
			}
			return calls.filter(({at}) => at <= now);
		},
	};
};

/** The words in which AWS refuses. */
export const refusalMessage = ({person, profile, region}: WorldCall): string =>
	`User: ${person.arn} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:${region}:123456789012:inference-profile/${profile} because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action`;
