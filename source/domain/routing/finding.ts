import type {FileProblem} from '../common/problem.ts';
import type {Provider} from '../replies/turn.ts';
import type {Evidence, Setting} from './evidence.ts';

/** What Claude Code does where a settings file is wrong. */
type Effect = 'ignores-file' | 'ignores-key' | 'refuses-to-start';

/** A value that looks set but does nothing or something else, or a settings file that cannot be used. */
export type SettingsFinding =
	| ({readonly kind: 'not-a-switch' | 'not-a-region' | 'not-true-or-false' | 'mantle-beside-bedrock'} & Setting)
	/** `by` is the variable that counts instead. */
	| ({readonly kind: 'outranked' | 'model-outranked'; readonly by: string} & Setting)
	/** The endpoint lies in `region`; the region set elsewhere is `other`. */
	| ({readonly kind: 'endpoint-elsewhere'; readonly region: string; readonly other: string} & Setting)
	| ({readonly kind: 'unknown-prefix'; readonly known: readonly string[]} & Setting)
	/** Background calls stay in `region`, as no variable names the model of theirs. */
	| ({readonly kind: 'small-fast-without-model'; readonly region: string} & Setting)
	/** A host application manages the provider: the switches in the file `ignored` do not count. */
	| ({readonly kind: 'managed-by-host'; readonly ignored: string} & Setting)
	| {readonly kind: 'profile-without-region'; readonly region: string; readonly profile: Evidence}
	/** A folder's settings name a file: it is not opened, so that what it would say is not known. */
	| ({readonly kind: 'path-of-folder'} & Setting)
	| {readonly kind: 'not-a-url'; readonly variable: string; readonly from: string}
	| ({readonly kind: 'unreadable'} & FileProblem)
	| {readonly kind: 'not-an-object'; readonly file: string}
	| {readonly kind: 'wrong-type'; readonly key: string; readonly file: string; readonly effect: Effect}
	| {
			readonly kind: 'not-json';
			readonly file: string;
			readonly place?: {readonly line: number; readonly column: number} | undefined;
			readonly effect: Effect;
	  };

/** What a person should know of one session besides its row. */
export type SessionFinding =
	| {readonly kind: 'not-from-bedrock'; readonly provider: Provider; readonly isRunning: boolean}
	| {readonly kind: 'still-from-bedrock'}
	/** `until` is when `before` answered last, epoch ms. */
	| {readonly kind: 'switched'; readonly before: Provider; readonly until: number; readonly since: Provider}
	| {readonly kind: 'mantle-unaudited'}
	/** Where the replies did not come from Bedrock they do not prove anybody else either. */
	| {readonly kind: 'gateway'; readonly baseUrl: string; readonly isNotBedrock?: true}
	| {readonly kind: 'no-transcripts'; readonly evidence: Evidence};

export type RoutingFinding = SettingsFinding | SessionFinding;
