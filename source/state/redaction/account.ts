import {type Call, outcomeClass, type TrailRecord} from '../../domain/calls/call.ts';
import type {Problem} from '../../domain/common/problem.ts';
import type {SourceName, SourceStatus} from '../../domain/common/source-status.ts';
import {countMetrics, type MetricsUpdate} from '../../domain/metrics/metrics.ts';
import type {Resolution} from '../../domain/models/resolution.ts';
import type {Bill} from '../../domain/money/bill.ts';
import type {Availability, Finding, Permission, Prerequisites} from '../../domain/refusals/prerequisites.ts';
import type {Aliases} from './aliases.ts';
import {among} from './allowed-word.ts';
import type {Names} from './names.ts';
import {inStandardWords, publicAction} from './standard-texts.ts';

const leftOut = 'left out of the recording';

const operations = ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'];
const errors = [
	...['AccessDenied', 'Throttling', 'Validation', 'ResourceNotFound', 'ServiceQuotaExceeded', 'ModelNotReady'],
	...['ModelTimeout', 'ModelError', 'ModelStreamError', 'InternalServer', 'ServiceUnavailable', 'ExpiredToken'],
	...['UnrecognizedClient', 'InvalidSignature', 'TooManyRequests', 'UnauthorizedOperation', 'Unauthorized', 'ok'],
];
const likeIt = {ok: 'ok', refused: 'AccessDenied', throttled: 'Throttling', failed: 'InternalServer'} as const;

/** What bedtop itself asks. */
const requests = [
	...['GetFoundationModelAvailability', 'GetInferenceProfile', 'GetModelInvocationLoggingConfiguration'],
	...['GetPromptRouter', 'GetUseCaseForModelAccess', 'ListInferenceProfiles'],
].map(name => `bedrock:${name}`);
const otherRequests = [
	...['ce:GetCostAndUsage', 'cloudtrail:LookupEvents', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'],
	...['iam:GetRole', 'iam:SimulatePrincipalPolicy', 'pricing:GetProducts', 'sts:GetCallerIdentity'],
];
const statusWords = ['AVAILABLE', 'NOT_AVAILABLE', 'PENDING', 'ERROR', 'AUTHORIZED', 'NOT_AUTHORIZED'];

/** Whether a request of bedtop's may be named: those it makes. */
export const publicRequest = (operation: string): string => among([...requests, ...otherRequests], operation, 'other');

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

const found = <T>(finding: Finding<T>, tell: (value: T) => T): Finding<T> =>
	finding.state === 'known'
		? {state: 'known', value: tell(finding.value)}
		: {state: 'unknown', reason: leftOut, fix: null};

/** What the account says, told so that it can be given away: field by field, what has no rule is not there. */
export const createAccountRules = (names: Names, aliases: Aliases) => {
	const outcome = (word: string) => (errors.includes(word) ? word : likeIt[outcomeClass(word)]);

	const call = (it: Call): Call => ({
		eventId: names.record(it.eventId),
		...(it.requestId !== undefined && {requestId: names.record(it.requestId)}),
		at: it.at,
		operation: among(operations, it.operation, 'InvokeModel'),
		...(it.profile !== undefined && {profile: names.called(it.profile)}),
		region: names.region(it.region),
		...(it.ranIn !== undefined && {ranIn: names.region(it.ranIn)}),
		principal: names.principal(it.principal),
		...(it.client !== undefined && {client: names.client(it.client)}),
		bearer: it.bearer,
		outcome: outcome(it.outcome),
		...(it.message !== undefined && {message: inStandardWords(it.message, names)}),
		...(it.tokens !== undefined && {tokens: {input: it.tokens.input, output: it.tokens.output}}),
	});

	const permission = ({action, id, decision, deniedBy, resources}: Permission): Permission => ({
		action: requests.includes(action) ? action : publicAction(action),
		...(id !== undefined && {id: names.called(id)}),
		decision,
		...(deniedBy !== undefined && {deniedBy}),
		...(resources !== undefined && {resources: resources.map(names.called)}),
	});

	const availability = ({agreement, authorization, entitlement, region}: Availability): Availability => ({
		agreement: among(statusWords, agreement, 'ERROR'),
		authorization: among(statusWords, authorization, 'ERROR'),
		entitlement: among(statusWords, entitlement, 'ERROR'),
		region: names.region(region),
	});

	const problem = ({kind}: Problem, source: SourceName): Problem => ({kind, message: `${source}: ${kind}.`});

	return {
		record: (it: TrailRecord): TrailRecord => {
			if (it.kind === 'call') return {kind: 'call', call: call(it.call)};
			const {parentRequestId, ranIn, tokens} = it.result;
			return {
				kind: 'result',
				result: {
					parentRequestId: names.record(parentRequestId),
					...(ranIn !== undefined && {ranIn: names.region(ranIn)}),
					...(tokens !== undefined && {tokens: {input: tokens.input, output: tokens.output}}),
				},
			};
		},
		metrics: ({region, namespace, profile, points, hours, minutesFrom, speed}: MetricsUpdate): MetricsUpdate => {
			const known = (all: MetricsUpdate['points']) => all.filter(([metric]) => countMetrics.includes(metric));
			return {
				region: names.region(region),
				...(namespace === 'AWS/BedrockMantle' && {namespace}),
				profile: names.called(profile),
				points: known(points),
				...(hours !== undefined && {hours: known(hours)}),
				...(minutesFrom !== undefined && {minutesFrom}),
				...(speed !== undefined && {
					speed: {p50LatencyMs: speed.p50LatencyMs, p50FirstTokenMs: speed.p50FirstTokenMs},
				}),
			};
		},
		resolution: (it: Resolution): Resolution =>
			it.state === 'resolved'
				? {state: 'resolved', models: it.models.map(names.called), scope: it.scope}
				: {state: 'unresolved', reason: leftOut, isFinal: it.isFinal},
		bill: ({from, to, amount, days, models, isProvisional, askedAt}: Bill): Bill => ({
			from: isDay(from) ? from : '1970-01-01',
			to: isDay(to) ? to : '1970-01-01',
			amount,
			days: new Map([...days].filter(([day]) => isDay(day))),
			models: models.map(model => ({service: aliases.of('service', model.service), amount: model.amount})),
			...{isProvisional, askedAt},
			currency: 'USD',
		}),
		prerequisites: (it: Prerequisites): Prerequisites => ({
			region: names.region(it.region),
			...(it.available !== undefined && {available: it.available.map(names.called)}),
			called: it.called.map(({id, isProfile, exists}) => ({
				id: names.called(id),
				isProfile,
				exists: found(exists, value => value),
			})),
			destinations: new Map([...it.destinations].map(([id, arns]) => [names.called(id), arns.map(names.called)])),
			models: it.models.map(one => ({
				model: names.called(one.model),
				availability: found(one.availability, availability),
			})),
			useCaseForm: found(it.useCaseForm, value => value),
			logging: found(it.logging, value => value.filter(where => where === 'CloudWatch' || where === 'S3')),
			permissions: found(it.permissions, value => value.map(permission)),
		}),
		status: (it: SourceStatus): SourceStatus => ({
			name: it.name,
			...(it.region !== undefined && {region: names.region(it.region)}),
			phase: it.phase,
			...(it.nextAt !== undefined && {nextAt: it.nextAt}),
			...(it.lastSuccessAt !== undefined && {lastSuccessAt: it.lastSuccessAt}),
			failures: it.failures,
			...(it.problem !== undefined && {problem: problem(it.problem, it.name)}),
		}),
	};
};
