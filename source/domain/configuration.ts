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
	/** Sentences about values that look set but do nothing, or files that could not be read. */
	readonly findings: readonly string[];
};
