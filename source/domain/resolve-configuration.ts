import type {Configuration, ConfiguredProvider} from './configuration.ts';

/** One place that sets variables, such as a settings file or the shell. */
export type ConfigurationLayer = {
	/** As evidence shows it: `~/.claude/settings.json`, `the shell`. */
	readonly name: string;
	readonly env: ReadonlyMap<string, string>;
	/** The environment Claude Code was started with, rather than a settings file. */
	readonly isShell?: boolean | undefined;
};

/** A variable as it takes effect, and the layer it comes from. */
type EffectiveValue = {readonly name: string; readonly value: string; readonly layer: string};

type ResolveOptions = {
	/** Highest precedence first. */
	readonly layers: readonly ConfigurationLayer[];
	/** The region of the AWS profile in effect and where it stands, such as `profile default in ~/.aws/config`. */
	readonly profileRegion?: {readonly region: string; readonly from: string} | undefined;
};

/** Each provider's switch, in the order Claude Code 2.1.330 obeys them (measured over 15 combinations). */
const switches: readonly (readonly [ConfiguredProvider, string])[] = [
	['bedrock', 'CLAUDE_CODE_USE_BEDROCK'],
	['foundry', 'CLAUDE_CODE_USE_FOUNDRY'],
	['anthropic-aws', 'CLAUDE_CODE_USE_ANTHROPIC_AWS'],
	['mantle', 'CLAUDE_CODE_USE_MANTLE'],
	['vertex', 'CLAUDE_CODE_USE_VERTEX'],
];

const managedByHost = 'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST';
const regionPrefixes = ['us', 'eu', 'apac', 'jp', 'au', 'global'];

/** The variables worth reading from settings and environments. None of them holds a secret. */
export const configurationVariables: ReadonlySet<string> = new Set([
	...switches.map(([, name]) => name),
	managedByHost,
	'AWS_REGION',
	'AWS_DEFAULT_REGION',
	'AWS_PROFILE',
	'AWS_SHARED_CREDENTIALS_FILE',
	'AWS_CONFIG_FILE',
	'ANTHROPIC_BEDROCK_REGION_PREFIX',
	'ANTHROPIC_BEDROCK_SERVICE_TIER',
	'ANTHROPIC_MODEL',
]);

const normalize = (value: string) => value.trim().toLowerCase();
const isOn = (value: string) => ['1', 'true', 'yes', 'on'].includes(normalize(value));
const isOff = (value: string) => ['', '0', 'false', 'no', 'off'].includes(normalize(value));
const show = ({name, value, layer}: EffectiveValue) => `${name}=${value.slice(0, 40)} in ${layer}`;

/** The highest layer that names a variable decides. An empty value there cancels it for all layers below. */
export const effectiveValue = (layers: readonly ConfigurationLayer[], name: string): EffectiveValue | undefined => {
	const layer = layers.find(({env}) => env.has(name));
	const value = layer?.env.get(name);
	return layer === undefined || value === undefined || value === '' ? undefined : {name, value, layer: layer.name};
};

/** `CLAUDE_CODE_USE_BEDROCK="" in .claude/settings.json cancels …`: why a switch that is set below stays off. */
const cancelled = (layers: readonly ConfigurationLayer[], name: string): string | undefined => {
	const [upper, ...lower] = layers.filter(({env}) => env.has(name));
	const below = effectiveValue(lower, name);
	const isCancelled = upper?.env.get(name) === '' && below !== undefined && isOn(below.value);
	return isCancelled ? `${name}="" in ${upper.name} cancels ${show(below)}` : undefined;
};

type Resolved<T> = {readonly value: T; readonly from: string; readonly findings: readonly string[]};

const resolveProvider = (all: readonly ConfigurationLayer[]): Resolved<ConfiguredProvider> => {
	const findings: string[] = [];
	const shell = all.filter(({isShell}) => isShell === true);
	const host = effectiveValue(shell, managedByHost);
	const isHosted = host !== undefined && !isOff(host.value);
	const hasSwitch = (layer: ConfigurationLayer) => switches.some(([, name]) => layer.env.has(name));
	const layers = isHosted ? shell : all;
	for (const layer of all) {
		const isIgnored = isHosted && !layer.isShell && hasSwitch(layer);
		if (isIgnored) findings.push(`${show(host)} makes Claude Code ignore the provider switches in ${layer.name}`);
	}
	const set = switches.flatMap(([provider, name]) => {
		const effective = effectiveValue(layers, name);
		return effective === undefined ? [] : [{provider, effective, isOn: isOn(effective.value)}];
	});
	for (const {effective} of set.filter(({effective: {value}}) => !isOn(value) && !isOff(value))) {
		findings.push(`${show(effective)} does nothing: Claude Code accepts 1, true, yes, on`);
	}
	const [chosen, ...outranked] = set.filter(one => one.isOn);
	for (const {provider, effective} of outranked) {
		const isBoth = chosen?.provider === 'bedrock' && provider === 'mantle';
		findings.push(
			isBoth
				? `${show(effective)} sends models named anthropic.claude-… without a version to Mantle, the others to Bedrock`
				: `${show(effective)} does nothing: ${chosen?.effective.name} outranks it`,
		);
	}
	if (chosen !== undefined) return {value: chosen.provider, from: show(chosen.effective), findings};
	const reasons = [
		...switches.flatMap(([, name]) => cancelled(layers, name) ?? []),
		...set.map(({effective}) => `${show(effective)} is off`),
	];
	return {value: 'first-party', from: reasons[0] ?? 'no provider switch is set', findings};
};

/** Claude Code takes a value with a slash, a dot or a blank in it for unset (docs: amazon-bedrock; measured). */
const isRegion = (value: string) => value !== '' && !/[/\\.\s]/.test(value);

const resolveRegion = ({layers, profileRegion}: ResolveOptions): Resolved<string> => {
	const findings: string[] = [];
	for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
		const effective = effectiveValue(layers, name);
		if (effective === undefined) continue;
		if (isRegion(effective.value)) return {value: effective.value, from: show(effective), findings};
		findings.push(`${show(effective)} does nothing: it is not shaped like a region`);
	}
	if (profileRegion !== undefined) {
		const {region, from} = profileRegion;
		if (isRegion(region)) return {value: region, from, findings};
		findings.push(`region ${region.slice(0, 40)} of ${from} does nothing: it is not shaped like a region`);
	}
	return {value: 'us-east-1', from: "Claude Code's default", findings};
};

/** The prefix of the models Claude Code picks for a region; measured: ca-central-1 gave `global`. */
const prefixOf = (region: string): string => {
	if (region.startsWith('us-gov-')) return 'us-gov';
	if (region.startsWith('us-')) return 'us';
	if (region.startsWith('eu-')) return 'eu';
	return region.startsWith('ap-') ? 'apac' : 'global';
};

const resolvePrefix = (layers: readonly ConfigurationLayer[], region: string): Resolved<string> => {
	const effective = effectiveValue(layers, 'ANTHROPIC_BEDROCK_REGION_PREFIX');
	const byRegion = {value: prefixOf(region), from: region, findings: []};
	if (effective === undefined) return byRegion;
	const value = normalize(effective.value);
	if (regionPrefixes.includes(value)) return {value, from: show(effective), findings: []};
	const finding = `${show(effective)} is not a prefix Claude Code documents: ${regionPrefixes.join(', ')}`;
	return {...byRegion, findings: [finding]};
};

/** `default` is the standard tier; the others cost more or less (docs: amazon-bedrock). */
const resolveServiceTier = (layers: readonly ConfigurationLayer[]): string | undefined => {
	const tier = normalize(effectiveValue(layers, 'ANTHROPIC_BEDROCK_SERVICE_TIER')?.value ?? '').slice(0, 40);
	return tier === '' || tier === 'default' || tier === 'standard' ? undefined : tier;
};

/**
 * What Claude Code makes of settings and shell. A settings value beats the shell's, which is why a process's own
 * environment proves nothing (docs: settings-reference#env; measured with 2.1.330).
 */
export const resolveConfiguration = ({layers, profileRegion}: ResolveOptions): Configuration => {
	const provider = resolveProvider(layers);
	const region = resolveRegion({layers, profileRegion});
	const prefix = resolvePrefix(layers, region.value);
	return {
		provider: provider.value,
		providerFrom: provider.from,
		region: region.value,
		regionFrom: region.from,
		regionPrefix: prefix.value,
		model: effectiveValue(layers, 'ANTHROPIC_MODEL')?.value,
		serviceTier: resolveServiceTier(layers),
		findings: [...provider.findings, ...region.findings, ...prefix.findings],
	};
};
