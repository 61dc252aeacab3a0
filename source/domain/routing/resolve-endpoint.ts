import type {ConfiguredAuth, ConfiguredProvider} from './configuration.ts';
import {
	type ConfigurationLayer,
	effectiveValue,
	isOff,
	isOn,
	notAUrl,
	show,
	trimmedValue,
} from './configuration-layer.ts';

type Layers = readonly ConfigurationLayer[];

/** The endpoint of `ANTHROPIC_BEDROCK_BASE_URL`: scheme, host and port, as `withoutSecret` leaves them. */
export const resolveBaseUrl = (layers: Layers) => {
	const set = trimmedValue(layers, 'ANTHROPIC_BEDROCK_BASE_URL');
	if (set?.value !== notAUrl) return {value: set?.value, findings: []};
	return {value: notAUrl, findings: [`ANTHROPIC_BEDROCK_BASE_URL in ${set.layer} is not a URL`]};
};

/** The file that names a command for credentials, as evidence. */
const commandIn = (layers: Layers, key: 'awsCredentialExport' | 'awsAuthRefresh'): string | undefined => {
	const layer = layers.find(({settings}) => settings?.[key] === true);
	return layer && `${key} in ${layer.name}`;
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
	const evidence = [
		isSkipped ? show(skip) : undefined,
		bearer && `AWS_BEARER_TOKEN_BEDROCK in ${bearer.layer}`,
		exported,
		refreshed,
		profile && show(profile),
	].filter(words => words !== undefined);
	return {
		bearer: bearer !== undefined,
		skip: isSkipped,
		export: exported !== undefined,
		refresh: refreshed !== undefined,
		profile: profile?.value,
		from: evidence.length === 0 ? "the AWS SDK's default chain" : evidence.join('; '),
	};
};

/** A value for skipping the signature that Claude Code does not understand. */
export const authFindings = (layers: Layers): readonly string[] =>
	['CLAUDE_CODE_SKIP_BEDROCK_AUTH', 'CLAUDE_CODE_SKIP_MANTLE_AUTH'].flatMap(name => {
		const set = effectiveValue(layers, name);
		const isUnclear = set !== undefined && !isOn(set.value) && !isOff(set.value);
		return isUnclear ? [`${show(set)} does nothing: Claude Code accepts 1, true, yes, on`] : [];
	});
