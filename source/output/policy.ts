/** What bedtop asks AWS for, as far as it is switched on. */
export type Asked = {readonly hasAws: boolean; readonly hasMetrics: boolean; readonly hasCostExplorer: boolean};

type Statement = {
	readonly Sid: string;
	readonly Effect: 'Allow';
	readonly Action: readonly string[];
	readonly Resource: string | readonly string[];
};

const allow = (Sid: string, Action: readonly string[], Resource: Statement['Resource'] = '*'): Statement => ({
	Sid,
	Effect: 'Allow',
	Action,
	Resource,
});

/**
 * The least-privilege policy for these sources. `*` stands only where the service knows no resource for the action
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/); sts:GetCallerIdentity needs no permission.
 */
export const policyFor = ({hasAws, hasMetrics, hasCostExplorer}: Asked): object => {
	const core = [
		'cloudtrail:LookupEvents',
		...(hasMetrics ? ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics'] : []),
	];
	const statements = [
		allow('Watch', core),
		allow(
			'ResolveProfiles',
			['bedrock:GetInferenceProfile'],
			['arn:aws:bedrock:*:*:inference-profile/*', 'arn:aws:bedrock:*:*:application-inference-profile/*'],
		),
		allow(
			'ResolveRouters',
			['bedrock:GetPromptRouter'],
			['arn:aws:bedrock:*:*:prompt-router/*', 'arn:aws:bedrock:*:*:default-prompt-router/*'],
		),
		allow('Prerequisites', [
			'bedrock:ListInferenceProfiles',
			'bedrock:GetFoundationModelAvailability',
			'bedrock:GetUseCaseForModelAccess',
			'bedrock:GetModelInvocationLoggingConfiguration',
		]),
		allow(
			'MayIInvoke',
			['iam:SimulatePrincipalPolicy', 'iam:GetRole'],
			['arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*'],
		),
		...(hasCostExplorer ? [allow('Bill', ['ce:GetCostAndUsage'])] : []),
	];
	return {Version: '2012-10-17', Statement: hasAws ? statements : []};
};
