import type {Dimension, GetMetricStatisticsCommandInput} from '@aws-sdk/client-cloudwatch';
import {describe, expect, test} from 'vitest';
import type {MetricsUpdate} from '../../../source/domain/metrics/metrics.ts';
import {createAllowance} from '../../../source/domain/watching/allowance.ts';
import type {Aws} from '../../../source/sources/aws/aws.ts';
import {createMetrics} from '../../../source/sources/cloudwatch/metrics.ts';

const hour = 3_600_000;
const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12, 30, 15);

type Question = {readonly profile: string; readonly metric: string; readonly start: number; readonly period: number};

/** CloudWatch with some models, each called once at a time; what `fails` says of a question is not answered. */
const cloudWatch = (models: Readonly<Record<string, number>>, fails: (question: Question) => boolean = () => false) => {
	const asked: Question[] = [];
	class GetMetricStatisticsCommand {
		readonly input: Question & {readonly end: number};
		constructor({MetricName, Dimensions, StartTime, EndTime, Period}: GetMetricStatisticsCommandInput) {
			const [start, end] = [Number(StartTime), Number(EndTime)];
			const [{Value: profile = ''} = {}] = (Dimensions ?? []) as readonly Partial<Dimension>[];
			this.input = {profile, metric: MetricName ?? '', start, end, period: Period ?? 0};
		}
	}
	const send = async ({input}: GetMetricStatisticsCommand) => {
		asked.push(input);
		if (fails(input)) throw new Error('InternalFailure');
		const {profile, metric, start, end, period} = input;
		const at = models[profile] ?? 0;
		const isAnswered = metric === 'Invocations' && at >= start && at < end;
		const bucket = start + Math.floor((at - start) / (period * 1000)) * period * 1000;
		return {Datapoints: isAnswered ? [{Timestamp: new Date(bucket), Sum: 1}] : []};
	};
	const paginateListMetrics = async function* (_: unknown, {Namespace}: {Namespace: string}) {
		const names = Namespace === 'AWS/Bedrock' ? Object.keys(models) : [];
		yield {Metrics: names.map(Value => ({MetricName: 'Invocations', Dimensions: [{Name: 'ModelId', Value}]}))};
	};
	const aws = {cloudWatch: async () => ({client: {send}, sdk: {GetMetricStatisticsCommand, paginateListMetrics}})};
	return {asked, aws: aws as unknown as Aws};
};

const open = (aws: Aws) =>
	createMetrics({
		...{aws, region: 'us-east-1', now: () => now, unitMs: minute, isMine: () => false},
		allowance: createAllowance(undefined, now),
	});

const read = async (aws: Aws, since: number, edge = since) => {
	const updates: MetricsUpdate[] = [];
	const metrics = open(aws);
	const reading = metrics.read({since, edge}, update => updates.push(update), new AbortController().signal);
	const error = await reading.then(
		() => undefined,
		(reason: Error) => reason.message,
	);
	return {updates, error, metrics};
};

const last = (updates: readonly MetricsUpdate[], profile: string) => updates.findLast(one => one.profile === profile);

describe('the first hour of a window', () => {
	test.each([1, 6, 24, 7 * 24])('of %i hours is read from its whole minute on', async hours => {
		const since = now - hours * hour;
		const {updates, error} = await read(cloudWatch({a: since + minute}).aws, since);
		expect(error).toBeUndefined();
		const {points, hours: byHour, minutesFrom} = last(updates, 'a') as MetricsUpdate;
		const all = [...points, ...(byHour ?? [])].flatMap(([metric, values]) => (metric === 'Invocations' ? values : []));
		const wholeMinute = since - 15_000;
		expect(all).toEqual([[hours === 1 ? wholeMinute + minute : wholeMinute, 1]]);
		expect(minutesFrom).toBe(wholeMinute + Math.max(0, hours - 1) * hour);
	});
});

test('an hour begins where the window does, however far back is read', async () => {
	const edge = now - 6 * hour;
	const {updates} = await read(cloudWatch({a: edge + minute}).aws, now - 12.5 * hour, edge);
	const {hours = []} = last(updates, 'a') as MetricsUpdate;
	expect(hours.find(([metric]) => metric === 'Invocations')?.[1]).toEqual([[edge - 15_000, 1]]);
});

describe('a model that cannot be read', () => {
	const isOfB = ({profile, metric}: Question) => profile === 'b' && metric === 'OutputTokenCount';
	test('is handed over as such, the others are read, and the reading fails', async () => {
		const {updates, error} = await read(
			cloudWatch({a: now - minute, b: now - minute, c: now - minute}, isOfB).aws,
			now - hour,
		);
		expect(error).toBe('InternalFailure');
		expect(['a', 'b', 'c'].map(profile => last(updates, profile)?.isUnread ?? false)).toEqual([false, true, false]);
	});

	test('is known by name before anything was read of it', async () => {
		const {updates} = await read(cloudWatch({a: now - minute}).aws, now - hour);
		expect(updates.map(({isUnread = false}) => isUnread)).toEqual([true, false]);
	});

	test('is asked again at the next reading', async () => {
		let isBroken = true;
		const {aws} = cloudWatch({a: now - minute}, () => isBroken);
		const {metrics, error} = await read(aws, now - hour);
		expect(error).toBe('InternalFailure');
		isBroken = false;
		const updates: MetricsUpdate[] = [];
		await metrics.read(
			{since: now - hour, edge: now - hour},
			update => updates.push(update),
			new AbortController().signal,
		);
		expect(last(updates, 'a')?.isUnread ?? false).toBe(false);
	});

	test('keeps most of many others from being asked where all fail', async () => {
		const {aws, asked} = cloudWatch({a: 0, b: 0, c: 0, d: 0, e: 0, f: 0}, () => true);
		const {updates} = await read(aws, now - hour);
		expect(new Set(asked.map(({profile}) => profile)).size).toBeLessThan(6);
		expect(['a', 'f'].map(profile => last(updates, profile)?.isUnread)).toEqual([true, true]);
	});
});
