import {batchbot, homeRegion, type Person} from './people.ts';
import {createRandom} from './random.ts';
import type {Source} from './timeline.ts';
import {openingMs, publishingDelay} from './world-call.ts';

/**
 * A call of the Mantle endpoint. Inference there is a data event, which CloudTrail's event history never shows; only
 * CloudWatch counts it. Times are epoch ms.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-mantle-metrics.html
 */
export type MantleCall = {
	readonly at: number;
	readonly endAt: number;
	/** From when on CloudWatch counts it. */
	readonly publishedAt: number;
	readonly person: Person;
	readonly region: string;
	/** Mantle's ids have no prefix, date or version. */
	readonly model: string;
	readonly project: string;
	readonly input: number;
	readonly output: number;
	readonly outcome: 'ok' | 'ClientError';
};

const second = 1000;

export const mantleModel = 'anthropic.claude-opus-4-7';
export const mantleProjects = ['default', 'proj_demo0batch0jobs0001'] as const;

/** A job that asks a few times an hour, day and night, now and then with a request that is refused. */
export const createMantleBatch = (seed: number, historyAt: number, startAt: number): Source<MantleCall> => {
	const random = createRandom(seed);
	let nextAt = historyAt + random.between(0, 600) * second;
	return {
		get nextAt() {
			return nextAt;
		},
		produce() {
			const at = nextAt;
			const isRefused = random.chance(0.08);
			const [input, output] = [random.between(2000, 30_000), random.between(200, 2000)];
			const endAt = at + (isRefused ? 90 : 500 + output * random.between(6, 14));
			const metricsMs = publishingDelay(random, false);
			nextAt = endAt + random.between(9 * 60, 21 * 60) * second;
			return {
				at,
				endAt,
				publishedAt: at <= startAt - openingMs ? endAt : endAt + metricsMs,
				person: batchbot,
				region: homeRegion,
				model: mantleModel,
				project: random.pick(mantleProjects),
				input: isRefused ? 0 : input,
				output: isRefused ? 0 : output,
				outcome: isRefused ? 'ClientError' : 'ok',
			};
		},
	};
};
