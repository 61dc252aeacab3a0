import type {CredentialKind, DenialDetails, Refused} from '../denial.ts';
import type {Remedy, Situation} from './situation.ts';

/** Words of AWS's that give a cause away. */
export type Pattern = {
	readonly words: RegExp;
	/** What has to be renewed, where the words tell it. */
	readonly credentials?: CredentialKind;
	/** In place of the row's rank. */
	readonly rank?: number;
};

/**
 * A cause of refusals, whole: how it is recognised, how it is worded and what mends it. These rows are the one place of
 * domain/ that holds sentences, so that a cause is added and changed in one place.
 */
export type CauseRow = {
	/** Causes are looked for from the lowest rank to the highest: the more telling words have the lower one. */
	readonly rank: number;
	/** Whether IAM's sentence, `User: … is not authorized to perform: …`, means this cause. */
	readonly sentence?: (details: DenialDetails, refused: Refused) => boolean;
	/** What AWS writes where it is not that sentence. */
	readonly phrases?: readonly Pattern[];
	/** Error codes without `Exception`, looked at where no row knows the message. */
	readonly codes?: readonly Pattern[];
	/** At most 40 columns, for panes; a screen reader says the same, so they hold nothing but letters. */
	readonly label: string;
	/** What the cause means, in a sentence. */
	readonly meaning: string;
	/**
	 * Words of AWS's that a recording has in place of the message, and that are read as the same cause. Absent where IAM's
	 * sentence is the only text: it is written again from its details.
	 */
	readonly standard?: string | ((credentials: CredentialKind | undefined) => string);
	/** What mends it in at most 60 characters, without a full stop. */
	readonly short: string | ((situation: Situation) => string);
	/** What mends it in a sentence, with a policy or a command where there is one. */
	readonly fix: (situation: Situation) => Remedy;
	/** It passes by itself: a limit was reached, nobody forbids the call. */
	readonly isLimit?: true;
	/** The model is gone, so that profiles of newer ones are suggested rather than others of the same. */
	readonly isRetired?: true;
};

/** The rows of one file: checked against their type while the names of the causes are kept. */
export type CauseRows = Readonly<Record<string, CauseRow>>;
