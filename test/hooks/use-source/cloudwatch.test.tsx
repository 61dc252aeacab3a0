import {useState} from 'react';
import {expect, test} from 'vitest';
import {type CountMetric, seriesOf} from '../../../source/domain/metrics/metrics.ts';
import {sumSince} from '../../../source/domain/metrics/series.ts';
import {useSource} from '../../../source/hooks/use-source.ts';
import {cloudwatch} from '../../../source/sources/cloudwatch/source.ts';
import type {State} from '../../../source/state/state.ts';
import {createKit, probe} from '../../support/probe.tsx';

const describe = (state: State): string => {
	const models = [...state.metrics.values()].map(model => {
		const sum = (metric: CountMetric) => sumSince(seriesOf(model, metric), 0);
		const tokens = ['InputTokenCount', 'OutputTokenCount', 'CacheReadInputTokens', 'CacheWriteInputTokens'] as const;
		return `${model.profile} ${sum('Invocations')} calls ${tokens.map(sum).join('/')} p50 ${model.p50LatencyMs}`;
	});
	const problem = state.sources.get('cloudwatch us-east-1')?.problem;
	return [...models, problem === undefined ? 'no problem' : `${problem.kind}: ${problem.fix ?? ''}`].join(', ');
};

const mount = (cassette: string, refreshMs = 6000) => {
	const kit = createKit(cassette, refreshMs);
	const mounted = () => {
		const [watched] = useState(() => kit.watch(cloudwatch, 'us-east-1'));
		useSource(watched);
	};
	return {kit, ...probe(kit, mounted, describe)};
};

const first = 'us.anthropic.claude-opus-5-5 5 calls 50/1000/21000/900 p50 3100, no problem';
const second = 'us.anthropic.claude-opus-5-5 11 calls 56/1006/21006/906 p50 3100, no problem';

test('sums the first answer; the second replaces minutes that CloudWatch corrected and adds the new one', async () => {
	const {kit, shows, unmount} = mount('metrics');
	await shows(first);
	await kit.clock.advance(60_000);
	await shows(second);
	unmount();
});

test('models that only others call are asked every ten minutes', async () => {
	const {kit, shows, unmount} = mount('metrics', 60_000);
	await shows(first);
	await kit.clock.advance(599_000);
	await shows(first);
	await kit.clock.advance(1000);
	await shows(second);
	unmount();
});

test.each([
	['throttled', 'throttled', 60_000],
	['expired', 'credentials: aws sso login', 120_000],
])('%s: says so and heals', async (fault, said, healedAfterMs) => {
	const {kit, shows, unmount} = mount(`metrics-${fault}`);
	await shows(said);
	await kit.clock.advance(healedAfterMs);
	await shows(/calls .*no problem/);
	unmount();
});

test('denied: names both permissions', async () => {
	const {shows, unmount} = mount('metrics-denied');
	await shows('denied: allow cloudwatch:ListMetrics, cloudwatch:GetMetricStatistics');
	unmount();
});

test('unmounting stops every timer', async () => {
	const {kit, shows, unmount} = mount('metrics');
	await shows(first);
	unmount();
	expect(kit.clock.pending()).toBe(0);
});
