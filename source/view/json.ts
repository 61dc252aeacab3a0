import {shareOfAccount} from '../domain/account-spend.ts';
import {type Call, outcomeClass} from '../domain/call.ts';
import {countMetrics, type ModelMetrics, seriesOf} from '../domain/metrics.ts';
import {parseModelId} from '../domain/model-id.ts';
import {type PicoUsd, usdNumber} from '../domain/money.ts';
import {answeredAt, type Overview} from '../domain/overview.ts';
import type {Refusal} from '../domain/refusals.ts';
import type {SessionRoute} from '../domain/routing.ts';
import {sumSince} from '../domain/series.ts';
import type {Amount, ModelSpend} from '../domain/spend.ts';
import type {SourceStatus} from '../domain/state.ts';
import {totalTokens} from '../domain/usage.ts';
import {routingChecks} from './checks.ts';

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

const money = (amount: PicoUsd) => ({usd: usdNumber(amount), picoUsd: String(amount)});

const range = ({low, high}: Pick<Amount, 'low' | 'high'>) => (low === high ? null : [usdNumber(low), usdNumber(high)]);

const amountJson = (since: number, amount: Amount) => ({
	since: iso(since),
	...money(amount.amount),
	usdRange: range(amount),
	calls: amount.calls,
	unpricedTokens: amount.unpricedTokens,
	lowerBound: amount.lowerBound,
});

const accountJson = ({account, state}: Overview) =>
	account === undefined
		? null
		: {
				since: iso(account.since),
				...money(account.amount),
				usdRange: range(account),
				calls: account.calls,
				unpricedTokens: account.unpricedTokens,
				asOf: iso(answeredAt(state, 'cloudwatch')),
			};

const modelSpend = (row: ModelSpend) => {
	const isPriced = row.unpricedTokens === 0 || row.unpricedTokens < totalTokens(row.usage);
	return {
		model: row.model ?? null,
		scope: row.scope,
		profile: row.profile ?? null,
		clock: 'local',
		calls: row.calls,
		inputTokens: row.usage.input,
		outputTokens: row.usage.output,
		cacheReadTokens: row.usage.cacheRead,
		cacheWrite5mTokens: row.usage.cacheWrite5m,
		cacheWrite1hTokens: row.usage.cacheWrite1h,
		usd: isPriced ? usdNumber(row.amount) : null,
		picoUsd: isPriced ? String(row.amount) : null,
		usdRange: isPriced ? range(row) : null,
		priced: isPriced,
		unpricedTokens: row.unpricedTokens,
		priceDate: row.priceDate ?? null,
		scopeFrom: row.scopeFrom,
	};
};

const sessionJson = (session: SessionRoute) => ({
	sessionId: session.sessionId,
	pid: session.pid ?? null,
	cwd: session.cwd ?? null,
	running: session.running,
	version: session.version ?? null,
	configured: session.configured,
	proven:
		session.proven === undefined
			? null
			: {provider: session.proven.provider, at: iso(session.proven.at), by: 'message-id'},
	auditedAt: iso(session.auditedAt),
	region: session.region ?? null,
	model: session.model ?? null,
	diverged: session.diverged,
	findings: session.findings,
});

const callJson = (call: Call, mine: boolean) => ({
	at: iso(call.at),
	eventId: call.eventId,
	requestId: call.requestId ?? null,
	operation: call.operation,
	model: (call.profile !== undefined && parseModelId(call.profile).model) || null,
	profile: call.profile ?? null,
	region: call.region,
	ranIn: call.ranIn ?? null,
	caller: call.principal.name ?? null,
	arn: call.principal.arn ?? null,
	client: call.client ?? null,
	mine,
	outcome: call.outcome,
	outcomeClass: outcomeClass(call.outcome),
	message: call.message ?? null,
});

const refusalJson = (refusal: Refusal) => ({
	cause: refusal.cause,
	model: refusal.model ?? null,
	action: refusal.action ?? null,
	caller: refusal.caller ?? null,
	count: refusal.count,
	firstAt: iso(refusal.firstAt),
	lastAt: iso(refusal.lastAt),
	seenBy: refusal.seenBy,
	message: refusal.message,
	fix: null,
});

const metricsJson = (model: ModelMetrics, since: number) => {
	const sums = Object.fromEntries(countMetrics.map(metric => [metric, sumSince(seriesOf(model, metric), since)]));
	const invocations = [...seriesOf(model, 'Invocations')].sort(([a], [b]) => a - b);
	return {
		model: parseModelId(model.profile).model ?? null,
		profile: model.profile,
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

/** Older than this a source's answer is called late. */
const lateMs = 10 * 60_000;

const stateWord = ({phase, problem, lastSuccessAt}: SourceStatus, now: number): string => {
	if (phase === 'off') return 'off';
	if (problem?.kind === 'denied' || problem?.kind === 'throttled' || problem?.kind === 'credentials')
		return problem.kind;
	if (problem !== undefined) return 'failed';
	return lastSuccessAt === undefined || now - lastSuccessAt > lateMs ? 'late' : 'ok';
};

const sourceJson = (status: SourceStatus, now: number) => {
	const {name, region, lastSuccessAt, problem} = status;
	return {
		name,
		region: region ?? null,
		state: stateWord(status, now),
		asOf: iso(lastSuccessAt),
		lagSeconds: lastSuccessAt === undefined ? null : Math.max(0, Math.round((now - lastSuccessAt) / 1000)),
		problem: problem === undefined ? null : {kind: problem.kind, message: problem.message, fix: problem.fix ?? null},
	};
};

const sourceNames = [
	'transcripts',
	'sessions',
	'cloudwatch',
	'cloudtrail',
	'identity',
	'cost-explorer',
	'invocation-logs',
	'trail-logs',
] as const;

const sourcesJson = ({state, now}: Overview) => {
	const known = [...state.sources.values()];
	const missing = sourceNames.filter(name => !known.some(status => status.name === name));
	const off = {region: null, state: 'off', asOf: null, lagSeconds: null, problem: null};
	return [...known.map(status => sourceJson(status, now)), ...missing.map(name => ({name, ...off}))];
};

const identityJson = ({identity}: Overview['state']) =>
	identity === undefined
		? null
		: {
				accountId: identity.accountId ?? null,
				arn: identity.arn ?? null,
				kind: identity.kind,
				name: identity.name ?? null,
			};

/** One moment as the contract's object. What is not known is null; what is not built yet is null or empty. */
export const toJson = (overview: Overview, meta: {readonly version: string; readonly isDemo: boolean}) => {
	const {state, now, spend, burn, projectedDay, callCount, feedSince, join} = overview;
	const trail = [...state.sources.values()].find(({name}) => name === 'cloudtrail');
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
			sessions: overview.sessions.map(sessionJson),
		},
		spend: {
			estimate: true,
			local: amountJson(spend.since, spend.local),
			direct: amountJson(spend.since, spend.direct),
			unproven: amountJson(spend.since, spend.unproven),
			account: accountJson(overview),
			billed: null,
			burnUsdPerHour: burn === undefined ? null : usdNumber(burn),
			projectedDayUsd: projectedDay === undefined ? null : usdNumber(projectedDay),
			budgetUsd: null,
			models: spend.models.map(modelSpend),
		},
		callCount: {since: iso(feedSince), asOf: iso(trail?.lastSuccessAt), ...callCount},
		calls: shown.map(call => callJson(call, overview.isMine(call))),
		refusals: overview.refusals.map(refusalJson),
		metrics: [...state.metrics.values()].map(model => metricsJson(model, spend.since)),
		reconcile: {
			localTokens: totalTokens(spend.local.usage),
			accountTokens: overview.account?.tokens ?? null,
			share: shareOfAccount(overview) ?? null,
			joinedCalls: join.joined,
			unseenCalls: spend.local.calls - join.joined,
			notes: [...state.notes.values()].flat(),
		},
		watch: {
			calls: Object.fromEntries(state.requests),
			metricsRequested: state.requests.get('cloudwatch:GetMetricStatistics') ?? 0,
			usdSoFar: null,
			usdPerDay: null,
		},
		sources: sourcesJson(overview),
	};
};

/** JSON text that is harmless on a terminal too: JSON.stringify leaves C1 controls and bidi overrides as they are. */
export const stringifySafely = (value: unknown): string =>
	JSON.stringify(value, undefined, 2).replace(
		/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
