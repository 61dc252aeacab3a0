import type {Configuration, ConfiguredAuth, ConfiguredProvider} from './configuration.ts';
import {type ConfigurationLayer, effectiveValue, isOff, isOn, notAUrl, trimmedValue} from './configuration-layer.ts';
import {gatewayAt, hostnameOf, hostOf, isAnthropic, isMantleEndpoint, regionOfEndpoint} from './endpoint.ts';
import type {Evidence, Setting} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';

type Layers = readonly ConfigurationLayer[];

type Endpoint = Pick<Configuration, 'baseUrl' | 'gateway' | 'ownHost'> & {
	/** Where the endpoint lies, if it is one of AWS's own. */
	readonly region?: string | undefined;
	readonly setting?: Setting | undefined;
	readonly findings: readonly SettingsFinding[];
};

/** `AWS_ENDPOINT_URL_…` is read in the program of Claude Code 2.1.330, its effect not measured. */
const runtimeVariables = [
	...['ANTHROPIC_BEDROCK_BASE_URL', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL_BEDROCK'],
];

const addressOf = (layers: Layers, names: readonly string[]): Setting | undefined =>
	names.map(name => trimmedValue(layers, name)).find(set => set !== undefined);

const notAUrlFinding = ({variable, from}: Setting): SettingsFinding => ({kind: 'not-a-url', variable, from});

/** The AWS SDK takes `true` and `false` only; both variables are read in the program of 2.1.330, their effect not measured. */
const variantOf = (layers: Layers, region: string): Endpoint => {
	const settings = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'].map(name => trimmedValue(layers, name));
	const [fips, dualStack] = settings;
	const isNeither = (set: Setting | undefined): set is Setting =>
		set !== undefined && set.value !== 'true' && set.value !== 'false';
	const findings = settings.filter(isNeither).map(set => ({kind: 'not-true-or-false' as const, ...set}));
	return {ownHost: hostOf(region, fips?.value === 'true', dualStack?.value === 'true'), findings};
};

/** Where calls to Bedrock go: an endpoint of AWS's own counts by its region, any other is a gateway. */
export const resolveEndpoint = (layers: Layers, provider: ConfiguredProvider, region: string): Endpoint => {
	if (provider !== 'bedrock') return {findings: []};
	const setting = addressOf(layers, runtimeVariables);
	if (setting === undefined) return variantOf(layers, region);
	const {value, variable} = setting;
	const own = regionOfEndpoint(value);
	if (own === undefined) {
		const findings = value === notAUrl ? [notAUrlFinding(setting)] : [];
		return {baseUrl: value, gateway: gatewayAt(value, variable), findings};
	}
	const elsewhere = {kind: 'endpoint-elsewhere' as const, ...setting, region: own, other: region};
	return {region: own, setting, ownHost: hostnameOf(value), findings: own === region ? [] : [elsewhere]};
};

type SignIn = Pick<Configuration, 'provider' | 'baseUrl' | 'gateway'> & {
	readonly from: Evidence;
	readonly findings: readonly SettingsFinding[];
};

/** A Claude apps gateway, which outranks every provider's switch (docs: authentication); only administrators can say so. */
export const appsGateway = (layers: Layers): SignIn | undefined => {
	const layer = layers.find(({settings}) => settings?.gatewayUrl !== undefined);
	const url = layer?.settings?.gatewayUrl;
	if (layer === undefined || url === undefined) return undefined;
	const variable = 'forceLoginGatewayUrl';
	const from: Evidence = {kind: 'set', variable, value: url, from: layer.name};
	return {provider: 'gateway', from, baseUrl: url, gateway: gatewayAt(url, variable), findings: []};
};

/** What `ANTHROPIC_BASE_URL` makes of the first party; it says nothing beside a provider's switch. */
export const firstPartyGateway = (layers: Layers): SignIn | undefined => {
	const setting = trimmedValue(layers, 'ANTHROPIC_BASE_URL');
	if (setting === undefined || isAnthropic(setting.value)) return undefined;
	const {value, variable} = setting;
	const from: Evidence = {kind: 'set', ...setting};
	if (isMantleEndpoint(value)) return {provider: 'mantle', from, findings: []};
	const findings = value === notAUrl ? [notAUrlFinding(setting)] : [];
	return {provider: 'gateway', from, baseUrl: value, gateway: gatewayAt(value, variable), findings};
};

/** The file that names a command for credentials, as evidence. */
const commandIn = (layers: Layers, key: 'awsCredentialExport' | 'awsAuthRefresh'): Evidence | undefined => {
	const layer = layers.find(({settings}) => settings?.[key] === true);
	return layer && {kind: 'named', variable: key, from: layer.name};
};

/** How Claude Code proves itself to AWS. Every secret was taken out before: only whether it is set is known. */
export const resolveAuth = (layers: Layers, provider: ConfiguredProvider): ConfiguredAuth => {
	const bearer = trimmedValue(layers, 'AWS_BEARER_TOKEN_BEDROCK');
	const skip = effectiveValue(
		layers,
		provider === 'mantle' ? 'CLAUDE_CODE_SKIP_MANTLE_AUTH' : 'CLAUDE_CODE_SKIP_BEDROCK_AUTH',
	);
	const isSkipped = skip !== undefined && isOn(skip.value);
	const profile = effectiveValue(layers, 'AWS_PROFILE');
	const exported = commandIn(layers, 'awsCredentialExport');
	const refreshed = commandIn(layers, 'awsAuthRefresh');
	const evidence: readonly Evidence[] = [
		isSkipped ? {kind: 'set' as const, ...skip} : undefined,
		bearer && {kind: 'named' as const, variable: bearer.variable, from: bearer.from},
		exported,
		refreshed,
		profile && {kind: 'set' as const, ...profile},
	].filter(item => item !== undefined);
	return {
		bearer: bearer !== undefined,
		skip: isSkipped,
		export: exported !== undefined,
		refresh: refreshed !== undefined,
		profile: profile?.value,
		from: evidence.length === 0 ? [{kind: 'sdk-default-chain'}] : evidence,
	};
};

/** A value for skipping the signature that Claude Code does not understand. */
export const authFindings = (layers: Layers): readonly SettingsFinding[] =>
	['CLAUDE_CODE_SKIP_BEDROCK_AUTH', 'CLAUDE_CODE_SKIP_MANTLE_AUTH'].flatMap(name => {
		const set = effectiveValue(layers, name);
		const isUnclear = set !== undefined && !isOn(set.value) && !isOff(set.value);
		return isUnclear ? [{kind: 'not-a-switch', ...set}] : [];
	});
