import {createAllowance} from '../../source/domain/watching/allowance.ts';
import {type Clock, wait} from '../../source/polling/clock.ts';
import type {Store} from '../../source/polling/store.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import {createDiskCache} from '../../source/sources/files/disk-cache.ts';
import type {SourceContext, SourceOptions} from '../../source/sources/source.ts';
import type {Action, State} from '../../source/state/state.ts';

type Given = {
	readonly store: Pick<Store<State, Action>, 'getState'>;
	readonly clock: Clock;
	readonly options?: Partial<SourceOptions>;
	/** In place of what is nowhere: no files, no network, an allowance that never ends. */
	readonly others?: Partial<SourceContext>;
};

/** What sources ask with: nothing of the real machine, an account that nobody shares. */
export const contextOf = ({store, clock, options, others}: Given): SourceContext => ({
	options: {
		...{purpose: 'watch', hasAws: true, hasCostExplorer: false, isDemo: true, hasHistory: false},
		...{watchCap: 100_000_000_000n, refreshMs: 60_000, ...options},
	},
	aws: createAws({credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'}, requestHandler: {} as never}),
	machine: {
		...{claudeDirectories: ['/nowhere'], home: '/nowhere', cwd: '/nowhere', platform: 'linux', shell: new Map()},
		now: clock.now,
	},
	now: clock.now,
	wait: (ms, signal) => wait(clock, ms, signal),
	getState: store.getState,
	cache: createDiskCache(undefined),
	allowance: createAllowance(undefined, clock.now()),
	...others,
});
