import type {Problem} from '../../domain/common/problem.ts';
import type {SourceName, SourceStatus} from '../../domain/common/source-status.ts';
import {type Field, knownWord, object, oneOf, optional, text, unrecorded} from './field.ts';
import {count, prose, region, time} from './values.ts';

/** What bedtop itself asks of Bedrock. */
export const requests = [
	...['GetFoundationModelAvailability', 'GetInferenceProfile', 'GetModelInvocationLoggingConfiguration'],
	...['GetPromptRouter', 'GetUseCaseForModelAccess', 'ListInferenceProfiles'],
].map(name => `bedrock:${name}`);
const otherRequests = [
	...['ce:GetCostAndUsage', 'cloudtrail:LookupEvents', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'],
	...['iam:GetRole', 'iam:SimulatePrincipalPolicy', 'pricing:GetProducts', 'sts:GetCallerIdentity'],
];

export const operation = knownWord([...requests, ...otherRequests], 'other');

export const sourceName = oneOf<SourceName>(
	[
		...(['transcripts', 'sessions', 'identity', 'cloudtrail', 'cloudwatch', 'inference-profiles'] as const),
		...(['cost-explorer', 'prerequisites', 'credentials', 'second-opinion'] as const),
	],
	'sessions',
);

const problem = object<Problem>({
	kind: oneOf(['network', 'throttled', 'credentials', 'denied', 'unexpected'], 'unexpected'),
	message: text(() => '', prose.mask),
	fix: unrecorded({mask: (fix, masking) => fix && masking.sentence(fix)}, undefined),
});

const fields = object<SourceStatus>({
	name: sourceName,
	region: optional(region),
	phase: oneOf(['off', 'idle', 'fetching', 'waiting'], 'idle'),
	nextAt: optional(time),
	lastSuccessAt: optional(time),
	failures: count,
	problem: optional(problem),
});

export const status: Field<SourceStatus> = {
	...fields,
	redact(value, names) {
		const kept = fields.redact(value, names);
		if (kept.problem === undefined) return kept;
		return {...kept, problem: {...kept.problem, message: `${kept.name}: ${kept.problem.kind}.`}};
	},
};
