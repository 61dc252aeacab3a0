import {type ModelRef, parseModelId, type Scope} from './model-id.ts';
import type {UnresolvedReason} from './unresolved-reason.ts';

/**
 * What stands behind an id that names no model itself: an application inference profile or a prompt router, as Bedrock
 * answered; or why it did not.
 */
export type Resolution =
	| {
			readonly state: 'resolved';
			/** Canonical foundation ids: one for a profile, several for a router. */
			readonly models: readonly string[];
			readonly scope: Scope;
	  }
	| {
			readonly state: 'unresolved';
			readonly reason: UnresolvedReason;
			/** Bedrock has answered: asking again would say the same. */
			readonly isFinal: boolean;
	  };

/** By `resolutionKey`. A Map, because the ids are other people's strings. */
export type Resolutions = ReadonlyMap<string, Resolution>;

/** CloudWatch names a profile by the last segment of its ARN and perhaps a tier, transcripts and CloudTrail by the whole. */
export const resolutionKey = (id: string): string => {
	const {tier = ''} = parseModelId(id);
	return id.slice(id.lastIndexOf('/') + 1, tier === '' ? undefined : -tier.length - 1);
};

/** Whether only a question to Bedrock can tell which model such an id stands for. */
export const needsResolution = ({kind}: ModelRef): boolean =>
	kind === 'application-inference-profile' || kind === 'prompt-router';

/**
 * The scope that destinations add up to: foundation models of one region, of several, or the global form without a
 * region; profiles (what routers name) by their own prefix. Unknown where they say different things.
 */
export const scopeOfDestinations = (modelArns: readonly string[]): Scope => {
	const refs = modelArns.map(parseModelId);
	const scopes = new Set(refs.map(({scope}) => scope));
	if (scopes.has('global') && refs.some(({kind}) => kind === 'foundation-model')) return 'global';
	const [scope = 'unknown'] = scopes.size === 1 ? scopes : [];
	const regions = new Set(refs.map(({region}) => region));
	return scope === 'in-region' && regions.size > 1 ? 'geo' : scope;
};

/** What was called, as far as it is known: one model, one of several, or none with the reason. */
export type Called = {
	readonly ref: ModelRef;
	/** The canonical model; undefined where it is one of `candidates` or not known. */
	readonly model?: string | undefined;
	/** A router's models when nobody says which of them answered. */
	readonly candidates?: readonly string[] | undefined;
	readonly scope: Scope;
	/** Why no price can be said. */
	readonly reason?: UnresolvedReason | {readonly kind: 'provisioned-throughput'} | undefined;
};

/** Reads an id that was called, with what Bedrock said of profiles; `answered` is the model a reply names. */
export const readCalled = (id: string, resolutions: Resolutions, answered?: string): Called => {
	const ref = parseModelId(id);
	if (ref.kind === 'provisioned') {
		return {ref, scope: ref.scope, reason: {kind: 'provisioned-throughput'}};
	}
	if (!needsResolution(ref)) return {ref, model: ref.model, scope: ref.scope};
	const resolution = resolutions.get(resolutionKey(ref.profile));
	if (resolution?.state !== 'resolved') {
		return {ref, scope: 'unknown', reason: resolution?.reason ?? {kind: 'not-asked-yet'}};
	}
	const {models, scope} = resolution;
	const said = answered === undefined ? undefined : parseModelId(answered).model;
	const model = models.length === 1 ? models[0] : models.find(candidate => candidate === said);
	return {ref, model, scope, candidates: model === undefined ? models : undefined};
};
