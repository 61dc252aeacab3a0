import type {Problem} from '../domain/common/problem.ts';

/**
 * The sources by name, each with what it has learnt where that is a slice of the state of its own; `undefined` where it
 * adds to what several sources know. Every source declares its entry in its own folder.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Sources {}

export type SourceName = keyof Sources;

/** What the sources with a slice of their own have learnt so far. */
export type Slices = {readonly [Name in SourceName]?: Sources[Name]};

/** A source has learnt all that its slice holds from now on. */
export type SliceAction = {
	readonly [Name in SourceName]: [Sources[Name]] extends [undefined]
		? never
		: {readonly type: 'slice'; readonly source: Name; readonly value: Sources[Name]};
}[SourceName];

/** How one source is doing in one region. */
export type SourceStatus = {
	readonly name: SourceName;
	readonly region?: string | undefined;
	/** `off`: it is no longer watched, and its status is forgotten. */
	readonly phase: 'off' | 'idle' | 'fetching' | 'waiting';
	readonly nextAt?: number | undefined;
	readonly lastSuccessAt?: number | undefined;
	readonly failures: number;
	readonly problem?: Problem | undefined;
};

/** One entry per source and region. */
export const sourceKey = (name: SourceName, region?: string): string =>
	region === undefined ? name : `${name} ${region}`;
