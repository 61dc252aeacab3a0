import type {SourceName, SourceStatus} from './source-status.ts';
import type {State} from './state.ts';

/** A source's statuses, one per region where it has regions. */
export const statusesOf = (state: State, name: SourceName): readonly SourceStatus[] =>
	[...state.sources.values()].filter(status => status.name === name);

/** Whether a source may still be asked: where and whether it is, settings and AWS's identity decide. */
const isAwaited = (state: State, name: SourceName): boolean => {
	const isAskingWho = statusesOf(state, 'identity').length > 0 && !hasSpoken(state, 'identity');
	return statusesOf(state, name).length === 0 && (!hasSpoken(state, 'sessions') || isAskingWho);
};

/** How a source is doing over all of its regions. */
export const healthOf = (state: State, name: SourceName) => {
	const statuses = statusesOf(state, name);
	return {
		isOff: statuses.every(({phase}) => phase === 'off') && !isAwaited(state, name),
		isFailing: statuses.some(({problem}) => problem !== undefined),
		isFirstFetch:
			isAwaited(state, name) ||
			statuses.some(
				({phase, lastSuccessAt, problem}) =>
					phase === 'fetching' && lastSuccessAt === undefined && problem === undefined,
			),
		answeredAt: answeredAt(state, name),
	};
};

/** When a source last answered: the oldest of its regions, epoch ms; undefined when one never did. */
export const answeredAt = (state: State, name: SourceName): number | undefined => {
	const times = statusesOf(state, name).map(({lastSuccessAt}) => lastSuccessAt);
	const isComplete = times.length > 0 && times.every(time => time !== undefined);
	return isComplete ? Math.min(...(times as number[])) : undefined;
};

/** An answer that is overdue by so much is old, and so is what a failing source has said before. */
const patienceMs = 90_000;

/** Whether what a source last said is older than it should be: it fails, or its next question is overdue. */
export const isStale = (state: State, name: SourceName, now: number): boolean =>
	statusesOf(state, name).some(({problem, nextAt, phase, lastSuccessAt}) => {
		if (lastSuccessAt === undefined || now - lastSuccessAt < patienceMs) return false;
		const isOverdue = phase === 'waiting' && nextAt !== undefined && now - nextAt > patienceMs;
		return problem !== undefined || isOverdue;
	});

/** Whether some transcripts or folders of them cannot be read: sums of replies are lower bounds then. */
export const isPartlyUnread = ({notes}: State): boolean =>
	(notes.get('transcripts') ?? []).some(({kind}) => kind === 'unreadable');

/** Whether replies of the window may be missing: some cannot be read, or are deleted by now and were never kept. */
export const isPartlyUnknown = ({notes}: State): boolean =>
	(notes.get('transcripts') ?? []).some(({kind}) => kind === 'unreadable' || kind === 'deleted-before');

/** Up to when replies may be missing, epoch ms: for ever where some cannot be read; undefined where none are. */
export const missingUntil = ({notes}: State): number | undefined => {
	const times = (notes.get('transcripts') ?? []).flatMap(note => {
		if (note.kind === 'unreadable') return [Number.POSITIVE_INFINITY];
		return note.kind === 'deleted-before' ? [note.at] : [];
	});
	return times.length === 0 ? undefined : Math.max(...times);
};

/** Whether a source has answered or failed at least once. */
export const hasSpoken = (state: State, name: SourceName): boolean =>
	statusesOf(state, name).some(({lastSuccessAt, problem}) => lastSuccessAt !== undefined || problem !== undefined);
