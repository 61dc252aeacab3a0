import type {Call} from '../../domain/calls/call.ts';
import {countMetrics, countSince, type ModelMetrics, seriesOf} from '../../domain/metrics/metrics.ts';
import {pointsFrom} from '../../domain/metrics/series.ts';
import {parseModelId} from '../../domain/models/model-id.ts';
import {readCalled} from '../../domain/models/resolution.ts';
import type {Failure} from '../../domain/refusals/failures.ts';
import type {Fix} from '../../domain/refusals/fix.ts';
import {outcomeClass} from '../../domain/refusals/outcome.ts';
import type {Refusal} from '../../domain/refusals/refusals.ts';
import type {SessionRoute} from '../../domain/routing/routing.ts';
import {routingChecks} from '../../screen/panes/checks.ts';
import {localDate} from '../../screen/text/format.ts';
import {routingFindingWords} from '../../screen/words/routing-finding.ts';
import {answeredAt} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {State} from '../../state/state.ts';
import {fanOutJson, sessionCostJson} from './json-agents.ts';
import {lifecycleJson} from './json-lifecycle.ts';
import {callerJson, reconcileJson, spendJson, watchJson} from './json-money.ts';
import {sourcesJson} from './json-sources.ts';
import {iso} from './json-values.ts';

const sessionJson = (session: SessionRoute, overview: Overview) => ({
	sessionId: session.sessionId,
	pid: session.pid ?? null,
	cwd: session.cwd ?? null,
	running: session.running,
	version: session.version ?? null,
	configured: session.gateway === undefined ? session.configured : 'gateway',
	gateway:
		session.gateway === undefined ? null : {host: session.gateway.host ?? null, variable: session.gateway.variable},
	proven:
		session.proven === undefined
			? null
			: {provider: session.proven.provider, at: iso(session.proven.at), by: session.provenBy},
	auditedAt: iso(session.auditedAt),
	auditedBy: session.auditedBy ?? null,
	region: session.region ?? null,
	model: session.model ?? null,
	diverged: session.diverged,
	findings: session.findings.map(routingFindingWords),
	...sessionCostJson(session.sessionId, overview),
});

const callJson = (call: Call, mine: boolean, {resolutions}: State) => ({
	at: iso(call.at),
	eventId: call.eventId,
	requestId: call.requestId ?? null,
	operation: call.operation,
	model: (call.profile !== undefined && readCalled(call.profile, resolutions).model) || null,
	profile: call.profile ?? null,
	region: call.region,
	ranIn: call.ranIn ?? null,
	caller: call.principal.name ?? null,
	arn: call.principal.arn ?? null,
	client: call.client ?? null,
	sourceAddress: call.sourceAddress ?? null,
	vpcEndpointId: call.vpcEndpointId ?? null,
	endpoint: call.endpointHost ?? null,
	bearer: call.bearer,
	mine,
	outcome: call.outcome,
	outcomeClass: outcomeClass(call),
	message: call.message ?? null,
});

const fixJson = ({text, short, policy, command}: Fix) => ({text, short, policy, command});

/** What was called, where it is a profile and not a model by itself. */
const profileJson = (called: string | undefined): string | null => {
	const {kind} = parseModelId(called ?? '');
	return kind === 'inference-profile' || kind === 'application-inference-profile' ? (called ?? null) : null;
};

/** A refusal as the contract has it; `fix.policy` is a whole IAM policy or null. */
export const refusalJson = (refusal: Refusal) => ({
	cause: refusal.cause,
	model: refusal.model ?? null,
	profile: profileJson(refusal.model),
	action: refusal.action ?? null,
	caller: refusal.caller ?? null,
	mine: refusal.mine ?? false,
	count: refusal.count,
	firstAt: iso(refusal.firstAt),
	lastAt: iso(refusal.lastAt),
	seenBy: refusal.seenBy,
	message: refusal.message,
	region: refusal.region ?? null,
	background: refusal.isBackground ?? false,
	sessions: refusal.sessionIds,
	fix: refusal.fix === undefined ? null : fixJson(refusal.fix),
});

/** A call that failed although nobody refused it, as the contract has it. */
export const failureJson = (failure: Failure) => ({
	code: failure.code,
	model: failure.model ?? null,
	caller: failure.caller ?? null,
	mine: failure.mine ?? false,
	count: failure.count,
	firstAt: iso(failure.firstAt),
	lastAt: iso(failure.lastAt),
	seenBy: failure.seenBy,
	message: failure.message,
	region: failure.region ?? null,
	sessions: failure.sessionIds,
});

const metricsJson = (model: ModelMetrics, {resolutions, spendSince: since}: State) => {
	const sums = Object.fromEntries(countMetrics.map(metric => [metric, countSince(model, metric, since)]));
	const invocations = [...pointsFrom(seriesOf(model, 'Invocations'), 0)];
	return {
		model: readCalled(model.profile, resolutions).model ?? null,
		profile: model.profile,
		namespace: model.namespace,
		region: model.region,
		periodSeconds: 60,
		invocations: invocations.map(([at, value]) => [iso(at), value]),
		p50LatencyMs: model.p50LatencyMs ?? null,
		p50FirstTokenMs: model.p50FirstTokenMs ?? null,
		throttles: sums.InvocationThrottles,
		clientErrors: sums.InvocationClientErrors,
		calls: sums.Invocations,
		inputTokens: sums.InputTokenCount,
		outputTokens: sums.OutputTokenCount,
		cacheReadTokens: sums.CacheReadInputTokens,
		cacheWriteTokens: sums.CacheWriteInputTokens,
	};
};

/** Of the models that sessions call; how much of it is used is not read. */
const quotasJson = ({slices: {quotas, prerequisites}}: State) => {
	const inUse = new Set((prerequisites?.models ?? []).map(({model}) => model));
	return (quotas?.found ?? [])
		.filter(({model}) => inUse.has(model))
		.map(({model, quota, scopes, limit}) => ({
			...{model, region: quotas?.region ?? null, quota, scopes, limit, used: null, peak: null},
			source: 'service-quotas',
		}));
};

const identityJson = ({slices: {identity}}: Overview['state']) =>
	identity === undefined
		? null
		: {
				accountId: identity.accountId ?? null,
				arn: identity.arn ?? null,
				kind: identity.kind,
				name: identity.name ?? null,
			};

/** Null where nothing is kept, or what is kept cannot be read. */
const historyJson = ({slices: {history}}: Overview['state']) =>
	history === undefined
		? null
		: {
				since: history.since === undefined ? null : localDate(history.since),
				replies: history.replies,
				bytes: history.bytes,
			};

/** Where CloudTrail never answered, nobody has counted. */
const callCountJson = ({state, trail, callCount}: Overview) => ({
	since: trail.isRead ? iso(trail.since) : null,
	asOf: iso(answeredAt(state, 'cloudtrail')),
	complete: trail.isComplete,
	...(trail.isRead ? callCount : {ok: null, refused: null, throttled: null, failed: null, mine: null}),
});

/** One moment as the contract's object. What is not known is null. */
export const toJson = (overview: Overview, meta: {readonly version: string; readonly isDemo: boolean}) => {
	const {state, now, feedSince} = overview;
	const shown = state.log.calls.filter(call => call.at >= feedSince);
	return {
		schema: 1,
		at: iso(now),
		demo: meta.isDemo,
		version: meta.version,
		identity: identityJson(state),
		routing: {
			verdict: overview.judgement.verdict,
			checks: routingChecks(overview),
			sessions: overview.sessions.map(session => sessionJson(session, overview)),
		},
		spend: spendJson(overview),
		callCount: callCountJson(overview),
		callers: overview.callers.map(callerJson),
		calls: shown.map(call => callJson(call, overview.isMine(call), state)),
		refusals: overview.refusals.map(refusalJson),
		failures: overview.failures.map(failureJson),
		fanOuts: overview.fanOuts.map(fanOutJson),
		downgrades: overview.downgrades.map(({at, ...downgrade}) => ({...downgrade, at: iso(at)})),
		quotas: quotasJson(state),
		metrics: [...state.metrics.values()].map(model => metricsJson(model, state)),
		lifecycle: lifecycleJson(overview),
		reconcile: reconcileJson(overview),
		watch: watchJson(overview),
		history: historyJson(state),
		sources: sourcesJson(overview),
	};
};
