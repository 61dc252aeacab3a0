import {isRegion} from '../models/region-shape.ts';
import type {Configuration, ConfiguredProvider} from './configuration.ts';
import {
	type ConfigurationLayer,
	effectiveValue,
	heardLayers,
	isOff,
	isOn,
	show,
	switches,
	trimmedValue,
} from './configuration-layer.ts';
import {authFindings, resolveAuth, resolveBaseUrl} from './resolve-endpoint.ts';
import {resolveModels} from './resolve-models.ts';

export {type ConfigurationLayer, configurationVariables} from './configuration-layer.ts';

type ResolveOptions = {
	/** Highest precedence first. */
	readonly layers: readonly ConfigurationLayer[];
	/** The region of the AWS profile in effect and where it stands, such as `profile default in ~/.aws/config`. */
	readonly profileRegion?: {readonly region: string; readonly from: string} | undefined;
};

const regionPrefixes = ['us', 'eu', 'apac', 'jp', 'au', 'global'];

/** `CLAUDE_CODE_USE_BEDROCK="" in .claude/settings.json cancels …`: why a switch that is set below stays off. */
const cancelled = (layers: readonly ConfigurationLayer[], name: string): string | undefined => {
	const [upper, ...lower] = layers.filter(({env}) => env.has(name));
	const below = effectiveValue(lower, name);
	const isCancelled = upper?.env.get(name) === '' && below !== undefined && isOn(below.value);
	return isCancelled ? `${name}="" in ${upper.name} cancels ${show(below)}` : undefined;
};

type Resolved<T> = {readonly value: T; readonly from: string; readonly findings: readonly string[]};

const resolveProvider = (layers: readonly ConfigurationLayer[]): Resolved<ConfiguredProvider> => {
	const findings: string[] = [];
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

const resolveRegion = ({layers, profileRegion}: ResolveOptions): Resolved<string> => {
	const findings: string[] = [];
	for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
		const effective = trimmedValue(layers, name);
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
	const value = effective.value.trim().toLowerCase();
	if (regionPrefixes.includes(value)) return {value, from: show(effective), findings: []};
	const finding = `${show(effective)} is not a prefix Claude Code documents: ${regionPrefixes.join(', ')}`;
	return {...byRegion, findings: [finding]};
};

/** `default` is the standard tier; the others cost more or less (docs: amazon-bedrock). */
const resolveServiceTier = (layers: readonly ConfigurationLayer[]): string | undefined => {
	const value = effectiveValue(layers, 'ANTHROPIC_BEDROCK_SERVICE_TIER')?.value ?? '';
	const tier = value.trim().toLowerCase().slice(0, 40);
	return tier === '' || tier === 'default' || tier === 'standard' ? undefined : tier;
};

/** Evidence that no transcript is written. */
const silencedTranscripts = (layers: readonly ConfigurationLayer[]): string | undefined => {
	const effective = effectiveValue(layers, 'CLAUDE_CODE_SKIP_PROMPT_HISTORY');
	return effective !== undefined && isOn(effective.value) ? show(effective) : undefined;
};

const isSet = (layers: readonly ConfigurationLayer[], name: string) => trimmedValue(layers, name) !== undefined;

/**
 * What Claude Code makes of settings and shell. A settings value beats the shell's, which is why a process's own
 * environment proves nothing (docs: settings-reference#env; measured with 2.1.330).
 */
export const resolveConfiguration = ({layers: all, profileRegion}: ResolveOptions): Configuration => {
	const {layers, findings} = heardLayers(all);
	const provider = resolveProvider(layers);
	const region = resolveRegion({layers, profileRegion});
	const prefix = resolvePrefix(layers, region.value);
	const models = resolveModels(layers, region.value);
	const isBedrock = provider.value === 'bedrock';
	const mantle = effectiveValue(layers, 'CLAUDE_CODE_USE_MANTLE');
	const baseUrl = isBedrock ? resolveBaseUrl(layers) : {value: undefined, findings: []};
	const bedrockFindings = isBedrock ? [...models.findings, ...baseUrl.findings, ...authFindings(layers)] : [];
	return {
		provider: provider.value,
		providerFrom: provider.from,
		region: region.value,
		regionFrom: region.from,
		regionPrefix: prefix.value,
		model: models.model?.value,
		modelFrom: models.model && `${models.model.variable} in ${models.model.from}`,
		pins: models.pins.length === 0 ? undefined : models.pins,
		modelOverrides: models.overrides.size === 0 ? undefined : models.overrides,
		smallFastRegion: isBedrock ? models.smallFastRegion : undefined,
		serviceTier: resolveServiceTier(layers),
		baseUrl: baseUrl.value,
		mantle: isBedrock && mantle !== undefined && isOn(mantle.value) ? true : undefined,
		auth: isBedrock || provider.value === 'mantle' ? resolveAuth(layers, provider.value) : undefined,
		proxy: isSet(layers, 'HTTPS_PROXY') || isSet(layers, 'https_proxy') ? true : undefined,
		noTranscripts: silencedTranscripts(layers),
		findings: [...findings, ...provider.findings, ...region.findings, ...prefix.findings, ...bedrockFindings],
	};
};
