import type {ConfiguredAuth, ConfiguredProvider} from './configuration.ts';
import {type ConfigurationLayer, effectiveValue, isOff, isOn, notAUrl, trimmedValue} from './configuration-layer.ts';
import type {Evidence} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';

type Layers = readonly ConfigurationLayer[];

/** The endpoint of `ANTHROPIC_BEDROCK_BASE_URL`: scheme, host and port, as `withoutSecret` leaves them. */
export const resolveBaseUrl = (
	layers: Layers,
): {readonly value: string | undefined; readonly findings: readonly SettingsFinding[]} => {
	const set = trimmedValue(layers, 'ANTHROPIC_BEDROCK_BASE_URL');
	if (set?.value !== notAUrl) return {value: set?.value, findings: []};
	return {value: notAUrl, findings: [{kind: 'not-a-url', variable: set.variable, from: set.from}]};
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
