import {type Call, type OutcomeClass, outcomeClass} from './call.ts';
import type {LocalFailure} from './turn.ts';

export type Cause =
	| 'identity-policy'
	| 'explicit-deny'
	| 'scp'
	| 'permissions-boundary'
	| 'session-policy'
	| 'marketplace'
	| 'use-case-form'
	| 'legacy-model'
	| 'end-of-life'
	| 'bare-model-id'
	| 'invalid-model'
	| 'bearer-token'
	| 'throttled'
	| 'quota'
	| 'expired-credentials'
	| 'unknown';

/** Refused calls of one kind: who may not do what with which model, how often, and who saw it. */
export type Refusal = {
	readonly cause: Cause;
	readonly model?: string | undefined;
	readonly action?: string | undefined;
	readonly caller?: string | undefined;
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly seenBy: readonly ('transcript' | 'cloudtrail')[];
	readonly message: string;
};

/**
 * Message texts that name their cause beyond doubt, first match wins. Sources: AWS service messages quoted in
 * anthropics/claude-code#561, posit-dev/positron#10683, aws-samples/sample-badgers#33, terricain/aioboto3#352.
 */
const causes: readonly (readonly [RegExp, Cause])[] = [
	[/CallWithBearerToken/, 'bearer-token'],
	[/aws-marketplace:/, 'marketplace'],
	[/service control policy/i, 'scp'],
	[/permissions boundary/i, 'permissions-boundary'],
	[/session policy/i, 'session-policy'],
	[/explicit deny/i, 'explicit-deny'],
	[/no identity-based policy allows/i, 'identity-policy'],
	[/use case details have not been submitted/i, 'use-case-form'],
	[/marked by provider as Legacy/i, 'legacy-model'],
	[/reached the end of its life/i, 'end-of-life'],
	[/on-demand throughput isn.t supported/i, 'bare-model-id'],
	[/model identifier is invalid/i, 'invalid-model'],
	[/tokens per day/i, 'quota'],
	[/too many (requests|tokens)/i, 'throttled'],
	[/security token .*(expired|invalid)|credentials? .*expired/i, 'expired-credentials'],
];

const causeOf = (message: string, outcome: OutcomeClass): Cause =>
	causes.find(([pattern]) => pattern.test(message))?.[1] ?? (outcome === 'throttled' ? 'throttled' : 'unknown');

type Sighting = Omit<Refusal, 'count' | 'firstAt' | 'lastAt' | 'seenBy'> & {
	readonly at: number;
	readonly by: 'transcript' | 'cloudtrail';
};

const localOutcome = (status: number | undefined): OutcomeClass => {
	if (status === 403) return 'refused';
	return status === 429 ? 'throttled' : 'failed';
};

const nameInMessage = (message: string) => /User: arn:\S+\/([^\s/]+) is not authorized/.exec(message)?.[1];

const fromTranscript = (failure: LocalFailure): Sighting | undefined => {
	const isClientError = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
	if (failure.fallback !== undefined || !isClientError) return undefined;
	const {message, model, at} = failure;
	return {
		at,
		by: 'transcript',
		cause: causeOf(message, localOutcome(failure.status)),
		model,
		action: /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1],
		caller: nameInMessage(message),
		message,
	};
};

const fromTrail = (call: Call): Sighting | undefined => {
	if (call.outcome === 'ok') return undefined;
	const message = call.message ?? call.outcome;
	return {
		at: call.at,
		by: 'cloudtrail',
		cause: causeOf(message, outcomeClass(call.outcome)),
		model: call.profile,
		action: `bedrock:${call.operation}`,
		caller: call.principal.name,
		message,
	};
};

const fold = (sightings: readonly Sighting[]): Refusal => {
	const times = sightings.map(({at}) => at);
	const seenBy = (['transcript', 'cloudtrail'] as const).filter(by => sightings.some(sighting => sighting.by === by));
	// The same call is seen by both: the larger count is the better one, their sum would be wrong.
	const counts = seenBy.map(by => sightings.filter(sighting => sighting.by === by).length);
	const [{cause, model, action, caller, message}] = sightings as readonly [Sighting];
	return {
		...{cause, model, action, caller, message, seenBy},
		count: Math.max(...counts),
		firstAt: Math.min(...times),
		lastAt: Math.max(...times),
	};
};

/** Refusals since then (epoch ms), one per cause, model and caller, newest first. */
export const refusalsSince = (
	failures: readonly LocalFailure[],
	calls: readonly Call[],
	since: number,
): readonly Refusal[] => {
	const groups = new Map<string, Sighting[]>();
	for (const sighting of [...failures.map(fromTranscript), ...calls.map(fromTrail)]) {
		if (sighting === undefined || sighting.at < since) continue;
		const key = JSON.stringify([sighting.cause, sighting.model, sighting.caller]);
		groups.set(key, [...(groups.get(key) ?? []), sighting]);
	}
	return [...groups.values()].map(fold).sort((a, b) => b.lastAt - a.lastAt);
};
