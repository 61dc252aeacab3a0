import {isRegion} from '../models/region-shape.ts';
import type {Configuration, ConfiguredProvider} from './configuration.ts';
import {
	type ConfigurationLayer,
	effectiveValue,
	isOff,
	isOn,
	layersInEffect,
	switches,
	trimmedValue,
} from './configuration-layer.ts';
import type {Evidence, Setting} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';
import {appsGateway, authFindings, firstPartyGateway, resolveAuth, resolveEndpoint} from './resolve-endpoint.ts';
import {resolveModels} from './resolve-models.ts';
import {resolvePricing} from './resolve-pricing.ts';

export {type ConfigurationLayer, configurationVariables} from './configuration-layer.ts';

type ResolveOptions = {
	/** Highest precedence first. */
	readonly layers: readonly ConfigurationLayer[];
	/** The region of the AWS profile in effect, and the file where it stands. */
	readonly profileRegion?: {readonly region: string; readonly profile: string; readonly from: string} | undefined;
};

const regionPrefixes = ['us', 'eu', 'apac', 'jp', 'au', 'global'];

/** Why a switch that is set below stays off. */
const cancelled = (layers: readonly ConfigurationLayer[], name: string): Evidence | undefined => {
	const [upper, ...lower] = layers.filter(({env}) => env.has(name));
	const below = effectiveValue(lower, name);
	const isCancelled = upper?.env.get(name) === '' && below !== undefined && isOn(below.value);
	return isCancelled ? {kind: 'cancelled', from: upper.name, below} : undefined;
};

type Resolved<T> = {readonly value: T; readonly from: Evidence; readonly findings: readonly SettingsFinding[]};

const set = (setting: Setting): Evidence => ({kind: 'set', ...setting});

const resolveProvider = (layers: readonly ConfigurationLayer[]): Resolved<ConfiguredProvider> => {
	const findings: SettingsFinding[] = [];
	const given = switches.flatMap(([provider, name]) => {
		const effective = effectiveValue(layers, name);
		return effective === undefined ? [] : [{provider, effective, isOn: isOn(effective.value)}];
	});
	for (const {effective} of given.filter(({effective: {value}}) => !isOn(value) && !isOff(value))) {
		findings.push({kind: 'not-a-switch', ...effective});
	}
	const [chosen, ...outranked] = given.filter(one => one.isOn);
	for (const {provider, effective} of outranked) {
		const isBoth = chosen?.provider === 'bedrock' && provider === 'mantle';
		if (isBoth) findings.push({kind: 'mantle-beside-bedrock', ...effective});
		else findings.push({kind: 'outranked', ...effective, by: chosen?.effective.variable ?? ''});
	}
	if (chosen !== undefined) return {value: chosen.provider, from: set(chosen.effective), findings};
	const reasons: readonly Evidence[] = [
		...switches.flatMap(([, name]) => cancelled(layers, name) ?? []),
		...given.map(({effective}) => ({kind: 'off' as const, ...effective})),
	];
	return {value: 'first-party', from: reasons[0] ?? {kind: 'no-switch'}, findings};
};

const resolveRegion = ({layers, profileRegion}: ResolveOptions): Resolved<string> => {
	const findings: SettingsFinding[] = [];
	for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
		const effective = trimmedValue(layers, name);
		if (effective === undefined) continue;
		if (isRegion(effective.value)) return {value: effective.value, from: set(effective), findings};
		findings.push({kind: 'not-a-region', ...effective});
	}
	if (profileRegion !== undefined) {
		const {region, profile, from} = profileRegion;
		const evidence: Evidence = {kind: 'aws-profile', profile, from};
		if (isRegion(region)) return {value: region, from: evidence, findings};
		findings.push({kind: 'profile-without-region', region, profile: evidence});
	}
	return {value: 'us-east-1', from: {kind: 'claude-code-default'}, findings};
};

/** The prefix of the models Claude Code picks for a region; measured: ca-central-1 gave `global`. */
const prefixOf = (region: string): string => {
	if (region.startsWith('us-gov-')) return 'us-gov';
	if (region.startsWith('us-')) return 'us';
	if (region.startsWith('eu-')) return 'eu';
	return region.startsWith('ap-') ? 'apac' : 'global';
};

const resolvePrefix = (layers: readonly ConfigurationLayer[], region: string): Omit<Resolved<string>, 'from'> => {
	const effective = effectiveValue(layers, 'ANTHROPIC_BEDROCK_REGION_PREFIX');
	const byRegion = {value: prefixOf(region), findings: []};
	if (effective === undefined) return byRegion;
	const value = effective.value.trim().toLowerCase();
	if (regionPrefixes.includes(value)) return {value, findings: []};
	return {...byRegion, findings: [{kind: 'unknown-prefix', ...effective, known: regionPrefixes}]};
};

/** `default` is the standard tier; the others cost more or less (docs: amazon-bedrock). */
const resolveServiceTier = (layers: readonly ConfigurationLayer[]): string | undefined => {
	const value = effectiveValue(layers, 'ANTHROPIC_BEDROCK_SERVICE_TIER')?.value ?? '';
	const tier = value.trim().toLowerCase().slice(0, 40);
	return tier === '' || tier === 'default' || tier === 'standard' ? undefined : tier;
};

/** Claude Code takes no less than a day. */
const resolveCleanup = (layers: readonly ConfigurationLayer[]): number | undefined =>
	layers.map(({settings}) => settings?.cleanupPeriodDays).find(days => days !== undefined && days >= 1);

/** Evidence that no transcript is written. */
const skippedTranscripts = (layers: readonly ConfigurationLayer[]): Evidence | undefined => {
	const effective = effectiveValue(layers, 'CLAUDE_CODE_SKIP_PROMPT_HISTORY');
	return effective !== undefined && isOn(effective.value) ? set(effective) : undefined;
};

/**
 * What Claude Code makes of settings and shell. A settings value beats the shell's, which is why a process's own
 * environment proves nothing (docs: settings-reference#env; measured with 2.1.330).
 */
export const resolveConfiguration = ({layers: all, profileRegion}: ResolveOptions): Configuration => {
	const {layers, findings} = layersInEffect(all);
	const switched = resolveProvider(layers);
	const viaGateway = appsGateway(layers) ?? (switched.value === 'first-party' ? firstPartyGateway(layers) : undefined);
	const provider =
		viaGateway === undefined
			? switched
			: {value: viaGateway.provider, from: viaGateway.from, findings: [...switched.findings, ...viaGateway.findings]};
	const region = resolveRegion({layers, profileRegion});
	const prefix = resolvePrefix(layers, region.value);
	const models = resolveModels(layers, region.value);
	const isBedrock = provider.value === 'bedrock';
	const mantle = effectiveValue(layers, 'CLAUDE_CODE_USE_MANTLE');
	const endpoint = resolveEndpoint(layers, provider.value, region.value);
	const {baseUrl, gateway} = viaGateway ?? endpoint;
	const bedrockFindings = isBedrock ? [...models.findings, ...endpoint.findings, ...authFindings(layers)] : [];
	return {
		provider: provider.value,
		providerFrom: provider.from,
		region: endpoint.region ?? region.value,
		regionFrom: endpoint.setting === undefined ? region.from : set(endpoint.setting),
		regionPrefix: prefix.value,
		model: models.model?.value,
		modelFrom: models.model && {kind: 'named', variable: models.model.variable, from: models.model.from},
		pins: models.pins.length === 0 ? undefined : models.pins,
		modelOverrides: models.overrides.size === 0 ? undefined : models.overrides,
		smallFastRegion: isBedrock ? models.smallFastRegion : undefined,
		serviceTier: resolveServiceTier(layers),
		baseUrl,
		ownHost: viaGateway === undefined ? endpoint.ownHost : undefined,
		gateway,
		mantle: isBedrock && mantle !== undefined && isOn(mantle.value) ? true : undefined,
		auth: isBedrock || provider.value === 'mantle' ? resolveAuth(layers, provider.value) : undefined,
		organisation: resolvePricing(all),
		cleanupPeriodDays: resolveCleanup(layers),
		noTranscripts: skippedTranscripts(layers),
		findings: [...findings, ...provider.findings, ...region.findings, ...prefix.findings, ...bedrockFindings],
	};
};
