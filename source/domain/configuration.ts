/** The providers Claude Code can be switched to, by the contract's names. */
export type ConfiguredProvider =
	| 'bedrock'
	| 'mantle'
	| 'anthropic-aws'
	| 'foundry'
	| 'vertex'
	| 'first-party'
	| 'unknown';

/** What settings and shell make of one folder: where its next session would go, and which file says so. */
export type Configuration = {
	readonly provider: ConfiguredProvider;
	/** The evidence in words, such as `CLAUDE_CODE_USE_BEDROCK=1 in ~/.claude/settings.json`. */
	readonly providerFrom: string;
	readonly region: string;
	readonly regionFrom: string;
	/** The prefix Claude Code puts before the models it chooses itself: `us`, `eu`, `apac`, `us-gov`, `global`. */
	readonly regionPrefix: string;
	/** A pinned model and the variable that pins it. */
	readonly model?: string | undefined;
	/** `flex`, `priority`, …: a price of its own. Undefined for the standard tier. */
	readonly serviceTier?: string | undefined;
	/** Where the model is pinned, in words. */
	readonly modelFrom?: string | undefined;
	/** Where the small, fast model is called instead. */
	readonly smallFastRegion?: string | undefined;
	/** Scheme and host of an endpoint other than AWS's own. */
	readonly baseUrl?: string | undefined;
	/** How calls are signed; never a secret itself. */
	readonly auth?: {
		readonly bearer: boolean;
		readonly skip: boolean;
		readonly export: boolean;
		readonly refresh: boolean;
		readonly profile?: string | undefined;
		readonly from: string;
	};
	/** Why no transcripts are written, in words. */
	readonly noTranscripts?: string | undefined;
	/** Sentences about values that look set but do nothing, or files that could not be read. */
	readonly findings: readonly string[];
};
