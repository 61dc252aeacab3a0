import type {TrailRecord} from '../domain/calls/call.ts';
import type {Note} from '../domain/common/note.ts';
import type {Window} from '../domain/common/window.ts';
import type {MetricsUpdate} from '../domain/metrics/metrics.ts';
import type {Resolution} from '../domain/models/resolution.ts';
import type {AgentEnd} from '../domain/replies/agent.ts';
import type {Compaction, CostState} from '../domain/replies/cost-state.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {SessionModel, Turn} from '../domain/replies/turn.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import type {SessionFile} from '../domain/routing/session.ts';
import type {Link} from '../domain/spend/unlogged.ts';
import type {Request} from '../domain/watching/watch-cost.ts';
import type {SliceAction, SourceName, SourceStatus} from './source-status.ts';

/** How much of what there is to read has been read, bytes. */
export type Progress = {readonly bytes: number; readonly bytesDone: number};

/** Since when (epoch ms) the recording that is being made cannot be written, and the file system's code for why. */
export type RecordingFault = {readonly since: number; readonly code: string};

/** All that can happen to the state: what a source has learnt, or what the person has chosen. */
export type Action =
	| ({readonly type: 'window'} & Window)
	| {readonly type: 'sdkRegion'; readonly region: string}
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
			readonly costs?: readonly CostState[];
			readonly compactions?: readonly Compaction[];
			readonly agentEnds?: readonly AgentEnd[];
			/** Only in recordings: the copies of replies, which they leave out, tell it otherwise. */
			readonly links?: readonly Link[];
	  }
	| {readonly type: 'progress'; readonly progress: Progress | undefined}
	| {readonly type: 'recording'; readonly fault: RecordingFault | undefined}
	| {readonly type: 'notes'; readonly source: SourceName; readonly notes: readonly Note[]}
	| {readonly type: 'trail'; readonly records: readonly TrailRecord[]}
	/** Points before `keepSince` (epoch ms) are forgotten. */
	| {readonly type: 'metrics'; readonly updates: readonly MetricsUpdate[]; readonly keepSince: number}
	| {readonly type: 'resolutions'; readonly found: ReadonlyMap<string, Resolution>}
	| SliceAction
	| ({readonly type: 'request'} & Request)
	| {readonly type: 'status'; readonly status: SourceStatus};
