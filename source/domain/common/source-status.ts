import type {Problem} from './problem.ts';

export type SourceName =
	| 'transcripts'
	| 'sessions'
	| 'identity'
	| 'cloudtrail'
	| 'cloudwatch'
	| 'inference-profiles'
	| 'cost-explorer'
	| 'prerequisites'
	| 'credentials'
	| 'second-opinion';

/** How one source is doing in one region. */
export type SourceStatus = {
	readonly name: SourceName;
	readonly region?: string | undefined;
	readonly phase: 'off' | 'idle' | 'fetching' | 'waiting';
	readonly nextAt?: number | undefined;
	readonly lastSuccessAt?: number | undefined;
	readonly failures: number;
	readonly problem?: Problem | undefined;
};

/** One entry per source and region. */
export const sourceKey = (name: SourceName, region?: string): string =>
	region === undefined ? name : `${name} ${region}`;
