import type {CountMetric, MetricsUpdate, Namespace} from '../../domain/metrics/metrics.ts';
import type {Point} from '../../domain/metrics/series.ts';
import type {Allowance} from '../../domain/watching/allowance.ts';
import {
	type Activity,
	type AskHistory,
	activityOf,
	dueGroups,
	type Group,
	nextDueAt,
} from '../../domain/watching/metric-schedule.ts';
import type {Aws} from '../aws/aws.ts';
import {createMetricQuestions, type Range, vocabulary} from './metric-questions.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const listEveryUnits = 15;
/** CloudWatch goes on revising its last minutes: they are asked for again. */
const overlapMs = 15 * minuteMs;
/** After so many models that could not be read, the others are not asked for this time. */
const mostFailures = 3;
/** 2 models × 4 metrics at a time: quick enough for a first answer, far below CloudWatch's 400 a second. */
const modelsAtOnce = 2;
const metricsAtOnce = 4;

const metricsOf: Readonly<Record<Exclude<Group, 'speed'>, readonly CountMetric[]>> = {
	life: ['Invocations'],
	trouble: ['InvocationThrottles', 'InvocationClientErrors'],
	tokens: ['InputTokenCount', 'OutputTokenCount', 'CacheReadInputTokens', 'CacheWriteInputTokens'],
};

type MetricsOptions = {
	readonly aws: Aws;
	readonly region: string;
	readonly now: () => number;
	/** The refresh interval, ms: all waits are multiples of it. */
	readonly unitMs: number;
	readonly allowance: Allowance;
	/** Whether replies of this machine have just come from that id. */
	readonly isMine: (profile: string) => boolean;
};

/** How far back is read, and the moment at which an hour is to begin so that a window can begin there, epoch ms. */
export type Reach = {readonly since: number; readonly edge: number};

export type MetricsSource = {
	/**
	 * Asks what is due, after `refreshNow` for signs of life besides; hands over each model's answers as they come. The first
	 * time it reads all since then: hours up to the last one or two, then minutes. A model that cannot be read is
	 * handed over as such and keeps none of the others from being read; rejects with the first error then.
	 */
	read(reach: Reach, onUpdate: (update: MetricsUpdate) => void, signal: AbortSignal): Promise<void>;
	/** How long until something is due, ms. */
	dueInMs(): number;
	refreshNow(): void;
};

type Series = {readonly namespace: Namespace; readonly profile: string};
type Memory = AskHistory & {
	readonly since: number;
	readonly minutesFrom: number;
	/** Calls by minute of the last hour or two, to tell news from repetition. */
	readonly known: ReadonlyMap<number, number>;
};

const floorMinute = (at: number) => Math.floor(at / minuteMs) * minuteMs;

const mapWithLimit = async <T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>) => {
	const results: R[] = new Array(items.length);
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const index = next++;
			results[index] = await work(items[index] as T);
		}
	};
	await Promise.all(Array.from({length: Math.min(limit, items.length)}, worker));
	return results;
};

/** The last hour or two are read by minute, what lies before by hours that may begin at any minute. */
const firstMemory = ({since, edge}: Reach, now: number): Memory => {
	const start = floorMinute(edge) - Math.ceil((floorMinute(edge) - floorMinute(since)) / hourMs) * hourMs;
	const hours = Math.max(0, Math.floor((now - hourMs - start) / hourMs));
	return {askedAt: {}, since: start, minutesFrom: start + hours * hourMs, known: new Map()};
};

const learn = (memory: Memory, points: readonly Point[], hours: readonly Point[], now: number): Memory => {
	const calls = [...hours, ...points].filter(([, value]) => value > 0);
	const isNews = calls.some(([at, value]) => memory.known.get(at) !== value);
	const newest = Math.max(memory.calledAt ?? Number.NEGATIVE_INFINITY, ...calls.map(([at]) => at));
	const recent = [...memory.known, ...points].filter(([at]) => at > now - 2 * hourMs);
	return {
		...memory,
		newsAt: isNews ? now : memory.newsAt,
		calledAt: Number.isFinite(newest) ? newest : undefined,
		known: new Map(recent),
	};
};

/** `AWS/Bedrock` and `AWS/BedrockMantle` per model: what changes is asked often, what does not seldom. */
export const createMetrics = ({aws, region, now, unitMs, allowance, isMine}: MetricsOptions): MetricsSource => {
	const questions = createMetricQuestions(aws, region);
	const memories = new Map<string, Memory>();
	let series: readonly Series[] = [];
	let listedAt = Number.NEGATIVE_INFINITY;
	let isRefreshAsked = false;

	const list = async (signal: AbortSignal) => {
		const found: Series[] = [];
		for (const namespace of Object.keys(vocabulary) as Namespace[]) {
			const profiles = await questions.models(namespace, signal);
			found.push(...profiles.map(profile => ({namespace, profile})));
		}
		[series, listedAt] = [found, now()];
	};

	const keyOf = ({namespace, profile}: Series) => `${namespace} ${profile}`;
	const askingOf = (memory: Memory, {profile}: Series, at: number) => {
		const activity: Activity = activityOf(memory, isMine(profile), at);
		return {activity, unitMs, stretch: allowance.stretch(at)};
	};

	const readGroup = async (one: Series, memory: Memory, group: Exclude<Group, 'speed'>, signal: AbortSignal) => {
		const end = floorMinute(now()) + minuteMs;
		const last = memory.askedAt[group];
		const start = last === undefined ? memory.minutesFrom : floorMinute(Math.min(last, end) - overlapMs);
		const minutes: Range = {start: Math.max(start, memory.minutesFrom), end, periodMs: minuteMs};
		const hours: Range = {start: memory.since, end: memory.minutesFrom, periodMs: hourMs};
		const isFirst = last === undefined && hours.start < hours.end;
		const answers = await mapWithLimit(metricsOf[group], metricsAtOnce, async metric => {
			const of = {...one, metric};
			const byHour = isFirst ? await questions.sums(of, hours, signal) : [];
			return {metric, byHour, byMinute: await questions.sums(of, minutes, signal)};
		});
		return {
			points: answers.map(({metric, byMinute}) => [metric, byMinute] as const),
			hours: answers.map(({metric, byHour}) => [metric, byHour] as const),
		};
	};

	const readSpeed = async ({profile}: Series, signal: AbortSignal) => {
		const end = floorMinute(now()) + minuteMs;
		const p50LatencyMs = await questions.median(profile, 'InvocationLatency', end, signal);
		return {p50LatencyMs, p50FirstTokenMs: await questions.median(profile, 'TimeToFirstToken', end, signal)};
	};

	const readModel = async (one: Series, reach: Reach, isForced: boolean, signal: AbortSignal) => {
		const at = now();
		const before = memories.get(keyOf(one));
		let memory = before !== undefined && before.since <= reach.since ? before : firstMemory(reach, at);
		const isDue = (group: Group) => dueGroups(memory, askingOf(memory, one, at), at).includes(group);
		const asked: Group[] = [];
		const points: MetricsUpdate['points'][number][] = [];
		const hours: MetricsUpdate['points'][number][] = [];
		for (const group of ['life', 'trouble', 'tokens'] as const) {
			const isAsked = isDue(group) || (isForced && group === 'life');
			if (!isAsked) continue;
			const answer = await readGroup(one, memory, group, signal);
			points.push(...answer.points);
			hours.push(...answer.hours);
			if (group === 'life') memory = learn(memory, answer.points[0]?.[1] ?? [], answer.hours[0]?.[1] ?? [], at);
			asked.push(group);
		}
		const isSpeedAsked = one.namespace === 'AWS/Bedrock' && isDue('speed');
		const speed = isSpeedAsked ? await readSpeed(one, signal) : undefined;
		if (isSpeedAsked) asked.push('speed');
		const askedAt = {...memory.askedAt, ...Object.fromEntries(asked.map(group => [group, at]))};
		memories.set(keyOf(one), {...memory, askedAt});
		return {...one, region, points, hours, minutesFrom: memory.minutesFrom, ...(speed !== undefined && {speed})};
	};

	const isListDue = () => now() - listedAt >= listEveryUnits * unitMs || now() < listedAt;

	return {
		async read(reach, onUpdate, signal) {
			const isForced = isRefreshAsked;
			isRefreshAsked = false;
			if (isListDue()) await list(signal);
			for (const one of series) {
				const memory = memories.get(keyOf(one));
				const isNew = memory === undefined || memory.since > reach.since;
				if (isNew) onUpdate({...one, region, points: [], isUnread: true});
			}
			const errors: unknown[] = [];
			await mapWithLimit(series, modelsAtOnce, async one => {
				if (errors.length >= mostFailures) return;
				try {
					onUpdate(await readModel(one, reach, isForced, signal));
				} catch (error) {
					signal.throwIfAborted();
					errors.push(error);
					onUpdate({...one, region, points: [], isUnread: true});
				}
			});
			if (errors.length > 0) throw errors[0];
		},
		refreshNow() {
			isRefreshAsked = true;
		},
		dueInMs() {
			const at = now();
			if (isListDue()) return allowance.owedMs(at);
			const dues = series.map(one => {
				const memory = memories.get(keyOf(one));
				return memory === undefined ? at : nextDueAt(memory, askingOf(memory, one, at));
			});
			const listDueAt = listedAt + listEveryUnits * unitMs;
			return Math.max(allowance.owedMs(at), Math.min(listDueAt, ...dues) - at, 0);
		},
	};
};
