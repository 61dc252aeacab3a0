import {type Call, outcomeClass} from '../calls/call.ts';
import {nameInArn} from '../calls/principal.ts';
import {parseModelId} from '../models/model-id.ts';
import type {LocalFailure} from '../replies/failure.ts';
import type {Cause} from './causes/index.ts';
import {type Denial, readDenial} from './denial.ts';
import type {Fix} from './fix.ts';

type Witness = 'transcript' | 'cloudwatch' | 'cloudtrail';

/** Refused calls of one kind: who may not do what with which model, how often, and who saw it. */
export type Refusal = {
	readonly cause: Cause;
	readonly model?: string | undefined;
	readonly action?: string | undefined;
	readonly caller?: string | undefined;
	readonly region?: string | undefined;
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly seenBy: readonly Witness[];
	readonly message: string;
	/** What the message says, for the fix. */
	readonly denial: Denial;
	/** The local sessions that met it. */
	readonly sessionIds: readonly string[];
	/** The sessions that met it go on answering with another model: it is one that works in the background. */
	readonly isBackground?: boolean;
	readonly fix?: Fix | undefined;
};

type Observation = Pick<Refusal, 'cause' | 'model' | 'action' | 'caller' | 'region' | 'message' | 'denial'> & {
	readonly at: number;
	readonly by: 'transcript' | 'cloudtrail';
	readonly sessionId?: string | undefined;
	/** Repeats what the retries before it said. */
	readonly isFinal?: boolean | undefined;
};

/** What the person is called and has asked for, where a transcript does not say. */
export type Me = {
	readonly name?: string | undefined;
	/** The region a session calls. */
	readonly region?: string | undefined;
	/** The id that a session calls. */
	readonly calledBy: (sessionId: string) => string | undefined;
};

const fromTranscript = (failure: LocalFailure, {name, region, calledBy}: Me): Observation | undefined => {
	const {status, message, at, sessionId} = failure;
	const isClientError = status !== undefined && status >= 400 && status < 500;
	if (failure.fallback !== undefined || !isClientError) return undefined;
	const called = calledBy(sessionId);
	// A session that answers again with another model was refused the one the message names.
	const isOfCalled =
		failure.model === undefined || parseModelId(failure.model).model === parseModelId(called ?? '').model;
	const denial = readDenial({message, status, region, ...(isOfCalled && called !== undefined && {called})});
	return {
		...{at, by: 'transcript', cause: denial.cause, message, denial, sessionId, isFinal: failure.isFinal},
		model: (isOfCalled ? called : undefined) ?? failure.model ?? denial.model,
		action: denial.action,
		caller: nameInArn(denial.principalArn) ?? name,
	};
};

/** What a refused call of CloudTrail's says; undefined for one that was answered. */
export const fromTrail = (call: Call): Observation | undefined => {
	if (call.outcome === 'ok') return undefined;
	const message = call.message ?? call.outcome;
	const status = outcomeClass(call.outcome) === 'throttled' ? 429 : undefined;
	const denial = readDenial({
		message,
		code: call.outcome,
		region: call.region,
		...(status !== undefined && {status}),
		...(call.profile !== undefined && {called: call.profile}),
	});
	return {
		...{at: call.at, by: 'cloudtrail', cause: denial.cause, message, denial},
		model: call.profile,
		action: `bedrock:${call.operation}`,
		caller: call.principal.name,
		region: call.region,
	};
};

const witnesses = ['transcript', 'cloudtrail'] as const;

const fold = (observations: readonly Observation[]): Refusal => {
	const times = observations.map(({at}) => at);
	const seenBy = witnesses.filter(by => observations.some(observation => observation.by === by));
	// The same call is seen by both: the larger count is the better one, their sum would be wrong.
	const countBy = (by: Observation['by']) => {
		const seen = observations.filter(observation => observation.by === by);
		const tries = seen.filter(({isFinal}) => isFinal !== true).length;
		return tries === 0 ? seen.length : tries;
	};
	const counts = seenBy.map(countBy);
	// CloudTrail knows what was called, and AWS's own words; a transcript may have Claude Code's only.
	const best = observations.find(({by}) => by === 'cloudtrail') ?? (observations[0] as Observation);
	const {cause, action, caller, region, message, denial} = best;
	return {
		...{cause, action, caller, region, message, denial, seenBy},
		model: best.model ?? observations.find(({model}) => model !== undefined)?.model,
		count: Math.max(...counts),
		firstAt: Math.min(...times),
		lastAt: Math.max(...times),
		sessionIds: [...new Set(observations.flatMap(({sessionId}) => sessionId ?? []))],
	};
};

/** The name of a group of refusals, which stays the same while it grows: its cause, model and caller. */
export const refusalKey = ({cause, model, caller}: Pick<Refusal, 'cause' | 'model' | 'caller'>): string => {
	const canonical = model === undefined ? undefined : (parseModelId(model).model ?? model);
	return JSON.stringify([cause, canonical, caller]);
};

/** Refusals since then (epoch ms), one per cause, model and caller, newest first. */
export const refusalsSince = (
	failures: readonly LocalFailure[],
	calls: readonly Call[],
	{since, me}: {readonly since: number; readonly me: Me},
): readonly Refusal[] => {
	const groups = new Map<string, Observation[]>();
	for (const observation of [...failures.map(failure => fromTranscript(failure, me)), ...calls.map(fromTrail)]) {
		if (observation === undefined || observation.at < since) continue;
		const key = refusalKey(observation);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [observation]);
		else group.push(observation);
	}
	return [...groups.values()].map(fold).sort((a, b) => b.lastAt - a.lastAt);
};
