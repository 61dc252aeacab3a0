import type {OrganisationFault, OrganisationPricing} from '../money/organisation.ts';
import type {Gateway} from './endpoint.ts';
import type {Evidence, Setting} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';

/** The providers Claude Code can be switched to, by the contract's names. */
export type ConfiguredProvider =
	| 'bedrock'
	| 'mantle'
	| 'anthropic-aws'
	| 'foundry'
	| 'vertex'
	| 'first-party'
	/** Something that speaks Anthropic's API; what answers behind it, only replies tell. */
	| 'gateway'
	| 'unknown';

/** What settings say of prices: only an administrator's count. */
export type ConfiguredPricing = {
	readonly pricing?: OrganisationPricing | undefined;
	/** The file that says so, the most important first. */
	readonly from: readonly string[];
	/** Files of somebody else that set prices, too: Claude Code ignores them. */
	readonly ignored: readonly string[];
	readonly faults: readonly (OrganisationFault & {readonly file: string})[];
};

/** How Claude Code signs its calls to AWS, without any of the secrets. */
export type ConfiguredAuth = {
	/** `AWS_BEARER_TOKEN_BEDROCK` is set. */
	readonly bearer: boolean;
	/** Calls carry no signature at all. */
	readonly skip: boolean;
	/** `awsCredentialExport`: credentials only Claude Code's own calls see. */
	readonly export: boolean;
	/** `awsAuthRefresh`: a command that signs in again. */
	readonly refresh: boolean;
	/** `AWS_PROFILE`. */
	readonly profile?: string | undefined;
	/** Where all this is set. */
	readonly from: readonly Evidence[];
};

/** What settings and shell make of one folder: where its next session would go, and which file says so. */
export type Configuration = {
	readonly provider: ConfiguredProvider;
	readonly providerFrom: Evidence;
	readonly region: string;
	readonly regionFrom: Evidence;
	/** The prefix Claude Code puts before the models it chooses itself: `us`, `eu`, `apac`, `us-gov`, `global`. */
	readonly regionPrefix: string;
	/** A pinned model and the variable that pins it. */
	readonly model?: string | undefined;
	/** `flex`, `priority`, …: a price of its own. Undefined for the standard tier. */
	readonly serviceTier?: string | undefined;
	/** Where the model is pinned. */
	readonly modelFrom?: Evidence | undefined;
	/** Every variable and settings key that names a model, where any does. */
	readonly pins?: readonly Setting[] | undefined;
	/** `modelOverrides` of the settings: from Claude Code's model ID to the one called instead. */
	readonly modelOverrides?: ReadonlyMap<string, string> | undefined;
	/** Where the small, fast model is called instead. */
	readonly smallFastRegion?: string | undefined;
	/** Scheme and host of an endpoint other than the provider's own; `notAUrl` where it has none. */
	readonly baseUrl?: string | undefined;
	/** The same, as it is named, and what sends Claude Code there. */
	readonly gateway?: Gateway | undefined;
	/** A host of AWS's own that calls go to, where it is not the region's usual one: FIPS, dual-stack, PrivateLink. */
	readonly ownHost?: string | undefined;
	/** Bedrock with Mantle beside it: IDs like `anthropic.claude-…` without a version go to Mantle. */
	readonly mantle?: boolean | undefined;
	/** The organisation's own prices, and where somebody wrote some that do not count. */
	readonly organisation?: ConfiguredPricing | undefined;
	/** How calls are signed; never a secret itself. */
	readonly auth?: ConfiguredAuth | undefined;
	/** After how many days transcripts are deleted, where settings say so: `cleanupPeriodDays`. */
	readonly cleanupPeriodDays?: number | undefined;
	/** Why no transcripts are written. */
	readonly noTranscripts?: Evidence | undefined;
	readonly findings: readonly SettingsFinding[];
};
