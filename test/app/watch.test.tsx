import fc from 'fast-check';
import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {createWatching} from '../../source/app/watch.ts';
import {windowAt} from '../../source/domain/common/window.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {Polling} from '../../source/hooks/polling.tsx';
import {createStore} from '../../source/polling/store.ts';
import {keepRunning} from '../../source/polling/watching.ts';
import {cloudtrail} from '../../source/sources/cloudtrail/source.ts';
import {cloudwatch} from '../../source/sources/cloudwatch/source.ts';
import {identity} from '../../source/sources/identity/source.ts';
import {inferenceProfiles} from '../../source/sources/inference-profiles/source.ts';
import {prerequisites} from '../../source/sources/prerequisites/source.ts';
import type {OpenSource, Source} from '../../source/sources/source.ts';
import {answeredAt, statusesOf} from '../../source/state/health.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {contextOf} from '../support/context.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {opening} from '../support/fixture.ts';
import {settingsSince} from '../support/settings.ts';

const minute = 60_000;

const bedrockIn = (region: string): Configuration => ({
	provider: 'bedrock',
	providerFrom: {kind: 'default'} as never,
	region,
	regionFrom: {kind: 'default'} as never,
	regionPrefix: 'us',
	findings: [],
});

type Read = (key: string, signal: AbortSignal) => Promise<void>;

/** A source that only notes where it is asked. */
const asking = (source: Source, read: Read, others: Partial<OpenSource> = {}): Source =>
	opening(source, (_, region) => ({
		read: (_dispatch, signal) => read(region === undefined ? source.name : `${source.name} ${region}`, signal),
		explain: error => ({kind: 'unexpected', message: String(error)}),
		...others,
	}));

const createHouse = (sources: readonly Source[]) => {
	const clock = createFakeClock();
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(clock.now() - 60 * minute)));
	const watching = createWatching(sources, {store, clock, context: contextOf({store, clock}), random: () => 1});
	return {
		...{clock, store, watching},
		/** Sessions that run in these regions, each in a folder of its own. */
		run(...regions: readonly string[]) {
			const byFolder = new Map(regions.map(region => [`/${region}`, bedrockIn(region)]));
			store.dispatch({type: 'configuration', base: bedrockIn(regions[0] ?? 'us-east-1'), byFolder});
			const sessions = regions.map((region, pid) => ({pid, sessionId: region, cwd: `/${region}`, running: true}));
			store.dispatch({type: 'sessions', sessions});
		},
	};
};

type House = ReturnType<typeof createHouse>;
const begin = {
	'without React': ({watching, store}: House) => keepRunning(watching, store.subscribe),
	'by the hooks that the app mounts': ({watching, store}: House) =>
		render(<Polling watching={watching} subscribe={store.subscribe} />).unmount,
};

test.each(Object.entries(begin))(
	'of two regions one goes: what remains is as old as the other (%s)',
	async (_, start) => {
		const house = createHouse([asking(cloudtrail, async () => undefined)]);
		const {clock, store, run} = house;
		run('eu-west-1', 'us-east-1');
		const stop = start(house);
		await expect.poll(() => clock.advance(0).then(() => answeredAt(store.getState(), 'cloudtrail'))).toBe(clock.now());
		run('us-east-1');
		await expect
			.poll(() => statusesOf(store.getState(), 'cloudtrail').map(({region}) => region))
			.toEqual(['us-east-1']);
		await clock.advance(11 * minute);
		expect(answeredAt(store.getState(), 'cloudtrail')).toBe(clock.now());
		run('eu-west-1', 'us-east-1');
		await expect.poll(() => clock.advance(0).then(() => statusesOf(store.getState(), 'cloudtrail').length)).toBe(2);
		stop();
		// Who leaves still shows what was known last.
		expect(statusesOf(store.getState(), 'cloudtrail')).toHaveLength(2);
		await clock.advance(minute);
		expect(clock.pending()).toBe(0);
	},
);

test('what was given up while it was read neither counts nor keeps its status', async () => {
	const late: (() => void)[] = [];
	const slow = opening(cloudtrail, () => ({
		read: dispatch =>
			new Promise(resolve => {
				late.push(() => {
					dispatch({type: 'sdkRegion', region: 'late'});
					resolve();
				});
			}),
		explain: error => ({kind: 'unexpected', message: String(error)}),
	}));
	const {clock, store, watching, run} = createHouse([slow]);
	run('eu-west-1', 'us-east-1');
	const stop = keepRunning(watching, store.subscribe);
	await clock.advance(0);
	expect(late).toHaveLength(2);
	run('us-east-1');
	late[0]?.();
	await clock.advance(0);
	expect(store.getState().sdkRegion).toBeUndefined();
	expect([...store.getState().sources.keys()]).toEqual(['cloudtrail us-east-1']);
	late[1]?.();
	await clock.advance(0);
	expect(store.getState().sdkRegion).toBe('late');
	stop();
});

test('a source is asked as soon as it is needed, and again at once for a new reason', async () => {
	const asked: string[] = [];
	const read: Read = async key => {
		asked.push(key);
	};
	const {clock, store, watching, run} = createHouse(
		[identity, cloudwatch, prerequisites, inferenceProfiles].map(source => asking(source, read)),
	);
	const stop = keepRunning(watching, store.subscribe);
	await clock.advance(0);
	expect(asked).toEqual([]);
	run('us-east-1', 'us-west-2');
	await clock.advance(0);
	expect(asked.splice(0)).toEqual(['identity', 'cloudwatch us-east-1', 'cloudwatch us-west-2']);
	store.dispatch({
		type: 'slice',
		source: 'identity',
		value: {kind: 'iam-user', arn: 'arn:aws:iam::123456789012:user/a'},
	});
	await clock.advance(0);
	// In one region is enough: IAM answers for all.
	expect(asked.splice(0)).toEqual(['prerequisites us-east-1']);
	run('eu-west-1');
	await clock.advance(0);
	expect(asked.splice(0).sort()).toEqual(['cloudwatch eu-west-1', 'identity', 'prerequisites eu-west-1']);
	const turn = (id: string, requestedModel: string) => ({
		...{id, at: clock.now(), sessionId: id, model: 'claude-opus-5-5', requestedModel, provider: 'bedrock' as const},
		usage: {input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
		...{lowerBound: false, sidechain: false},
	});
	const profile = (name: string) =>
		`arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/${name}23456789`;
	const reply = (id: string, model: string) =>
		store.dispatch({type: 'transcripts', turns: [turn(id, model)], failures: []});
	reply('a', 'eu.anthropic.claude-opus-5-5');
	await clock.advance(0);
	expect(asked.splice(0)).toEqual(['cloudwatch eu-west-1']);
	reply('b', profile('abc'));
	await clock.advance(0);
	expect(asked.splice(0).sort()).toEqual(['cloudwatch eu-west-1', 'inference-profiles']);
	reply('c', profile('xyz'));
	await clock.advance(0);
	expect(asked.splice(0)).toContain('inference-profiles');
	watching.refresh();
	await clock.advance(0);
	expect(asked.sort()).toEqual(['cloudwatch eu-west-1', 'identity', 'inference-profiles', 'prerequisites eu-west-1']);
	stop();
	expect(clock.pending()).toBe(0);
});

test('a new reason does not make a source ask before it is due', async () => {
	const asked: string[] = [];
	const read: Read = async key => {
		asked.push(key);
	};
	let dueInMs = 5 * minute;
	const {clock, store, watching, run} = createHouse([asking(cloudwatch, read, {dueInMs: () => dueInMs})]);
	run('us-east-1');
	const stop = keepRunning(watching, store.subscribe);
	await clock.advance(0);
	const reply = (id: string, model: string) =>
		store.dispatch({
			...{type: 'transcripts', failures: []},
			turns: [
				{
					...{id, at: clock.now(), sessionId: id, model, requestedModel: model, provider: 'bedrock'},
					usage: {input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
					...{lowerBound: false, sidechain: false},
				},
			],
		});
	reply('a', 'us.anthropic.claude-opus-5-5');
	await clock.advance(0);
	expect(asked).toHaveLength(1);
	dueInMs = 0;
	reply('b', 'us.anthropic.claude-haiku-5-5');
	await clock.advance(0);
	expect(asked).toHaveLength(2);
	stop();
});

test('the window goes along with the time', async () => {
	const {clock, store, watching} = createHouse([]);
	const stop = keepRunning(watching, store.subscribe);
	const dayMs = 24 * 60 * minute;
	await clock.advance(dayMs);
	expect(store.getState().spendSince).toBe(windowAt(clock.now(), {limits: {}}).spendSince);
	stop();
	expect(clock.pending()).toBe(0);
});

test('no source is read twice at once in one place, whatever comes and goes; stopped, nothing is left', async () => {
	const regions = ['eu-west-1', 'us-east-1', 'us-west-2'];
	const step = fc.oneof(
		fc.record({kind: fc.constant('run' as const), regions: fc.subarray(regions)}),
		fc.record({kind: fc.constant('wait' as const), ms: fc.integer({min: 0, max: 3 * minute})}),
		fc.record({kind: fc.constantFrom('refresh' as const, 'answer' as const, 'fail' as const)}),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, {maxLength: 12}), async steps => {
			const reading = new Map<string, (error?: Error) => void>();
			let overlaps = 0;
			// Files are read to their end although nobody waits any more: the signal is not looked at.
			const read: Read = key =>
				new Promise((resolve, reject) => {
					if (reading.has(key)) overlaps++;
					reading.set(key, error => {
						reading.delete(key);
						if (error === undefined) resolve();
						else reject(error);
					});
				});
			const {clock, store, watching, run} = createHouse([cloudtrail, identity].map(source => asking(source, read)));
			const stop = keepRunning(watching, store.subscribe);
			for (const it of steps) {
				if (it.kind === 'run') run(...it.regions);
				else if (it.kind === 'wait') await clock.advance(it.ms);
				else if (it.kind === 'refresh') watching.refresh();
				else for (const end of [...reading.values()]) end(it.kind === 'fail' ? new Error('fault') : undefined);
				await clock.advance(0);
				const wanted = new Set(watching.wanted().map(({key}) => key));
				expect([...store.getState().sources.keys()].filter(key => !wanted.has(key))).toEqual([]);
			}
			stop();
			for (const end of [...reading.values()]) end();
			await clock.advance(0);
			expect(overlaps).toBe(0);
			expect(reading.size).toBe(0);
			expect(clock.pending()).toBe(0);
		}),
		{numRuns: 25},
	);
});
