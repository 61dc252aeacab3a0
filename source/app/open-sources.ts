import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Options} from '../cli/options.ts';
import {createAllowance} from '../domain/watching/allowance.ts';
import {metricsShare} from '../domain/watching/watch-cost.ts';
import {type Clock, systemClock, wait} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import {type Aws, type AwsOptions, createAws} from '../sources/aws/aws.ts';
import {createDiskCache} from '../sources/files/disk-cache.ts';
import {createHistory} from '../sources/history/history.ts';
import type {Machine} from '../sources/machine.ts';
import {requestPrice, sources} from '../sources/registry.ts';
import type {Source, SourceContext, SourceOptions} from '../sources/source.ts';
import type {Action, State} from '../state/state.ts';
import {localMachine} from './machine.ts';
import type {Runtime} from './runtime.ts';

/** The sources that are switched on, and what they ask with: this machine and its account, or the demo's. */
export type OpenedSources = {
	readonly sources: readonly Source[];
	readonly context: SourceContext;
	/** What ~ stands for in the folders of sessions. */
	readonly home: string;
	/** Deletes what was only there for this run, and closes what is kept; synchronous, because it runs while the process ends. */
	remove(): void;
};

type Environment = Pick<OpenedSources, 'home' | 'remove'> & {
	readonly machine: Machine;
	readonly aws: AwsOptions;
	readonly refreshMs: number;
};

const realEnvironment = ({claudeDirectories, profile, refreshMs}: Options): Environment => {
	const machine = localMachine(claudeDirectories);
	return {machine, aws: {profile}, home: machine.home, refreshMs, remove: () => undefined};
};

const demoEnvironment = async (clock: Clock): Promise<Environment> => {
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
			modelArgumentOf: async () => undefined,
		},
		aws: {requestHandler, credentials: {accessKeyId: 'AKIADEMO', secretAccessKey: 'demo'}},
		home: '/home/alice',
		refreshMs: 3000,
		remove,
	};
};

/** AWS as the options name it, for commands that ask single questions. */
export const openAws = async (options: Options): Promise<Aws> => {
	const {aws} = options.isDemo ? await demoEnvironment(systemClock) : realEnvironment(options);
	return createAws(aws);
};

const purposes: Readonly<Partial<Record<Options['mode'], SourceOptions['purpose']>>> = {
	...{live: 'watch', jsonl: 'watch', check: 'check', doctor: 'doctor'},
};

/** What the options say of the sources. */
export const sourceOptionsOf = (options: Options): SourceOptions => {
	const {mode, hasAws, hasCostExplorer, isDemo, watchCap, refreshMs} = options;
	const hasHistory = options.hasHistory && !isDemo;
	return {purpose: purposes[mode] ?? 'report', hasAws, hasCostExplorer, isDemo, hasHistory, watchCap, refreshMs};
};

/** One round has nobody who asks again later. */
const attemptsOfOneShot = 4;

/** Opens what the options ask for. Another clock than the system's is for the demo, whose world then begins at that time. */
export const openSources = async (
	options: Options,
	store: Store<State, Action>,
	{cacheDirectory, stateDirectory}: Pick<Runtime, 'cacheDirectory' | 'stateDirectory'>,
	clock: Clock = systemClock,
): Promise<OpenedSources> => {
	const environment = options.isDemo ? await demoEnvironment(clock) : realEnvironment(options);
	const {machine, aws, home, refreshMs, remove} = environment;
	const {now} = clock;
	// The rest of what watching may cost is left to a second window, a restart, and Cost Explorer.
	const allowance = createAllowance(options.isDemo ? undefined : metricsShare(options.watchCap), now());
	const onRequest = (operation: string) => {
		const price = requestPrice(operation);
		store.dispatch({type: 'request', operation, price, at: now()});
		if (operation.startsWith('cloudwatch:')) allowance.take(price, now());
	};
	const sourceOptions = {...sourceOptionsOf(options), refreshMs};
	const history =
		sourceOptions.hasHistory && stateDirectory !== undefined
			? createHistory({directory: stateDirectory, now})
			: undefined;
	const context: SourceContext = {
		options: sourceOptions,
		aws: createAws({...aws, onRequest, attempts: sourceOptions.purpose === 'watch' ? 1 : attemptsOfOneShot}),
		machine,
		now,
		wait: (ms, signal) => wait(clock, ms, signal),
		getState: store.getState,
		cache: createDiskCache(cacheDirectory),
		history,
		allowance,
	};
	return {
		sources: sources.filter(({isOn}) => isOn(sourceOptions)),
		...{context, home},
		remove() {
			remove();
			history?.close();
		},
	};
};
