import {bill, prerequisites} from '../state/fields/account.ts';
import {createActionField, type SourceFields} from '../state/fields/action.ts';
import {principal} from '../state/fields/calls.ts';
import {mapOf, optional} from '../state/fields/field.ts';
import {configuredProvider, expiry} from '../state/fields/routing.ts';
import {folder} from '../state/fields/values.ts';

const sources: readonly SourceFields[] = [
	{name: 'transcripts', operations: []},
	{name: 'sessions', operations: []},
	{name: 'cloudwatch', operations: ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics']},
	{name: 'cloudtrail', operations: ['cloudtrail:LookupEvents']},
	{name: 'identity', operations: ['sts:GetCallerIdentity'], slice: principal as never},
	{name: 'credentials', operations: [], slice: optional(expiry) as never},
	{
		name: 'prerequisites',
		operations: [
			...['bedrock:GetFoundationModelAvailability', 'bedrock:GetModelInvocationLoggingConfiguration'],
			...['bedrock:GetInferenceProfile', 'bedrock:GetUseCaseForModelAccess', 'bedrock:ListInferenceProfiles'],
			...['iam:GetRole', 'iam:SimulatePrincipalPolicy'],
		],
		slice: prerequisites as never,
	},
	{name: 'inference-profiles', operations: ['bedrock:GetInferenceProfile', 'bedrock:GetPromptRouter']},
	{name: 'cost-explorer', operations: ['ce:GetCostAndUsage'], slice: bill as never},
	{name: 'auth-status', operations: [], slice: mapOf(folder, configuredProvider) as never},
];

/** Everything that can happen, with what each source says in its own slice. */
export const actionField = createActionField(sources);
