import type {readOrganisationPricing} from '../money/organisation.ts';
import type {ConfiguredProvider} from './configuration.ts';
import type {Setting} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';

/** One place that sets variables, such as a settings file or the shell. */
export type ConfigurationLayer = {
	/** As evidence shows it: `~/.claude/settings.json`, `the shell`. */
	readonly name: string;
	readonly env: ReadonlyMap<string, string>;
	/** The environment Claude Code was started with, rather than a settings file. */
	readonly isShell?: boolean | undefined;
	/** A file of the folder itself, which whoever wrote the repository may have written. */
	readonly isOfFolder?: boolean | undefined;
	/** The settings keys beside `env` that bear on models and credentials. */
	readonly settings?: LayerSettings | undefined;
};

/** What a settings file says outside `env`. The commands of the two AWS keys are not kept. */
export type LayerSettings = {
	readonly model?: string | undefined;
	readonly modelOverrides?: ReadonlyMap<string, string> | undefined;
	readonly awsCredentialExport: boolean;
	readonly awsAuthRefresh: boolean;
	/** After how many days Claude Code deletes transcripts. */
	readonly cleanupPeriodDays?: number | undefined;
	/** Where an administrator has everybody sign in: the origin of a Claude apps gateway. */
	readonly gatewayUrl?: string | undefined;
	/** `modelPricing` of an administrator's file, or that somebody else's has one, which counts for nothing. */
	readonly modelPricing?: ReturnType<typeof readOrganisationPricing> | 'ignored' | undefined;
};

/** Each provider's switch, in the order in which Claude Code 2.1.330 looks at them (measured). Google's resale has no name here. */
export const switches: readonly (readonly [ConfiguredProvider, string])[] = [
	['bedrock', 'CLAUDE_CODE_USE_BEDROCK'],
	['foundry', 'CLAUDE_CODE_USE_FOUNDRY'],
	['anthropic-aws', 'CLAUDE_CODE_USE_ANTHROPIC_AWS'],
	['unknown', 'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD'],
	['mantle', 'CLAUDE_CODE_USE_MANTLE'],
	['vertex', 'CLAUDE_CODE_USE_VERTEX'],
];

/** The variables that name a model, the one for the conversation first. */
export const modelVariables = [
	'ANTHROPIC_MODEL',
	'ANTHROPIC_DEFAULT_MODEL',
	'ANTHROPIC_DEFAULT_OPUS_MODEL',
	'ANTHROPIC_DEFAULT_SONNET_MODEL',
	'ANTHROPIC_DEFAULT_HAIKU_MODEL',
	'ANTHROPIC_DEFAULT_FABLE_MODEL',
	'ANTHROPIC_SMALL_FAST_MODEL',
	'CLAUDE_CODE_SUBAGENT_MODEL',
] as const;

const managedByHost = 'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST';

/** Variables whose value is, or may hold, a secret: only whether they are set may be kept. */
export const secretVariables: ReadonlySet<string> = new Set(['AWS_BEARER_TOKEN_BEDROCK', 'HTTPS_PROXY', 'https_proxy']);

/** Whose value is an address, which may hold a password. */
const addressVariables = [
	...['ANTHROPIC_BASE_URL', 'ANTHROPIC_BEDROCK_BASE_URL', 'ANTHROPIC_BEDROCK_MANTLE_BASE_URL'],
	...['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL_BEDROCK'],
];

/** What a host application takes out of settings files (2.1.330: read in the program, and measured). */
const hostedVariables: ReadonlySet<string> = new Set([
	...switches.map(([, name]) => name),
	managedByHost,
	...modelVariables,
	...addressVariables,
	'ANTHROPIC_BEDROCK_REGION_PREFIX',
	'ANTHROPIC_BEDROCK_SERVICE_TIER',
	'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION',
	'AWS_BEARER_TOKEN_BEDROCK',
	'AWS_CONFIG_FILE',
	'AWS_DEFAULT_REGION',
	'AWS_PROFILE',
	'AWS_REGION',
	'AWS_SHARED_CREDENTIALS_FILE',
	'CLAUDE_CODE_SKIP_BEDROCK_AUTH',
	'CLAUDE_CODE_SKIP_MANTLE_AUTH',
]);

/** The variables worth reading from settings and environments. Pass each value through `withoutSecret`. */
export const configurationVariables: ReadonlySet<string> = new Set([
	...hostedVariables,
	...secretVariables,
	'AWS_USE_DUALSTACK_ENDPOINT',
	'AWS_USE_FIPS_ENDPOINT',
	'CLAUDE_CODE_SKIP_PROMPT_HISTORY',
	'CLAUDE_CONFIG_DIR',
]);

/** Stands for an address whose host may be a password. */
export const notAUrl = 'not-a-url';

/** Scheme, host and port of an address: user, password, path and query may be secrets. */
export const originOf = (address: string): string => {
	const url = URL.parse(address.trim());
	const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
	return url !== null && isHttp ? url.origin : notAUrl;
};

/** The value with whatever may be secret taken out. Empty and blank values, which cancel, stay what they are. */
export const withoutSecret = (name: string, value: string): string => {
	if (value.trim() === '') return value;
	if (secretVariables.has(name)) return 'set';
	return addressVariables.includes(name) ? originOf(value) : value;
};

const normalize = (value: string) => value.trim().toLowerCase();

/** Whether Claude Code takes a switch for on. */
export const isOn = (value: string): boolean => ['1', 'true', 'yes', 'on'].includes(normalize(value));

/** Whether a switch says off, rather than something Claude Code does not understand. */
export const isOff = (value: string): boolean => ['', '0', 'false', 'no', 'off'].includes(normalize(value));

/** The highest layer that names a variable decides. An empty value there cancels it for all layers below. */
export const effectiveValue = (layers: readonly ConfigurationLayer[], name: string): Setting | undefined => {
	const layer = layers.find(({env}) => env.has(name));
	const value = layer?.env.get(name);
	const isSet = value !== undefined && value !== '';
	return layer !== undefined && isSet ? {variable: name, value, from: layer.name} : undefined;
};

/** As `effectiveValue`, where a blank counts as nothing and blanks around the value do not count (measured). */
export const trimmedValue = (layers: readonly ConfigurationLayer[], name: string): Setting | undefined => {
	const effective = effectiveValue(layers, name);
	const value = effective?.value.trim() ?? '';
	return effective === undefined || value === '' ? undefined : {...effective, value};
};

const withoutHosted = (layer: ConfigurationLayer): ConfigurationLayer =>
	layer.isShell ? layer : {...layer, env: new Map([...layer.env].filter(([name]) => !hostedVariables.has(name)))};

/**
 * The layers as they count: an application that hosts Claude Code and manages its provider makes provider, region,
 * endpoint and models in every settings file void, the administrator's included.
 */
export const layersInEffect = (
	all: readonly ConfigurationLayer[],
): {readonly layers: readonly ConfigurationLayer[]; readonly findings: readonly SettingsFinding[]} => {
	const host = effectiveValue(
		all.filter(({isShell}) => isShell === true),
		managedByHost,
	);
	if (host === undefined || !isOn(host.value)) return {layers: all, findings: []};
	const hasSwitch = (layer: ConfigurationLayer) => switches.some(([, name]) => layer.env.has(name));
	const ignored = all.filter(layer => !layer.isShell && hasSwitch(layer));
	const findings = ignored.map(({name}) => ({kind: 'managed-by-host' as const, ...host, ignored: name}));
	return {layers: all.map(withoutHosted), findings};
};
