import {expect, test} from 'vitest';
import {totals} from '../../../source/demo/world/totals.ts';
import {countSince} from '../../../source/domain/metrics/metrics.ts';
import {overview} from '../../../source/state/overview.ts';
import {watchHours} from '../../support/watched-hours.ts';

const hour = 3_600_000;
const minute = 60_000;

/** A model that only others call may be asked every ten minutes, four times more seldom when the money runs low. */
const slowestMs = 45 * minute;

test('watching seldom loses nothing: the account comes to what the world contains', async () => {
	const start = Date.UTC(2026, 10, 23);
	const {world, state, at} = await watchHours({start, hours: 7, isCapped: true});
	const published = (until: number) =>
		totals(world, {
			from: state.spendSince,
			to: at,
			only: call => call.publishedAt <= until && call.endAt >= state.spendSince,
		});
	const [least, most] = [published(at - slowestMs).everybody.tokens, published(at).everybody.tokens];
	expect(least.size).toBeGreaterThan(3);
	for (const [profile, usage] of least) {
		const model = [...state.metrics.values()].find(one => one.profile === profile);
		if (model === undefined) throw new Error(`${profile} was not seen`);
		for (const [metric, known, limit] of [
			['OutputTokenCount', usage.output, most.get(profile)?.output],
			['InputTokenCount', usage.input, most.get(profile)?.input],
			['CacheReadInputTokens', usage.cacheRead, most.get(profile)?.cacheRead],
		] as const) {
			const counted = countSince(model, metric, state.spendSince);
			expect(counted, `${profile} ${metric}`).toBeGreaterThanOrEqual(known);
			expect(counted, `${profile} ${metric}`).toBeLessThanOrEqual(limit ?? 0);
		}
	}
	const {watch} = overview(state, at);
	expect(at - start).toBe(7 * hour);
	expect(watch.soFar).toBeLessThan(45_000_000_000n);
}, 60_000);
