import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Call, TrailRecord} from '../../source/domain/calls/call.ts';
import type {MetricsUpdate} from '../../source/domain/metrics/metrics.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import {createKeymap} from '../../source/screen/input/keymap.ts';
import {initialUi} from '../../source/screen/input/ui.ts';
import {composeScreen} from '../../source/screen/layout/screen.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {settingsSince} from '../support/settings.ts';
import {median} from './start.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const now = new Date(2026, 10, 23, 18).getTime();
const me = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a1b/alice';
const profiles = [
	['claude-opus-5-5', 'us.anthropic.claude-opus-5-5'],
	['claude-haiku-4-5-20251001', 'global.anthropic.claude-haiku-4-5-20251001-v1:0'],
] as const;

/** Replies come at the same pace, so that a longer history reaches further back: 10,000 a day. */
const paceMs = dayMs / 10_000;
const repliesOfSession = 150;

const turnOf = (n: number, at: number): Turn => {
	const [model, requestedModel] = profiles[n % 5 === 0 ? 1 : 0];
	const session = Math.floor(n / repliesOfSession);
	return {
		...{id: `msg_bdrk_01growth${n}`, requestId: `6f0d1c2e-growth-${n}`, at, sessionId: `session-${session}`},
		...{cwd: `/home/dev/project-${session % 20}`, version: '2.1.330', model, requestedModel, provider: 'bedrock'},
		usage: {input: 12, output: 500 + (n % 300), cacheRead: 40_000 + n, cacheWrite5m: 2000, cacheWrite1h: 0},
		...{lowerBound: false, sidechain: false},
	};
};

const callOf = (n: number, at: number): Call => {
	const name = n % 4 === 0 ? 'alice' : `person-${n % 40}`;
	const arn = name === 'alice' ? me : `arn:aws:sts::123456789012:assumed-role/Dev/${name}`;
	return {
		...{eventId: `event-growth-${n}`, requestId: `6f0d1c2e-growth-${n}`, at: Math.floor(at / 1000) * 1000},
		...{operation: 'InvokeModelWithResponseStream', profile: profiles[n % 2 === 0 ? 0 : 1][1], region: 'us-east-1'},
		...{principal: {kind: 'assumed-role', name, arn, accountId: '123456789012'}, bearer: false},
		...{client: 'claude-cli/2.1.330 (external, cli)', outcome: n % 50 === 0 ? 'Throttling' : 'ok'},
	};
};

const metricsOf = (minutes: number, until: number): readonly MetricsUpdate[] =>
	profiles.map(([, profile]) => ({
		...{region: 'us-east-1', profile, minutesFrom: 0},
		points: (['Invocations', 'InputTokenCount', 'OutputTokenCount', 'CacheReadInputTokens'] as const).map(metric => [
			metric,
			Array.from({length: minutes}, (_, index) => [until - index * minuteMs, 1 + (index % 7)] as const),
		]),
	}));

const play = (state: State, actions: Iterable<Action>): State => [...actions].reduce(reduce, state);

const slices = function* <Item>(items: readonly Item[], length: number): Generator<readonly Item[]> {
	for (let from = 0; from < items.length; from += length) yield items.slice(from, from + length);
};

/** A state that knows so much, everything up to now. */
const stateWith = ({replies, calls, minutes}: Size): State => {
	const turns = Array.from({length: replies}, (_, n) => turnOf(n, now - (replies - n) * paceMs));
	const records = Array.from({length: calls}, (_, n): TrailRecord => {
		return {kind: 'call', call: callOf(n, now - ((calls - n) * dayMs) / 60_000)};
	});
	const settings = settingsSince(new Date(now).setHours(0), {
		historySince: 0,
		limits: {day: 10n ** 14n, month: 10n ** 15n},
	});
	return play(initialState(defaultBook, settings), [
		{type: 'slice', source: 'identity', value: {kind: 'sso', name: 'alice', arn: me}},
		...[...slices(turns, 500)].map((part): Action => ({type: 'transcripts', turns: part, failures: []})),
		...[...slices(records, 50)].map((part): Action => ({type: 'trail', records: part})),
		{type: 'metrics', updates: metricsOf(minutes, now), keepSince: 0},
	]);
};

type Size = {readonly replies: number; readonly calls: number; readonly minutes: number};

const sizes: readonly Size[] = [
	{replies: 300, calls: 1000, minutes: 60},
	{replies: 30_000, calls: 10_000, minutes: 24 * 60},
	{replies: 300_000, calls: 60_000, minutes: 14 * 24 * 60},
];

const rounds = 60;
const repeats = 5;

setFlagsFromString('--expose-gc');
const collectGarbage: (() => void) | undefined = runInNewContext('typeof gc === "function" ? gc : undefined');

/** The median of what each of some steps takes, ms; each step goes on from the state before. */
const timed = (state: State, actionOf: (round: number) => Action, look?: (state: State, at: number) => void) => {
	let current = state;
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const action = actionOf(round);
		if (look !== undefined) current = reduce(current, action);
		const startedAt = performance.now();
		if (look === undefined) current = reduce(current, action);
		else look(current, now + round * paceMs);
		// The first ones are those in which code is compiled and closed sums are made.
		if (round >= rounds / 3) times.push(performance.now() - startedAt);
	}
	return median(times);
};

const keymap = createKeymap({});
const draw = (state: State, at: number) =>
	composeScreen(overview(state, at), {columns: 100, rows: 30, ui: initialUi, keymap, isDemo: false});

const steps = {
	'a frame after a reply': (state: State, size: Size) => timed(state, round => reply(size, round), draw),
	'one more reply': (state: State, size: Size) => timed(state, round => reply(size, round)),
	'a page of 50 calls': (state: State, size: Size) => timed(state, round => page(size, round)),
	'a metric update': (state: State) => timed(state, round => metric(round)),
} as const;

const reply = ({replies}: Size, round: number): Action => ({
	...{type: 'transcripts', failures: []},
	turns: [turnOf(replies + round, now + round * paceMs)],
});

/** Every fourth call is mine, and one of the last hundred replies answers it. */
const page = ({calls, replies}: Size, round: number): Action => ({
	type: 'trail',
	records: Array.from({length: 50}, (_, n) => {
		const number = calls + round * 50 + n;
		const call = callOf(number, now + round * minuteMs + n * 1000);
		const answered = n % 4 === 0 ? replies - 1 - (number % 100) : -number;
		return {kind: 'call' as const, call: {...call, requestId: `6f0d1c2e-growth-${answered}`}};
	}),
});

const metric = (round: number): Action => ({
	...{type: 'metrics', keepSince: 0},
	updates: metricsOf(2, now + round * minuteMs).slice(0, 1),
});

/** What one more thing costs, by how much is known: medians in ms, and the last as a multiple of the first. */
export const benchGrowth = (): readonly {
	readonly step: string;
	readonly ms: readonly number[];
	readonly ratio: number;
}[] => {
	const known = sizes.map(size => ({size, state: stateWith(size)}));
	const runs = Object.fromEntries(Object.keys(steps).map(step => [step, sizes.map((): number[] => [])]));
	// Sizes in turn, so that what else the machine does meets all of them; the first run pays for compiling.
	for (let run = -1; run < repeats; run++) {
		for (const [name, step] of Object.entries(steps)) {
			for (const [index, {size, state}] of known.entries()) {
				collectGarbage?.();
				const ms = step(state, size);
				if (run >= 0) runs[name]?.[index]?.push(ms);
			}
		}
	}
	return Object.keys(steps).map(step => {
		const ms = (runs[step] ?? []).map(median);
		return {step, ms, ratio: (ms.at(-1) ?? Number.NaN) / (ms[0] ?? Number.NaN)};
	});
};
