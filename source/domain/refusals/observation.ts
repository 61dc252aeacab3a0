import type {Call} from '../calls/call.ts';
import {nameInArn} from '../calls/principal.ts';
import {type ModelRef, parseModelId} from '../models/model-id.ts';
import type {LocalFailure} from '../replies/failure.ts';
import type {Provider} from '../replies/turn.ts';
import type {Configuration} from '../routing/configuration.ts';
import type {Cause} from './causes/index.ts';
import {type Denial, readDenial} from './denial.ts';
import {denialOf, isRefused} from './outcome.ts';

/** One call that was not answered, as one of the clocks saw it. */
export type Observation = {
	/** Of the line, or of the event. */
	readonly id: string;
	readonly at: number;
	readonly by: 'transcript' | 'cloudtrail';
	/** Refused by somebody; otherwise it failed. */
	readonly isRefused: boolean;
	readonly cause: Cause;
	readonly denial: Denial;
	readonly message: string;
	/** Of the error, by AWS's name where there is one. */
	readonly code: string;
	readonly model?: string | undefined;
	readonly action?: string | undefined;
	readonly caller?: string | undefined;
	readonly region?: string | undefined;
	readonly requestId?: string | undefined;
	readonly sessionId?: string | undefined;
	readonly isMine: boolean;
	/** Repeats what the retries before it said. */
	readonly isFinal?: boolean | undefined;
	/** There is an observation of the same try: this is what the person was shown after it. */
	readonly isRepeat?: boolean | undefined;
};

/** What the person is called and has asked for, where a transcript does not say. */
export type Me = {
	readonly name?: string | undefined;
	readonly arn?: string | undefined;
	/** The region a session calls. */
	readonly region?: string | undefined;
	/** The id that a session calls. */
	readonly calledBy: (sessionId: string) => string | undefined;
	/** Who answered a session last. */
	readonly provenBy?: (sessionId: string) => Provider | undefined;
	/** What settings say of a folder. */
	readonly configured?: (cwd: string | undefined) => Configured | undefined;
};

type Configured = Pick<Configuration, 'provider' | 'baseUrl' | 'region' | 'model'>;

/** Words that other providers use too: without evidence of AWS they explain nothing. */
const commonWords: ReadonlySet<Cause> = new Set(['unknown', 'throttled', 'quota', 'gateway-cap', 'end-of-life']);
const others: ReadonlySet<Configured['provider'] | undefined> = new Set(['first-party', 'vertex', 'foundry']);

/** Ids that nobody but Bedrock has. */
const bedrockKinds: ReadonlySet<ModelRef['kind']> = new Set([
	'inference-profile',
	'application-inference-profile',
	'foundation-model',
	'provisioned',
]);

/**
 * Whether somebody else than AWS, or a gateway to it, answered: by the line, the session's replies, the model that the
 * session is told to be, then settings.
 */
const isElsewhere = ({answeredBy, sessionId, cwd}: LocalFailure, {cause}: Denial, me: Me): boolean => {
	if (answeredBy !== undefined) return answeredBy !== 'aws';
	const proven = me.provenBy?.(sessionId);
	if (proven === 'bedrock') return false;
	const called = me.calledBy(sessionId);
	const isOfBedrock = called !== undefined && bedrockKinds.has(parseModelId(called).kind);
	if (proven === undefined && isOfBedrock) return false;
	const configured = me.configured?.(cwd);
	if (configured?.baseUrl !== undefined) return false;
	if (proven === 'first-party' || proven === 'vertex') return true;
	return others.has(configured?.provider) && commonWords.has(cause);
};

const byStatus: Readonly<Record<number, string>> = {
	400: 'ValidationException',
	401: 'UnauthorizedException',
	403: 'AccessDeniedException',
	404: 'ResourceNotFoundException',
	408: 'ModelTimeoutException',
	413: 'ValidationException',
	424: 'ModelErrorException',
	429: 'ThrottlingException',
	500: 'InternalServerException',
	503: 'ServiceUnavailableException',
	529: 'ServiceUnavailableException',
};
/** `ECONNRESET`, `ENOTFOUND`, … by their case: other words begin so, too. */
const networkCode = /\bE[A-Z]{5,}\b/;
const networkWords = /connect|socket|network|fetch failed|timed? ?out|terminated/i;

const codeOf = ({code, status, message}: Pick<LocalFailure, 'code' | 'status' | 'message'>): string => {
	const named = code ?? /\b[A-Z][A-Za-z]{2,60}Exception\b/.exec(message)?.[0];
	if (named !== undefined) return named;
	if (status !== undefined) return byStatus[status] ?? `HTTP ${status}`;
	if (/too long|max_tokens/i.test(message)) return 'ValidationException';
	if (/output token maximum/i.test(message)) return 'MaxTokens';
	return networkCode.test(message) || networkWords.test(message) ? 'ConnectionError' : 'Error';
};

/** An id that can be called; settings may also name a model by an alias. */
const idOf = (model: string | undefined): string | undefined =>
	model === undefined || parseModelId(model).kind === 'unknown' ? undefined : model;

const isScoped = (model: string): boolean => parseModelId(model).prefix !== undefined;

/** What the session calls, unless the message names another model, or another profile of the same. */
const calledIn = ({model, sessionId, cwd}: LocalFailure, me: Me): string | undefined => {
	const called = me.calledBy(sessionId) ?? idOf(me.configured?.(cwd)?.model);
	if (called === undefined || model === undefined) return called ?? model;
	const [named, asked] = [parseModelId(model), parseModelId(called)];
	const isOtherProfile = isScoped(model) && isScoped(called) && named.prefix !== asked.prefix;
	return named.model === asked.model && !isOtherProfile ? called : model;
};

const fromTranscript = (failure: LocalFailure, me: Me): Observation | undefined => {
	const {id, status, message, code, at, sessionId, cwd, requestId, isFinal} = failure;
	const configured = me.configured?.(cwd);
	const region = configured?.region ?? me.region;
	const called = calledIn(failure, me);
	const isOfSession = called !== failure.model;
	const hasGateway = configured?.baseUrl !== undefined;
	const denial = readDenial({message, code, status, region, hasGateway, ...(isOfSession && {called})});
	if (isElsewhere(failure, denial, me)) return undefined;
	const {cause, action} = denial;
	// A role that may not be taken, say: no model was called yet.
	const isOfModel = action === undefined || /^(?:bedrock|aws-marketplace)/.test(action);
	return {
		...{id, at, by: 'transcript', isRefused: isRefused(denial, {code, status}), cause, message, denial, action},
		...{sessionId, requestId, isFinal, isMine: true, code: codeOf(failure)},
		model: isOfModel ? (called ?? denial.model) : undefined,
		caller: nameInArn(denial.principalArn) ?? me.name,
	};
};

/** What a call of CloudTrail's that was not answered says; undefined for one that was. */
export const fromTrail = (call: Call, me?: Me): Observation | undefined => {
	const denial = denialOf(call);
	if (denial === undefined) return undefined;
	const {eventId, at, outcome, message = outcome, profile, operation, principal, region, requestId} = call;
	return {
		...{
			id: eventId,
			at,
			by: 'cloudtrail',
			isRefused: isRefused(denial, {code: outcome}),
			cause: denial.cause,
			message,
			denial,
		},
		...{model: profile, action: `bedrock:${operation}`, caller: principal.name, region, requestId},
		code: /(?:Exception|Error)$/.test(outcome) ? outcome : `${outcome}Exception`,
		isMine: principal.arn !== undefined && principal.arn === me?.arn,
	};
};

/** Tries of one call follow each other within this, ms. */
const retriedWithinMs = 10 * 60_000;

const firstKnown = <Key extends keyof LocalFailure>(chain: readonly LocalFailure[], key: Key): LocalFailure[Key] =>
	chain.find(failure => failure[key] !== undefined)?.[key] as LocalFailure[Key];

const isOneModel = (a: string | undefined, b: string | undefined): boolean =>
	a === undefined || b === undefined || a === b || parseModelId(a).model === parseModelId(b).model;

/** The tries of each call and the message after them, each chain from the latest to the first. */
const chainsOf = (failures: readonly LocalFailure[]): readonly (readonly LocalFailure[])[] => {
	const open = new Map<string, LocalFailure[]>();
	const chains: LocalFailure[][] = [];
	for (const failure of failures.toSorted((a, b) => b.at - a.at)) {
		if (failure.fallback !== undefined) continue;
		const chain = open.get(failure.sessionId);
		const next = chain?.at(-1);
		const isTryBefore = next !== undefined && failure.isFinal !== true && failure.status === next.status;
		const isSame = isTryBefore && isOneModel(failure.model, firstKnown(chain ?? [], 'model'));
		if (chain !== undefined && isSame && next.at - failure.at < retriedWithinMs) chain.push(failure);
		else {
			const started = [failure];
			open.set(failure.sessionId, started);
			chains.push(started);
		}
	}
	return chains;
};

/** How much an observation tells: IAM's sentence, then AWS's words to a try, then what the person was shown. */
const tells = ({denial, isFinal}: Observation): number =>
	(denial.action === undefined ? 0 : 4) + (denial.cause === 'unknown' ? 0 : 2) + (isFinal === true ? 0 : 1);

/** One call, its retries and the message after them: each may leave out what the others say. */
const fromChain = (chain: readonly LocalFailure[], me: Me): readonly Observation[] => {
	const shared = {
		model: firstKnown(chain, 'model'),
		code: firstKnown(chain, 'code'),
		answeredBy: firstKnown(chain, 'answeredBy'),
	};
	const found = chain
		.map(failure => fromTranscript({...failure, ...shared, model: failure.model ?? shared.model}, me))
		.filter(observation => observation !== undefined);
	const best = found.reduce<Observation | undefined>(
		(one, other) => (one === undefined || tells(other) > tells(one) ? other : one),
		undefined,
	);
	if (best === undefined) return [];
	const tries = found.filter(({isFinal}) => isFinal !== true);
	const isRepeat = ({isFinal, requestId}: Observation) =>
		isFinal === true && tries.some(one => requestId === undefined || one.requestId === requestId);
	const {isRefused, cause, denial, message, code, model, action, caller} = best;
	return found.map(one => {
		const isTelling = one.isFinal !== true && one.cause !== 'unknown';
		const repeated = isRepeat(one) ? {...one, isRepeat: true} : one;
		return isTelling ? one : {...repeated, isRefused, cause, denial, message, code, model, action, caller};
	});
};

/** Every call that was not answered, as transcripts and CloudTrail saw it. */
export const observe = (failures: readonly LocalFailure[], calls: readonly Call[], me: Me): readonly Observation[] => {
	const inTrail = calls.map(call => fromTrail(call, me)).filter(observation => observation !== undefined);
	const byRequest = new Map(inTrail.map(observation => [observation.requestId, observation]));
	const here = chainsOf(failures).flatMap(chain => fromChain(chain, me));
	const joined = here.map(one => {
		const same = one.requestId === undefined ? undefined : byRequest.get(one.requestId);
		if (same === undefined) return one;
		const {isRefused, cause, model, caller, code} = same;
		return {...one, isRefused, cause, model, caller, code};
	});
	return [...joined, ...inTrail];
};
