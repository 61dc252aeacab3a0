import type {Problem} from '../domain/common/problem.ts';
import type {PicoUsd} from '../domain/money/money.ts';
import type {Allowance} from '../domain/watching/allowance.ts';
import type {Action} from '../state/action.ts';
import type {Field} from '../state/fields/field.ts';
import {watchedRegions} from '../state/overview.ts';
import type {SourceName, Sources} from '../state/source-status.ts';
import type {State} from '../state/state.ts';
import type {Aws} from './aws/aws.ts';
import {type Asked, explainAwsError} from './aws/problem.ts';
import type {DiskCache} from './files/disk-cache.ts';
import type {History} from './history/history.ts';
import type {Machine} from './machine.ts';

/** What decides which sources are asked, and how often. */
export type SourceOptions = {
	/** `watch` asks again and again; all others ask each source once. */
	readonly purpose: 'watch' | 'report' | 'check' | 'doctor';
	readonly hasAws: boolean;
	readonly hasCostExplorer: boolean;
	readonly isDemo: boolean;
	/** Whether what is read is kept for later runs. */
	readonly hasHistory: boolean;
	/** The most that watching may cost in a day; nothing that costs is asked where it is 0. */
	readonly watchCap: PicoUsd;
	/** How often AWS is asked at most, ms. */
	readonly refreshMs: number;
};

/** What sources ask with. */
export type SourceContext = {
	readonly options: SourceOptions;
	readonly aws: Aws;
	readonly machine: Machine;
	readonly now: () => number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** The state when a source is asked: windows move while the program stays open. */
	readonly getState: () => State;
	readonly cache: DiskCache;
	/** What earlier runs have read; undefined where nothing is to be kept. */
	readonly history?: History | undefined;
	/** What CloudWatch may cost. */
	readonly allowance: Allowance;
};

export type Dispatch = (action: Action) => void;

/** A source that can be asked again and again: what it learns goes into the state, what fails is explained. */
export type OpenSource = {
	/** Asks once and dispatches what there is to know; rejects with the source's own error. */
	read(dispatch: Dispatch, signal: AbortSignal): Promise<void>;
	explain(error: unknown): Problem;
	/** How long until asking again is worth its price, ms; for sources that know. */
	dueInMs?(): number;
	/** Says that the person wants to know now: the next reading asks although nothing is due. */
	refreshNow?(): void;
	/** Calls back when something may have changed; for sources of this machine. Returns the way to stop. */
	watch?(onChange: () => void): () => void;
};

/** A statement of the IAM policy that a source needs; those of one name become one. Without resources it is for all. */
export type Permission = {
	readonly sid: string;
	readonly actions: readonly string[];
	readonly resources?: readonly string[];
};

type Common<Name extends SourceName> = {
	readonly name: Name;
	/** Whether these options switch it on at all. */
	isOn(options: SourceOptions): boolean;
	/** Whether it is to be asked as things are; default: always, and in each region that is watched. */
	needs?(state: State, options: SourceOptions, region: string | undefined): boolean;
	/**
	 * `refresh` is the person's refresh interval. The wait after failures begins with that, or with `retryMs` for what is
	 * asked seldom, and grows up to the longest delay.
	 */
	readonly pace: {readonly everyMs: number | 'refresh'; readonly maxDelayMs: number; readonly retryMs?: number};
	/** It is asked at once when this becomes another text that is not empty, provided that asking is due. */
	wakes?(state: State, now: number): string;
	/**
	 * When it is asked in one round, once for each entry: after the sources named there have answered or failed (`x again`
	 * for their second time), or after all `others`.
	 */
	readonly round: readonly (readonly string[] | 'others')[];
	/** What each request that it makes of AWS costs, by operation. */
	readonly requests?: Readonly<Record<string, PicoUsd>>;
	readonly permissions?: readonly Permission[];
	/** How its slice of the state is read from a recording, masked and redacted; without it nothing is recorded. */
	readonly slice?: Field<Sources[Name]>;
};

type Once = {readonly scope: 'once'; open(context: SourceContext): OpenSource};
type PerRegion = {readonly scope: 'perRegion'; open(context: SourceContext, region: string): OpenSource};

/** One source with all that the program has to know of it. */
export type Source<Name extends SourceName = SourceName> = Common<Name> & (Once | PerRegion);

/** Checks a source against its own name's slice, and forgets which name that is. */
export const defineSource = <const Name extends SourceName>(source: Source<Name>): Source =>
	source as unknown as Source;

/** Where a source is to be asked as things are: in regions, or as a whole (`undefined`). */
export const placesOf = (source: Source, state: State, options: SourceOptions): readonly (string | undefined)[] => {
	const places = source.scope === 'perRegion' ? watchedRegions(state) : [undefined];
	return places.filter(region => source.needs?.(state, options, region) ?? true);
};

/** Opens a source in one of its places. */
export const openSource = (source: Source, context: SourceContext, region: string | undefined): OpenSource =>
	source.scope === 'once' ? source.open(context) : source.open(context, region ?? '');

/** Explains errors of the AWS SDK, naming the actions that were asked for. */
export const explainer =
	(asked: Asked, {aws}: SourceContext) =>
	(error: unknown): Problem =>
		explainAwsError(error, {...asked, profile: aws.profile});
