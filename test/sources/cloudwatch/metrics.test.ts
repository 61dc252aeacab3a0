import {describe, expect, test} from 'vitest';
import type {MetricsUpdate} from '../../../source/domain/metrics/metrics.ts';
import {createAllowance} from '../../../source/domain/watching/allowance.ts';
import {createMetrics} from '../../../source/sources/cloudwatch/metrics.ts';
import {awsAnswering, bodyOf} from '../../support/aws-answers.ts';
import {minuteMs, noon} from '../../support/builders.ts';

const hourMs = 60 * minuteMs;
const opus = 'us.anthropic.claude-opus-5-5';
const {signal} = new AbortController();

type Given = {
	readonly isMine?: boolean;
	/** What CloudWatch counts, at the minute of each. */
	readonly calls?: readonly (readonly [at: number, count: number])[];
};

/** CloudWatch over a model, with a clock that is set by hand, and what it is asked in short. */
const watched = ({isMine = false, calls = [[noon - 5 * minuteMs, 2]]}: Given = {}) => {
	let [at, counted] = [noon, calls];
	const asked: string[] = [];
	const short = (seconds: unknown) => Math.round((Number(seconds) * 1000 - noon) / minuteMs);
	const aws = awsAnswering(request => {
		const {MetricName: name, Namespace: namespace, StartTime: start, EndTime: end, Period: period} = bodyOf(request);
		if (start === undefined) {
			asked.push(`list ${namespace}`);
			const Metrics = [{MetricName: 'Invocations', Dimensions: [{Name: 'ModelId', Value: opus}]}];
			return Response.json({Metrics: namespace === 'AWS/Bedrock' ? Metrics : []});
		}
		asked.push(`${name} ${short(start)} ${short(end)} ${period}`);
		const within = counted.filter(([time]) => time >= Number(start) * 1000 && time < Number(end) * 1000);
		const Datapoints = within.map(([time, Sum]) => ({Timestamp: time / 1000, Sum, ExtendedStatistics: {p50: 900}}));
		return Response.json({Datapoints});
	});
	const metrics = createMetrics({
		...{aws, region: 'us-east-1', now: () => at, unitMs: minuteMs, allowance: createAllowance(undefined, noon)},
		isMine: () => isMine,
	});
	return {
		metrics,
		count: (...more: typeof calls) => {
			counted = more;
		},
		/** Some minutes after noon: what is asked then, sorted, and what is learnt. */
		async read(minutes = 0, since = noon - 30 * minuteMs) {
			at = noon + minutes * minuteMs;
			asked.length = 0;
			const updates: MetricsUpdate[] = [];
			await metrics.read({since, edge: since}, update => updates.push(update), signal);
			return {asked: [...asked].sort(), updates, dueInMs: metrics.dueInMs()};
		},
	};
};
const namesOf = (asked: readonly string[]) => asked.map(one => one.split(' ')[0]);
const tokens = ['CacheReadInputTokens', 'CacheWriteInputTokens', 'InputTokenCount', 'OutputTokenCount'];
const trouble = ['InvocationClientErrors', 'InvocationThrottles'];

describe('the first time', () => {
	test('everything is asked for, by minute up to now', async () => {
		const {asked, updates} = await watched().read();
		expect(asked).toEqual([
			...['CacheReadInputTokens', 'CacheWriteInputTokens', 'InputTokenCount'].map(name => `${name} -30 1 60`),
			...['InvocationClientErrors -30 1 60', 'InvocationLatency -59 1 3600', 'InvocationThrottles -30 1 60'],
			...['Invocations -30 1 60', 'OutputTokenCount -30 1 60', 'TimeToFirstToken -59 1 3600'],
			...['list AWS/Bedrock', 'list AWS/BedrockMantle'],
		]);
		expect(updates).toMatchObject([
			{region: 'us-east-1', profile: opus, isUnread: true},
			{region: 'us-east-1', profile: opus, minutesFrom: noon - 30 * minuteMs, speed: {p50LatencyMs: 900}},
		]);
	});

	test.each([
		[119, []],
		[120, ['Invocations -120 -60 3600']],
		[185, ['Invocations -185 -65 3600']],
	])('%i minutes back the time before the last hour or two is asked for by hour', async (minutes, expected) => {
		const {asked} = await watched().read(0, noon - minutes * minuteMs);
		expect(asked.filter(one => /^Invocations .* 3600$/.test(one))).toEqual(expected);
	});

	test('tokens and speed are not asked for where nobody has called', async () => {
		const {asked} = await watched({calls: [[noon - minuteMs, 0]]}).read();
		expect(namesOf(asked)).toEqual([...trouble, 'Invocations', 'list', 'list']);
	});
});

describe('after that', () => {
	test('what may still change is asked for again, when it is due', async () => {
		const {read} = watched();
		expect((await read()).dueInMs).toBe(10 * minuteMs);
		expect((await read(9)).asked).toEqual([]);
		const {asked} = await read(10);
		expect(namesOf(asked)).toEqual([...tokens.slice(0, 3), 'Invocations', 'OutputTokenCount']);
		expect(asked).toContain('Invocations -15 11 60');
	});

	test('a model that replies here is asked every two units', async () => {
		const {read} = watched({isMine: true});
		await read();
		expect(namesOf((await read(1)).asked)).toEqual([]);
		expect(namesOf((await read(2)).asked)).toEqual(['Invocations']);
	});

	test('a refresh asks for signs of life at once, and once', async () => {
		const {read, metrics} = watched();
		await read();
		metrics.refreshNow();
		expect(namesOf((await read(1)).asked)).toEqual(['Invocations']);
		expect(namesOf((await read(1)).asked)).toEqual([]);
	});

	test('models are looked for every fifteen units', async () => {
		const {read} = watched();
		await read();
		expect((await read(14)).asked.filter(one => one.startsWith('list'))).toEqual([]);
		expect((await read(15)).asked).toContain('list AWS/Bedrock');
	});

	test('and at once where the clock was set back', async () => {
		const {read} = watched();
		await read();
		expect((await read(-1)).asked).toContain('list AWS/Bedrock');
	});

	test('tokens are asked for until they have settled after the last news', async () => {
		const {read, count} = watched();
		await read();
		await read(10);
		expect(namesOf((await read(20)).asked)).not.toContain('InputTokenCount');
		count([noon - 5 * minuteMs, 2], [noon + 25 * minuteMs, 1]);
		expect(namesOf((await read(30)).asked)).toContain('InputTokenCount');
	});

	test('a longer window is read anew, a shorter one is not', async () => {
		const {read} = watched();
		await read();
		expect((await read(1, noon - 20 * minuteMs)).asked).toEqual([]);
		expect((await read(1, noon - 4 * hourMs)).asked).toContain('Invocations -240 -60 3600');
	});
});

describe('models that cannot be read', () => {
	const readAll = async (models: readonly string[], failing: string) => {
		const asked = new Set<string>();
		const aws = awsAnswering(request => {
			const {Namespace: namespace, StartTime: start, Dimensions} = bodyOf(request);
			if (start === undefined) {
				const Metrics = models.map(Value => ({MetricName: 'Invocations', Dimensions: [{Name: 'ModelId', Value}]}));
				return Response.json({Metrics: namespace === 'AWS/Bedrock' ? Metrics : []});
			}
			const [{Value: model}] = Dimensions as [{Value: string}];
			asked.add(model);
			return failing.includes(model) ? Response.json({message: model}, {status: 400}) : Response.json({Datapoints: []});
		});
		const metrics = createMetrics({
			...{aws, region: 'us-east-1', now: () => noon, unitMs: minuteMs, allowance: createAllowance(undefined, noon)},
			isMine: () => false,
		});
		const updates: MetricsUpdate[] = [];
		const reach = {since: noon - 30 * minuteMs, edge: noon - 30 * minuteMs};
		const failed = metrics
			.read(reach, update => updates.push(update), signal)
			.then(
				() => undefined,
				(error: Error) => error.message,
			);
		return {
			error: await failed,
			asked: [...asked].sort().join(''),
			last: new Map(updates.map(one => [one.profile, one.isUnread === true])),
		};
	};

	test.each([
		['abcdef', '', 'abcdef', false],
		['a', 'a', 'a', true],
		['abcdef', 'b', 'abcdef', true],
		['abcdef', 'bd', 'abcdef', true],
	])('of %s, where %s cannot, all others are, and it is said', async (models, failing, asked, isError) => {
		const found = await readAll([...models], failing);
		expect(found.asked).toBe(asked);
		expect(found.error !== undefined).toBe(isError);
		expect([...models].map(model => found.last.get(model))).toEqual([...models].map(model => failing.includes(model)));
	});

	test('after the third no other is asked', async () => {
		const {asked, error} = await readAll([...'abcdefgh'], 'abcdefgh');
		expect(asked.length).toBeGreaterThanOrEqual(3);
		expect(asked.length).toBeLessThanOrEqual(4);
		expect(error).toBeDefined();
	});
});
