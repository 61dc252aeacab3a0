import {noUsage} from '../../domain/money/usage.ts';
import {accountId, homeRegion, models} from './people.ts';
import {createRandom} from './random.ts';
import {mainThread} from './threads.ts';
import type {Source} from './timeline.ts';
import {identify, openingMs, publishingDelay, type WorldCall} from './world-call.ts';

const second = 1000;
const minute = 60 * second;
/** When the first burst after the start comes, and how often from then on. */
const firstLiveMs = 16 * second;
const liveEveryMs = 4 * minute;
/** History has a recent one and a few long ago. */
const newestPastMs = 6 * minute;
const pastEveryMs = 120 * minute;
/** A probe, the first attempt and Claude Code's default of ten retries: measured, facts of 2.1.330. */
const maxRetries = 10;
const callsPerActor = maxRetries + 2;
const refusedAfterMs = 40;

/**
 * Alice chooses a model that she may not use: Claude Code probes it, retries and falls back, and every other time a
 * subagent does the same beside it. 12 or 24 refused calls in about three seconds.
 */
export const createRefusalBursts = (seed: number, historyAt: number, startAt: number): Source<WorldCall> => {
	const random = createRandom(seed);
	const pastBursts = Math.floor((startAt - newestPastMs - historyAt) / pastEveryMs);
	let burst = -1 - pastBursts;
	let step = 0;
	let agentId = `a${random.hex(16)}`;

	const startOf = (number: number) =>
		number < 0 ? startAt - newestPastMs + (number + 1) * pastEveryMs : startAt + firstLiveMs + number * liveEveryMs;
	const actorsOf = (number: number) => (number % 2 === 0 ? 1 : 2);

	let nextAt = startOf(burst);

	const advance = (retryInMs: number) => {
		step++;
		nextAt += retryInMs;
		if (step < callsPerActor * actorsOf(burst)) return;
		burst++;
		step = 0;
		agentId = `a${random.hex(16)}`;
		nextAt = startOf(burst);
	};

	return {
		get nextAt() {
			return nextAt;
		},
		produce(): WorldCall {
			const at = nextAt;
			const actors = actorsOf(burst);
			const [actor, number] = [step % actors, Math.floor(step / actors)];
			const retryInMs = Math.round(random.between(150, 330) / actors);
			const endAt = at + refusedAfterMs;
			const isPast = at <= startAt - openingMs;
			const trailMs = random.between(2 * second, 12 * second);
			const metricsMs = publishingDelay(random, false);
			const call: WorldCall = {
				at,
				endAt,
				deliveredAt: isPast ? endAt : at + trailMs,
				publishedAt: isPast ? endAt : endAt + metricsMs,
				thread: mainThread,
				person: mainThread.person,
				operation: number === 0 ? 'InvokeModel' : 'InvokeModelWithResponseStream',
				profile: models.fable,
				region: homeRegion,
				ranIn: homeRegion,
				usage: noUsage,
				latencyMs: refusedAfterMs,
				firstTokenMs: 0,
				outcome: 'AccessDenied',
				...identify(random),
				blocks: [],
				attempt: {number, of: maxRetries, retryInMs: retryInMs * actors, fallback: models.opus},
				agentId: actor === 0 ? undefined : agentId,
				hasTwin: false,
			};
			advance(retryInMs);
			return call;
		},
	};
};

/** The words in which AWS refuses. */
export const refusalMessage = ({person, profile, region, operation}: WorldCall): string => {
	const action = `bedrock:${operation}`;
	const resource = `arn:aws:bedrock:${region}:${accountId}:inference-profile/${profile}`;
	return `User: ${person.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
};

/** The words in which AWS throttles. */
export const throttleMessage = 'Too many requests, please wait before trying again.';
