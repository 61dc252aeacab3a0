import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Options} from '../cli/options.ts';
import {usdNumber} from '../domain/money/money.ts';
import {createAllowance} from '../domain/watching/allowance.ts';
import {metricsShare, requestPrice} from '../domain/watching/watch-cost.ts';
import {type Clock, systemClock, wait} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import {type Aws, type AwsOptions, createAws} from '../sources/aws/aws.ts';
import {createIdentityFeed, createTrailFeed, type Feeds} from '../sources/feed.ts';
import {createDiskCache, type DiskCache} from '../sources/files/disk-cache.ts';
import {createSessionsFeed, createTranscriptsFeed, type Machine} from '../sources/local-feeds.ts';
import {createBillFeed, createMetricsFeed, createProfilesFeed, type MoneyContext} from '../sources/money-feeds.ts';
import type {Action, State} from '../state/state.ts';
import {localMachine} from './machine.ts';

/** What there is to watch: this machine and its AWS account, or the simulated ones of the demo. */
export type World = {
	readonly feeds: Feeds;
	readonly home: string;
	readonly refreshMs: number;
	/** Deletes what was only there for this run; synchronous, because it runs while the process ends. */
	remove(): void;
};

type Ground = {
	readonly machine: Machine;
	readonly aws: AwsOptions;
	/** What ~ stands for in the folders of sessions. */
	readonly home: string;
	/** Shortest time between two LookupEvents requests, ms, where nobody else shares the account. */
	readonly trailPaceMs?: number;
	readonly refreshMs: number;
	remove(): void;
};

const realGround = ({claudeDirectories, profile, refreshMs}: Options): Ground => {
	const machine = localMachine(claudeDirectories);
	return {machine, aws: {profile}, home: machine.home, refreshMs, remove: () => undefined};
};

const demoGround = async (clock: Clock): Promise<Ground> => {
	const {openDemo} = await import('../demo/demo.ts');
	const {home, directory, requestHandler, remove} = await openDemo(clock, tmpdir());
	return {
		machine: {
			claudeDirectories: [directory],
			home,
			cwd: '/home/alice',
			platform: 'linux',
			shell: new Map(),
			now: clock.now,
			managedDirectory: join(directory, 'managed'),
			isAlive: () => true,
			procStartOf: async () => undefined,
			launchEnvironmentOf: async () => undefined,
			settingsArgumentOf: async () => undefined,
		},
		aws: {requestHandler, credentials: {accessKeyId: 'AKIADEMO', secretAccessKey: 'demo'}},
		home: '/home/alice',
		trailPaceMs: 0,
		refreshMs: 3000,
		remove,
	};
};

const sixHoursMs = 6 * 3_600_000;
const dayMs = 86_400_000;
const lookPrice = 0.01;

/** Half of what watching may cost is for Cost Explorer, whose looks cost a cent each; never more than four a day. */
const billEveryMs = (capUsd: number) => Math.max(sixHoursMs, (dayMs * lookPrice) / (capUsd / 2));

/** AWS as the options name it, for commands that ask single questions. */
export const openAws = async (options: Options): Promise<Aws> => {
	const {aws} = options.isDemo ? await demoGround(systemClock) : realGround(options);
	return createAws(aws);
};

const remoteFeeds = (context: MoneyContext, options: Options, cache: DiskCache): Feeds => {
	const isOneRound = options.mode !== 'live' && options.mode !== 'jsonl';
	const mayCost = options.watchCap > 0n;
	const free: Feeds = {
		identity: regions => createIdentityFeed(context, regions),
		trail: region => createTrailFeed(context, region, isOneRound),
		profiles: () => createProfilesFeed(context),
	};
	if (!mayCost) return free;
	return {
		...free,
		metrics: region => createMetricsFeed(context, region),
		bill: options.hasCostExplorer
			? createBillFeed(context, cache, billEveryMs(usdNumber(options.watchCap)))
			: undefined,
	};
};

/**
 * Opens what the options ask for. In one round the feed reads no further back than its window. Another clock than the
 * system's is for the demo, whose world then begins at that time.
 */
export const openWorld = async (
	options: Options,
	store: Store<State, Action>,
	cacheDirectory: string | undefined,
	clock: Clock = systemClock,
): Promise<World> => {
	const ground = options.isDemo ? await demoGround(clock) : realGround(options);
	const {machine, aws, home, trailPaceMs, refreshMs, remove} = ground;
	const {now} = clock;
	// The rest of what watching may cost is left to a second window, a restart, and Cost Explorer.
	const allowance = createAllowance(options.isDemo ? undefined : metricsShare(options.watchCap), now());
	const onRequest = (operation: string) => {
		store.dispatch({type: 'request', operation, at: now()});
		if (!operation.startsWith('ce:')) allowance.take(requestPrice(operation), now());
	};
	const context: MoneyContext = {
		aws: createAws({...aws, onRequest}),
		now,
		wait: (ms, signal) => wait(clock, ms, signal),
		getState: store.getState,
		trailPaceMs,
		unitMs: refreshMs,
		allowance,
	};
	const local: Feeds = {
		transcripts: createTranscriptsFeed(machine, store.getState),
		sessions: createSessionsFeed(machine, store.getState),
	};
	const hasOpinion = options.mode === 'doctor' && !options.isDemo;
	const remote = options.hasAws ? remoteFeeds(context, options, createDiskCache(cacheDirectory)) : {};
	// After the first frame is soon enough: the modules of Node behind these take 10 ms to load.
	const account = await import('../sources/account-feeds.ts');
	const hasPrerequisites = options.hasAws && options.mode !== 'check';
	const more: Feeds = {
		...(hasPrerequisites && {prerequisites: (region: string) => account.createPrerequisitesFeed(context, region)}),
		...(options.hasAws && !options.isDemo && {expiry: account.createExpiryFeed(machine, options.profile)}),
		...(hasOpinion && {opinion: account.createOpinionFeed(machine, store.getState)}),
	};
	return {feeds: {...local, ...remote, ...more}, home, refreshMs, remove};
};
