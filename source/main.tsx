import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {localMidnight, overview} from './domain/overview.ts';
import {defaultBook} from './domain/price-book.ts';
import {type Action, initialState, reduce, type State} from './domain/state.ts';
import type {Options} from './options.ts';
import {type Clock, coalesce, systemClock, wait} from './polling/clock.ts';
import {createStore, type Store} from './polling/store.ts';
import {type Aws, type AwsOptions, createAws} from './sources/aws.ts';
import {createIdentityFeed, createMetricsFeed, createTrailFeed, type FeedContext, type Feeds} from './sources/feed.ts';
import {createSessionsFeed, createTranscriptsFeed, type Machine} from './sources/local-feeds.ts';

/** What the program gives to and takes from the process it runs in. */
export type Surroundings = {
	readonly version: string;
	print(text: string): Promise<void>;
	/** Registers what must happen however the process ends; runs once. */
	onEnd(callback: () => void): void;
};

/** A world to watch: this machine and its AWS account, or the simulated ones of the demo. */
type World = {
	readonly machine: Machine;
	readonly aws: Partial<AwsOptions>;
	readonly trailPaceMs?: number;
	readonly refreshMs: number;
	remove(): void;
};

const hourMs = 3_600_000;
/** Background data repaints at most so often; keys are answered at once. */
const paintMs = 250;

const claudeDirectories = (asked: readonly string[], home: string): readonly string[] => {
	if (asked.length > 0) return asked;
	const configured = (process.env.CLAUDE_CONFIG_DIR ?? '').split(',').map(path => path.trim());
	const named = configured.filter(path => path !== '');
	if (named.length > 0) return named;
	return [join(home, '.claude'), join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'claude')];
};

const realWorld = ({claudeDirectories: asked, profile, refreshMs}: Options): World => {
	const home = homedir();
	const shell = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		machine: {
			claudeDirectories: claudeDirectories(asked, home),
			home,
			cwd: process.cwd(),
			platform: process.platform,
			shell: new Map(shell),
			now: systemClock.now,
		},
		aws: {profile},
		refreshMs,
		remove: () => undefined,
	};
};

const demoWorld = async (clock: Clock): Promise<World> => {
	const {openDemo} = await import('./demo/demo.ts');
	const {directory, requestHandler, remove} = await openDemo(clock, tmpdir());
	return {
		machine: {
			claudeDirectories: [directory],
			home: '/home/alice',
			cwd: '/home/alice',
			platform: 'linux',
			shell: new Map(),
			now: clock.now,
			managedDirectory: join(directory, 'managed'),
			isAlive: () => true,
			procStartOf: async () => undefined,
			launchEnvironmentOf: async () => undefined,
		},
		aws: {requestHandler, credentials: {accessKeyId: 'AKIADEMO', secretAccessKey: 'demo'}},
		trailPaceMs: 0,
		refreshMs: 3000,
		remove,
	};
};

const createFeeds = (
	world: World,
	aws: Aws,
	store: Store<State, Action>,
	hasAws: boolean,
	isOneRound: boolean,
): Feeds => {
	const {machine, trailPaceMs} = world;
	const context: FeedContext = {
		aws,
		now: systemClock.now,
		wait: (ms, signal) => wait(systemClock, ms, signal),
		getState: store.getState,
		trailPaceMs,
	};
	const local: Feeds = {
		transcripts: createTranscriptsFeed(machine, store.getState),
		sessions: createSessionsFeed(machine, store.getState),
	};
	if (!hasAws) return local;
	return {
		...local,
		identity: regions => createIdentityFeed(context, regions),
		trail: region => createTrailFeed(context, region, isOneRound),
		metrics: region => createMetricsFeed(context, region),
	};
};

type Run = {
	readonly options: Options;
	readonly world: World;
	readonly store: Store<State, Action>;
	readonly feeds: Feeds;
	readonly surroundings: Surroundings;
};

const report = async ({options, world, store, feeds, surroundings}: Run): Promise<number> => {
	const {collectOnce, hasAnswer} = await import('./commands/collect.ts');
	await collectOnce({store, feeds, clock: systemClock});
	const view = overview(store.getState(), systemClock.now());
	if (options.mode === 'json') {
		const {stringifySafely, toJson} = await import('./view/json.ts');
		const {version} = surroundings;
		await surroundings.print(`${stringifySafely(toJson(view, {version, isDemo: options.isDemo}))}\n`);
	} else {
		const {renderReport} = await import('./commands/report.tsx');
		await surroundings.print(renderReport(view, {isDemo: options.isDemo, home: world.machine.home}));
	}
	return hasAnswer(store.getState()) ? 0 : 2;
};

const monitor = async ({options, world, store, feeds, surroundings}: Run): Promise<number> => {
	const [{render}, {App, interrupted}] = await Promise.all([import('ink'), import('./app.tsx')]);
	const app = (
		<App
			store={store}
			feeds={feeds}
			clock={systemClock}
			random={Math.random}
			refreshMs={world.refreshMs}
			isDemo={options.isDemo}
			followsDay={options.sinceMs === undefined}
			home={world.machine.home}
		/>
	);
	const instance = render(app, {
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: 10,
		exitOnCtrlC: false,
		// Ink would be silent on a real terminal wherever CI is set; whether this is one has been decided already.
		interactive: true,
	});
	surroundings.onEnd(() => {
		instance.unmount();
		world.remove();
	});
	const ending = await instance.waitUntilExit();
	return ending === interrupted ? 130 : 0;
};

/** Runs what the options ask for and answers the exit code. */
export const run = async (options: Options, surroundings: Surroundings): Promise<number> => {
	const world = options.isDemo ? await demoWorld(systemClock) : realWorld(options);
	surroundings.onEnd(world.remove);
	const now = systemClock.now();
	const store = createStore<State, Action>(
		reduce,
		initialState(defaultBook, {
			spendSince: options.sinceMs === undefined ? localMidnight(now) : now - options.sinceMs,
			feedMs: options.sinceMs ?? hourMs,
			askedRegions: options.regions,
		}),
		notify => coalesce(systemClock, paintMs, notify),
	);
	const aws = createAws({
		...world.aws,
		onRequest: operation => store.dispatch({type: 'request', operation}),
	});
	const isLive = options.mode === 'live';
	const feeds = createFeeds(world, aws, store, options.hasAws, !isLive);
	const it: Run = {options, world, store, feeds, surroundings};
	return isLive ? monitor(it) : report(it);
};
