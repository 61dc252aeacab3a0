import {weakMapMemoize} from 'reselect';
import type {Call} from '../domain/calls/call.ts';
import {countSince, type Metrics} from '../domain/metrics/metrics.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {type Failure, failingSince, failuresOf} from '../domain/refusals/failures.ts';
import {fixFor} from '../domain/refusals/fix.ts';
import {fixContextOf, withUseCaseForm} from '../domain/refusals/fix-context.ts';
import {observe} from '../domain/refusals/observation.ts';

import {type Refusal, refusalsOf} from '../domain/refusals/refusals.ts';
import {type FeedCall, unauditedOf} from '../domain/refusals/unaudited.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {Proof} from '../domain/routing/proof.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

const minuteMs = 60_000;

/** CloudWatch counts client errors and throttles per model: a third witness, minutes after the first. */
const isCounted = (metrics: Metrics, {model, firstAt}: Refusal): boolean =>
	[...metrics.values()].some(one => {
		const isSame = model !== undefined && parseModelId(one.profile).model === parseModelId(model).model;
		const from = Math.floor(firstAt / minuteMs) * minuteMs;
		return isSame && countSince(one, 'InvocationClientErrors', from) + countSince(one, 'InvocationThrottles', from) > 0;
	});

type Evidence = {
	readonly failures: readonly LocalFailure[];
	readonly proofOf: (sessionId: string) => Proof | undefined;
	readonly prerequisites: State['slices']['prerequisites'];
	readonly region: string | undefined;
	readonly profile: string | undefined;
	/** Scheme and host of the gateway that sessions go through. */
	readonly gatewayOf: (sessionId: string) => string | undefined;
};

/** A session that was refused a model and has answered with another one since then works on without it. */
const isBackground = ({proofOf, failures}: Evidence, {model, sessionIds, lastAt}: Refusal): boolean => {
	const refused = parseModelId(model ?? '').model;
	const hasFallen = failures.some(
		({fallback}) => fallback !== undefined && parseModelId(fallback.from).model === refused,
	);
	if (sessionIds.length === 0 || refused === undefined || hasFallen) return false;
	return sessionIds.every(id => {
		const proof = proofOf(id);
		return (
			proof !== undefined && proof.at > lastAt && parseModelId(proof.requestedModel ?? proof.model).model !== refused
		);
	});
};

const explain = (evidence: Evidence, found: Refusal): Refusal => {
	const {prerequisites, region, profile, gatewayOf} = evidence;
	const gateway = found.sessionIds.map(gatewayOf).find(host => host !== undefined);
	const refusal = withUseCaseForm(found, prerequisites);
	return {
		...refusal,
		isBackground: isBackground(evidence, refusal),
		fix: fixFor(refusal.denial, fixContextOf(refusal, prerequisites, {region, profile, gateway})),
	};
};

const witnesses = ['transcript', 'cloudwatch', 'cloudtrail'] as const;

const withThirdWitness = (metrics: Metrics, refusal: Refusal): Refusal => {
	if (!isCounted(metrics, refusal)) return refusal;
	return {...refusal, seenBy: witnesses.filter(by => by === 'cloudwatch' || refusal.seenBy.includes(by))};
};

const refusedCalls = weakMapMemoize((calls: readonly Call[]) => calls.filter(({outcome}) => outcome !== 'ok'));

const sinceOf = (_: State, since: number) => since;

const callsSince = createSelector([({log}: State) => refusedCalls(log.calls), sinceOf], (calls, since) =>
	calls.filter(({at}) => at >= since),
);

const failuresSince = createSelector([({failures}: State) => failures, sinceOf], (failures, since) =>
	failures.filter(({at}) => at >= since),
);

const proofListOfFailed = createSelector(
	[({failures}: State) => failures, ({proofs}: State) => proofs],
	(failures, proofs) => failures.map(({sessionId}) => proofs.get(sessionId)).filter(proof => proof !== undefined),
);

/** What is known of the sessions that failed: the replies of others explain no refusal. */
const proofsOfFailed = createSelector(
	[proofListOfFailed],
	proofs => new Map(proofs.map(proof => [proof.sessionId, proof])),
);

const modelsOfFailed = createSelector(
	[({failures}: State) => failures, ({models}: State) => models],
	(failures, models) =>
		failures.map(({sessionId}) => models.get(sessionId)?.at(-1)).filter(model => model !== undefined),
);

const awsRegion = ({configuration}: State) => configuration?.region;

type Chosen<T> = (state: State, since: number) => readonly T[];

/** Every one of those calls that was not answered. */
const observing = (failuresOf: Chosen<LocalFailure>, callsOf: Chosen<Call>) =>
	createSelector(
		[
			failuresOf,
			callsOf,
			proofsOfFailed,
			modelsOfFailed,
			({slices}: State) => slices.identity,
			awsRegion,
			({configuration}: State) => configuration,
			({configurations}: State) => configurations,
		],
		(failures, calls, proofs, modelList, identity, region, base, configurations) => {
			const models = new Map(modelList.map(model => [model.sessionId, model]));
			return observe(failures, calls, {
				...{name: identity?.name, arn: identity?.arn, region},
				calledBy: sessionId => {
					const proof = proofs.get(sessionId);
					return models.get(sessionId)?.model ?? proof?.requestedModel ?? proof?.model;
				},
				provenBy: sessionId => proofs.get(sessionId)?.provider,
				configured: cwd => (cwd === undefined ? undefined : configurations.get(cwd)) ?? base,
			});
		},
	);

/** Of the window. */
const observed = observing(failuresSince, callsSince);

/** Of all that is kept, whatever the window. */
const observedEver = observing(
	({failures}: State) => failures,
	({log}: State) => refusedCalls(log.calls),
);

/** Tries of this machine's sessions since then (epoch ms) that were refused, each once. */
export const refusedHere = (state: State, since: number) =>
	observed(state, since).filter(({by, isRefused, isRepeat}) => by === 'transcript' && isRefused && isRepeat !== true);

/** Failed calls of this machine that no record of CloudTrail shows (yet), the newest first. */
export const unauditedCalls: (state: State) => readonly FeedCall[] = createSelector(
	[(state: State) => observedEver(state, 0), ({log}: State) => log, ({slices}: State) => slices.identity],
	(observations, log, identity) => unauditedOf(observations, {log, identity}),
);

const explained = createSelector(
	[
		observed,
		({failures}: State) => failures,
		proofsOfFailed,
		({slices}: State) => slices.prerequisites,
		awsRegion,
		({awsProfile}: State) => awsProfile,
		({configuration}: State) => configuration,
		({configurations}: State) => configurations,
	],
	(observations, failures, proofs, prerequisites, region, profile, base, configurations) => {
		const folders = new Map(failures.map(({sessionId, cwd}) => [sessionId, cwd]));
		const gatewayOf = (id: string) => (configurations.get(folders.get(id) ?? '') ?? base)?.baseUrl;
		const evidence = {failures, proofOf: (id: string) => proofs.get(id), prerequisites, region, profile, gatewayOf};
		return refusalsOf(observations).map(refusal => explain(evidence, refusal));
	},
);

/** Refusals since then (epoch ms) with what mends each. */
export const explainedRefusals = createSelector(
	[explained, ({metrics}: State) => metrics],
	(refusals, metrics): readonly Refusal[] => refusals.map(refusal => withThirdWitness(metrics, refusal)),
);

/** Calls since then (epoch ms) that failed although nobody refused them. */
export const failedCalls = createSelector([observed], (observations): readonly Failure[] => failuresOf(observations));

/** Since when (epoch ms) the sessions of this machine have got nothing but failures; undefined where one was answered. */
export const nothingButFailing = (state: State, {since, now}: {readonly since: number; readonly now: number}) => {
	const {answeredAt} = state.proofs;
	return failingSince(observed(state, since), {answeredAt, now});
};
