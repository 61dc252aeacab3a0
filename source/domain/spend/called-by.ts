import type {Call} from '../calls/call.ts';
import {type ModelRef, parseModelId, type Scope} from '../models/model-id.ts';
import {type Called, needsResolution, type Resolutions, readCalled} from '../models/resolution.ts';
import type {Turn} from '../replies/turn.ts';
import type {Configuration} from '../routing/configuration.ts';

/** Where the scope of a reply is known from; the rest of the price follows from the reply itself. */
export type ScopeSource = 'requestedModel' | 'cloudtrail' | 'session' | 'configuration' | 'assumed';

/** What tells which profile answered, besides the reply itself. */
export type CallEvidence = {
	readonly resolutions: Resolutions;
	/** That of the folder the reply's session runs in. */
	readonly configurationOf: (turn: Turn) => Configuration | undefined;
	/** The CloudTrail call with the reply's request id. */
	readonly callOf: (turn: Turn) => Pick<Call, 'profile'> | undefined;
	/** The id that the session wrote down as its model before that reply. */
	readonly sessionModelOf?: ((turn: Turn) => string | undefined) | undefined;
};

/** What was called, and how that is known. */
type CalledBy = {
	readonly called: Called;
	readonly profile?: string | undefined;
	readonly scopeFrom: ScopeSource;
	/** The very call or its session says so, rather than what the next call would be. */
	readonly isProven: boolean;
};

/** A foundation model's own id is what any server may answer with, and Claude Code's names say nothing of a scope. */
const namesProfile = ({kind}: ModelRef): boolean => kind === 'inference-profile' || kind === 'provisioned';

const isEvidence = (ref: ModelRef): boolean => namesProfile(ref) || needsResolution(ref);

/** `opus`, `sonnet`, … of a canonical id or of the variable that pins the family. */
const familyOf = (name: string): string | undefined => /fable|haiku|mythos|opus|sonnet/i.exec(name)?.[0].toLowerCase();

const conversation = ['ANTHROPIC_MODEL', 'model', 'ANTHROPIC_DEFAULT_MODEL'];

/** Ids that settings name, the likeliest for this reply first. */
const configuredIds = (turn: Turn, {pins = [], model, modelOverrides}: Configuration): readonly string[] => {
	const isSubagents = (variable: string) => variable === 'CLAUDE_CODE_SUBAGENT_MODEL';
	const rank = (variable: string) => {
		if (isSubagents(variable)) return turn.sidechain ? 0 : 3;
		return conversation.includes(variable) ? 1 : 2;
	};
	const pinned = pins.toSorted((a, b) => rank(a.variable) - rank(b.variable)).map(({value}) => value);
	return [...pinned, ...(model === undefined ? [] : [model]), ...(modelOverrides?.values() ?? [])];
};

/** Whether settings name a profile for that model of which only Bedrock could say what it is. */
const mayBeOpaque = (model: string, {pins = [], modelOverrides}: Configuration, resolutions: Resolutions): boolean => {
	const isOpaque = (id: string) => needsResolution(parseModelId(id)) && readCalled(id, resolutions).model === undefined;
	const pinned = pins.some(({variable, value}) => {
		const family = familyOf(variable);
		return isOpaque(value) && (family === undefined || family === familyOf(model));
	});
	return pinned || [...(modelOverrides ?? [])].some(([of, id]) => parseModelId(of).model === model && isOpaque(id));
};

const byConfiguration = (turn: Turn, {configurationOf, resolutions}: CallEvidence): CalledBy => {
	const configuration = configurationOf(turn);
	const ref = parseModelId(turn.model);
	const {model} = ref;
	const as = (scope: Scope, scopeFrom: ScopeSource): CalledBy => ({
		called: {ref, model, scope},
		scopeFrom,
		isProven: false,
	});
	if (configuration === undefined || model === undefined) return as('unknown', 'assumed');
	const pinned = configuredIds(turn, configuration)
		.map(id => readCalled(id, resolutions, turn.model))
		.find(called => called.model === model && called.scope !== 'unknown');
	if (pinned !== undefined) return as(pinned.scope, 'configuration');
	if (configuration.provider !== 'bedrock') return as('unknown', 'assumed');
	if (mayBeOpaque(model, configuration, resolutions)) return as('unknown', 'configuration');
	return as(configuration.regionPrefix === 'global' ? 'global' : 'geo', 'configuration');
};

/**
 * What was called, by the evidence nearest to the reply: what its line says was requested or answered, CloudTrail's
 * record of the very call, the model that its session wrote down, and at last the settings, which only say what the next
 * session will use.
 */
export const calledBy = (turn: Turn, evidence: CallEvidence): CalledBy => {
	const {resolutions, callOf, sessionModelOf} = evidence;
	const read = (id: string) => readCalled(id, resolutions, turn.model);
	const proven = (called: Called, scopeFrom: ScopeSource): CalledBy => ({
		...{called, scopeFrom, isProven: true},
		profile: called.ref.profile,
	});
	if (turn.requestedModel !== undefined) {
		const called = read(turn.requestedModel);
		if (called.ref.kind !== 'bare') return proven(called, 'requestedModel');
	}
	if (isEvidence(parseModelId(turn.model))) return proven(read(turn.model), 'requestedModel');
	const seen = callOf(turn)?.profile;
	if (seen !== undefined) return proven(read(seen), 'cloudtrail');
	const said = sessionModelOf?.(turn);
	const ofSession = said === undefined || !isEvidence(parseModelId(said)) ? undefined : read(said);
	const isSame = ofSession?.model !== undefined && ofSession.model === parseModelId(turn.model).model;
	if (!isSame) return byConfiguration(turn, evidence);
	// A subagent may be pinned to another profile of the same model than its session.
	return {...proven(ofSession, 'session'), isProven: !turn.sidechain};
};
