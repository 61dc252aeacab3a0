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
	/** `+priority` or `+flex` behind an id of CloudWatch's: the tier that was billed, not another model. */
	readonly tier?: string | undefined;
	/** The region an ARN names; empty ones (the global form) are left out. */
	readonly region?: string | undefined;
};

/** Longer than any id of AWS. */
const longestId = 512;

const canonicalOr = (id: string): string => canonicalModel(id) ?? id;

/** Without Claude Code's `[1m]`, however often it was appended: the result reads back as itself. */
const withoutSuffix = (id: string): string => id.replace(/(?:\s*\[1m\])+$/i, '').trim();

const plain = (profile: string, id: string): ModelRef => {
	// A letter after the second dot, so that a short vendor is no prefix: `qwen.qwen3.5-397b`.
	const [, prefix, rest] = /^(global|us-gov|[a-z]{2,4})\.([a-z][a-z0-9]*\.[a-z].*)$/.exec(id) ?? [];
	if (prefix !== undefined && rest !== undefined) {
		const scope = prefix === 'global' ? 'global' : 'geo';
		return {kind: 'inference-profile', profile, model: canonicalOr(rest), scope, prefix};
	}
	if (/^[a-z][a-z0-9]*\..+$/.test(id)) {
		return {kind: 'foundation-model', profile, model: canonicalOr(id), scope: 'in-region'};
	}
	if (id.startsWith('claude-')) {
		return {kind: 'bare', profile, model: canonicalOr(`anthropic.${id}`), scope: 'unknown'};
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
			return {
				kind: 'foundation-model',
				profile,
				model: canonicalOr(id),
				scope: region === '' ? 'global' : 'in-region',
				...place,
			};
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

/** An ARN written as a URL's path has it, which some tools ask for (Portkey-AI/gateway#1118), as AWS writes it. */
const withoutEscapes = (id: string): string =>
	/^arn%3a/i.test(id) ? id.replace(/%3a/gi, ':').replace(/%2f/gi, '/') : id;

const parse = (id: string): ModelRef => {
	const text = withoutEscapes(id.trim());
	// The ellipsis keeps what is left from being read as the known model it may begin with.
	const profile = text.length > longestId ? `${text.slice(0, longestId - 1)}…` : withoutSuffix(text);
	const isReadable = /^[!-~]+$/.test(profile);
	if (!isReadable) return {kind: 'unknown', profile, scope: 'unknown'};
	const [, untiered, tier] = /^(.+)\+(priority|flex|default|reserved)$/.exec(profile) ?? [];
	if (untiered !== undefined) return {...parse(untiered), profile, tier};
	const [, region, type, rest] = /^arn:[\w-]+:bedrock:([\w-]*):\d*:([\w-]+)\/(.+)$/.exec(profile) ?? [];
	const isArn = region !== undefined && type !== undefined && rest !== undefined;
	return isArn ? ofArn(profile, region, type, rest) : plain(profile, profile);
};

/** The same few ids come with every reply; a Map, bounded, because they are other people's strings. */
const mostParsed = 1000;
const parsed = new Map<string, ModelRef>();

/**
 * Reads any spelling in which a model is called or reported: profile ids, ARNs, bare ids of transcripts, Mantle's short
 * ids, CloudWatch's opaque ones. Never throws; ids are other people's strings: one with blanks or control characters
 * inside, or over 512 characters long (then cut), names no model.
 * Spellings: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export const parseModelId = (id: string): ModelRef => {
	const known = parsed.get(id);
	if (known !== undefined) return known;
	const ref = parse(id);
	if (parsed.size >= mostParsed) parsed.clear();
	if (id.length <= longestId) parsed.set(id, ref);
	return ref;
};

/** The name people use, for narrow panes: `opus-5.5`. Unknown models keep their id, without vendor and `claude-`. */
export const shortModelName = (model: string): string =>
	knownModels.get(model) ?? model.replace(/^anthropic\.(claude-)?/, '');
