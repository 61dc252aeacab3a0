import type {SourceName, SourceStatus} from './source-status.ts';
import type {State} from './state.ts';

/** A source's statuses, one per region where it has regions. */
export const statusesOf = (state: State, name: SourceName): readonly SourceStatus[] =>
	[...state.sources.values()].filter(status => status.name === name);

/** How a source is doing over all of its regions. */
export const healthOf = (state: State, name: SourceName) => {
	const statuses = statusesOf(state, name);
	return {
		isOff: statuses.every(({phase}) => phase === 'off'),
		isFailing: statuses.some(({problem}) => problem !== undefined),
		isFirstFetch: statuses.some(({phase, lastSuccessAt}) => phase === 'fetching' && lastSuccessAt === undefined),
		answeredAt: answeredAt(state, name),
	};
};

/** When a source last answered: the oldest of its regions, epoch ms; undefined when one never did. */
export const answeredAt = (state: State, name: SourceName): number | undefined => {
	const times = statusesOf(state, name).map(({lastSuccessAt}) => lastSuccessAt);
	const isComplete = times.length > 0 && times.every(time => time !== undefined);
	return isComplete ? Math.min(...(times as number[])) : undefined;
};
