/** What was learnt, or why nothing was: a question that is refused is never answered by a guess. */
export type Finding<T> =
	| {readonly state: 'known'; readonly value: T}
	/** `reason` is a sentence of the source that asked; a recording leaves it out. */
	| {readonly state: 'unknown'; readonly reason: string | undefined; readonly fix: string | null};

/** Something that sessions call: an inference profile, or a foundation model without one. */
export type CalledTarget = {
	/** As it is called, without Claude Code's `[1m]`. */
	readonly id: string;
	readonly isProfile: boolean;
	/** Whether the region has such a profile. */
	readonly exists: Finding<boolean>;
};

/** Bedrock's own words: `AVAILABLE`, `NOT_AVAILABLE`, `PENDING`, `ERROR`, `AUTHORIZED`, `NOT_AUTHORIZED`. */
export type Availability = {
	readonly agreement: string;
	readonly authorization: string;
	readonly entitlement: string;
	readonly region: string;
};

/** What IAM's simulation says of one action, over all resources that a call touches. */
export type Permission = {
	readonly action: string;
	/** The id that is called; undefined for actions that look things up. */
	readonly id?: string | undefined;
	/** `unknown`: a denial that hangs on conditions, or resources that could not be found out. */
	readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny' | 'unknown';
	/** Which kind of policy stands in the way, where it is not one of the principal's own. */
	readonly deniedBy?: 'organization' | 'boundary' | undefined;
	/** ARNs that it is denied on, as far as they are named. */
	readonly resources?: readonly string[] | undefined;
	/** Why the decision is unknown. */
	readonly reason?: string | undefined;
};

/** What a call of Claude needs of the account before the first one can succeed. */
export type Prerequisites = {
	readonly region: string;
	/** Ids of all inference profiles of the region; undefined where they could not be listed. */
	readonly available?: readonly string[] | undefined;
	readonly called: readonly CalledTarget[];
	/** By what is called, the ARNs of the foundation models that it may reach, as far as they are known. */
	readonly destinations: ReadonlyMap<string, readonly string[]>;
	readonly models: readonly {readonly model: string; readonly availability: Finding<Availability>}[];
	/** Whether Anthropic's use-case form was submitted; what it says is never read. */
	readonly useCaseForm: Finding<boolean>;
	/** Where model invocations are logged; empty where logging is off. */
	readonly logging: Finding<readonly ('CloudWatch' | 'S3')[]>;
	/** What the account lets Bedrock keep of calls in the region, in AWS's word; undefined in older recordings. */
	readonly retention?: Finding<string> | undefined;
	readonly permissions: Finding<readonly Permission[]>;
};
