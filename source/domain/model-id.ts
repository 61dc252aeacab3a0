import {canonicalModel, knownModels} from './known-models.ts';

/** Where a call may run, which decides its price: everywhere, within a geography, in the region called. */
export type Scope = 'global' | 'geo' | 'in-region' | 'unknown';

/** What an id that was called with says. */
export type ModelRef = {
	readonly kind:
		| 'inference-profile'
		| 'foundation-model'
		| 'application-inference-profile'
		| 'provisioned'
		| 'prompt-router'
		| 'bare'
		| 'unknown';
	/** Exactly what was called, without blanks around it and without Claude Code's `[1m]`, which AWS never sees. */
	readonly profile: string;
	/** The canonical foundation id without prefix; undefined where only a lookup could tell. */
	readonly model?: string | undefined;
	readonly scope: Scope;
	/** `us`, `eu`, `global`, … of a cross-region profile. */
	readonly prefix?: string | undefined;
	/** The region an ARN names; empty ones (the global form) are left out. */
	readonly region?: string | undefined;
};

const longestId = 512;

const plain = (profile: string, id: string): ModelRef => {
	const [, prefix, rest] = /^(global|us-gov|[a-z]{2,4})\.([a-z0-9]+\..+)$/.exec(id) ?? [];
	if (prefix !== undefined && rest !== undefined) {
		const model = canonicalModel(rest) ?? rest;
		return {kind: 'inference-profile', profile, model, scope: prefix === 'global' ? 'global' : 'geo', prefix};
	}
	if (/^[a-z0-9]+\..+/.test(id)) {
		return {kind: 'foundation-model', profile, model: canonicalModel(id) ?? id, scope: 'in-region'};
	}
	if (id.startsWith('claude-')) {
		const model = `anthropic.${id}`;
		return {kind: 'bare', profile, model: canonicalModel(model) ?? model, scope: 'unknown'};
	}
	// CloudWatch names an application inference profile by the last segment of its ARN alone.
	if (/^[a-z0-9]{12}$/.test(id)) return {kind: 'application-inference-profile', profile, scope: 'unknown'};
	return {kind: 'unknown', profile, scope: 'unknown'};
};

const ofArn = (profile: string, region: string, type: string, id: string): ModelRef => {
	const place = region === '' ? {} : {region};
	switch (type) {
		case 'inference-profile':
			return {...plain(profile, id), ...place};
		case 'foundation-model':
			// An ARN without a region is how the destinations of a global profile are written.
			return {...plain(profile, id), scope: region === '' ? 'global' : 'in-region', ...place};
		case 'application-inference-profile':
			return {kind: 'application-inference-profile', profile, scope: 'unknown', ...place};
		case 'provisioned-model':
			return {kind: 'provisioned', profile, scope: 'in-region', ...place};
		case 'prompt-router':
		case 'default-prompt-router':
			return {kind: 'prompt-router', profile, scope: 'unknown', ...place};
		default:
			return {kind: 'unknown', profile, scope: 'unknown', ...place};
	}
};

/**
 * Reads any spelling in which a model is called or reported: profile ids, ARNs, bare ids of transcripts, Mantle's short
 * ids, CloudWatch's opaque ones. Never throws; ids are other people's strings, and what is over 512 characters is cut.
 * Spellings: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export const parseModelId = (id: string): ModelRef => {
	const profile = id
		.slice(0, longestId)
		.trim()
		.replace(/\[1m\]$/i, '')
		.trim();
	const [, region, type, rest] = /^arn:[\w-]+:bedrock:([\w-]*):\d*:([\w-]+)\/(.+)$/.exec(profile) ?? [];
	const isArn = region !== undefined && type !== undefined && rest !== undefined;
	return isArn ? ofArn(profile, region, type, rest) : plain(profile, profile);
};

/** The name people use, for narrow panes: `opus-5.5`. Unknown models keep their id, without vendor and `claude-`. */
export const shortModelName = (model: string): string =>
	knownModels.get(model) ?? model.replace(/^anthropic\.(claude-)?/, '');
