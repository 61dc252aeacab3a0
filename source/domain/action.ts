import type {Bill} from './billed.ts';
import type {TrailRecord} from './call.ts';
import type {Resolution} from './called.ts';
import type {Configuration, ConfiguredProvider} from './configuration.ts';
import type {LocalFailure} from './failure.ts';
import type {MetricsUpdate} from './metrics.ts';
import type {Prerequisites} from './prerequisites.ts';
import type {Principal} from './principal.ts';
import type {Expiry, SessionFile} from './session.ts';
import type {SourceName, SourceStatus} from './source-status.ts';
import type {SessionModel, Turn} from './turn.ts';
import type {Window} from './window.ts';

/** How much of what there is to read has been read, bytes. */
export type Progress = {readonly bytes: number; readonly bytesDone: number};

/** All that can happen to the state: what a source has learnt, or what the person has chosen. */
export type Action =
	| ({readonly type: 'window'} & Window)
	| {readonly type: 'sdkRegion'; readonly region: string}
	| {readonly type: 'identity'; readonly identity: Principal}
	| {readonly type: 'sessions'; readonly sessions: readonly SessionFile[]}
	| {
			readonly type: 'configuration';
			readonly base: Configuration;
			readonly byFolder: ReadonlyMap<string, Configuration>;
	  }
	| {
			readonly type: 'transcripts';
			readonly turns: readonly Turn[];
			readonly failures: readonly LocalFailure[];
			readonly models?: readonly SessionModel[];
	  }
	| {readonly type: 'progress'; readonly progress: Progress | undefined}
	| {readonly type: 'notes'; readonly source: SourceName; readonly notes: readonly string[]}
	| {readonly type: 'trail'; readonly records: readonly TrailRecord[]}
	/** Points before `keepSince` (epoch ms) are forgotten. */
	| {readonly type: 'metrics'; readonly updates: readonly MetricsUpdate[]; readonly keepSince: number}
	| {readonly type: 'resolutions'; readonly found: ReadonlyMap<string, Resolution>}
	| {readonly type: 'bill'; readonly bill: Bill}
	| {readonly type: 'prerequisites'; readonly prerequisites: Prerequisites}
	| {readonly type: 'expiry'; readonly expiry: Expiry | undefined}
	| {readonly type: 'opinions'; readonly opinions: ReadonlyMap<string, ConfiguredProvider>}
	| {readonly type: 'request'; readonly operation: string; readonly at: number}
	| {readonly type: 'status'; readonly status: SourceStatus};
