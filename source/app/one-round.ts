import type {Problem} from '../domain/common/problem.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import {type OpenSource, openSource, placesOf, type Source, type SourceContext} from '../sources/source.ts';
import {sourceKey} from '../state/source-status.ts';
import type {Action, State} from '../state/state.ts';

type Round = {
	readonly store: Store<State, Action>;
	readonly sources: readonly Source[];
	readonly context: SourceContext;
	readonly clock: Clock;
	/** What has not answered by then is left out, ms; absent: it takes as long as it takes. */
	readonly timeoutMs?: number | undefined;
};

/** The part of the time that is for those which are not asked after all others. */
const firstShare = 0.8;

type Deadline = {readonly signal: AbortSignal; readonly cancel: () => void};

/** Rejects as soon as the signal aborts. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
	new Promise((_, reject) => {
		if (signal.aborted) reject(signal.reason);
		signal.addEventListener('abort', () => reject(signal.reason), {once: true});
	});

const lateProblem = (timeoutMs: number): Problem => {
	const seconds = Math.round(timeoutMs / 1000);
	return {
		kind: 'late',
		message: `There was no complete answer within ${seconds} s.`,
		fix: `wait longer with --timeout ${2 * seconds}`,
	};
};

const createAsk = ({store, context, clock, timeoutMs = 0}: Round) => {
	const opened = new Map<string, OpenSource>();
	const askAt = async (source: Source, region: string | undefined, signal: AbortSignal): Promise<void> => {
		const {name} = source;
		const key = sourceKey(name, region);
		const one = opened.get(key) ?? openSource(source, context, region);
		opened.set(key, one);
		const common = {name, region, phase: 'idle' as const};
		const dispatch = (action: Action) => {
			if (!signal.aborted) store.dispatch(action);
		};
		try {
			const late = untilAborted(signal);
			// Some of what is asked, such as a credential process, cannot be told to stop: it is left alone.
			await Promise.race([late, signal.aborted ? late : one.read(dispatch, signal)]);
			store.dispatch({type: 'status', status: {...common, failures: 0, lastSuccessAt: clock.now()}});
		} catch (error) {
			const problem = signal.aborted ? lateProblem(timeoutMs) : one.explain(error);
			store.dispatch({type: 'status', status: {...common, failures: 1, problem}});
		}
	};
	return async (source: Source, signal: AbortSignal): Promise<void> => {
		const places = placesOf(source, context.getState(), context.options);
		await Promise.all(places.map(region => askAt(source, region, signal)));
	};
};

/**
 * One round of every source, in the order that they ask for. A source that fails is written down as such and keeps none
 * of the others from answering; what has not answered in time is written down as late.
 */
export const collectOnce = async (round: Round): Promise<void> => {
	const ask = createAsk(round);
	const steps = round.sources.flatMap(source =>
		source.round.map((after, time) => ({name: time === 0 ? source.name : `${source.name} again`, after, source})),
	);
	const others = steps.filter(({after}) => after !== 'others');
	const begun = new Map<string, Promise<void>>();
	const {timeoutMs} = round;
	const deadlines = [firstShare, 1].map(share => {
		const abort = new AbortController();
		const stop = () => abort.abort(new Error('out of time'));
		const cancel = timeoutMs === undefined ? () => undefined : round.clock.after(timeoutMs * share, stop);
		return {signal: abort.signal, cancel};
	}) as [Deadline, Deadline];
	const begin = ({name, after, source}: (typeof steps)[number]): Promise<void> => {
		const [soon, end] = deadlines;
		const before = after === 'others' ? others : steps.filter(step => after.includes(step.name));
		const done =
			begun.get(name) ??
			Promise.all(before.map(begin)).then(() => ask(source, (after === 'others' ? end : soon).signal));
		begun.set(name, done);
		return done;
	};
	await Promise.all(steps.map(begin));
	for (const {cancel} of deadlines) cancel();
};

/** They look at bedtop's own memory of things, or at nothing that could answer for Claude Code or the account. */
const supporting: ReadonlySet<string> = new Set(['credentials', 'auth-status', 'history']);

/** Whether at least one source that looks outside bedtop's own files answered. */
export const hasAnswer = ({sources}: State): boolean =>
	[...sources.values()].some(({name, lastSuccessAt}) => lastSuccessAt !== undefined && !supporting.has(name));
