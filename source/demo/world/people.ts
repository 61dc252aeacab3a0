export const accountId = '123456789012';
export const homeRegion = 'us-east-1';

/** The inference profiles that are called here. */
export const models = {
	opus: 'us.anthropic.claude-opus-5-5',
	sonnet: 'global.anthropic.claude-sonnet-5-5',
	haiku: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
	summaries: 'global.anthropic.claude-haiku-5-5',
	/** The one that nobody here may use. */
	fable: 'us.anthropic.claude-fable-5-2',
} as const;

/** A role that is assumed, by its path and name as IAM has them. */
type Role = {readonly id: string; readonly path: string; readonly name: string};

/** Somebody who calls models, as CloudTrail would name them. */
export type Person = {
	/** User name or role session name. */
	readonly name: string;
	readonly arn: string;
	readonly type: 'AssumedRole' | 'IAMUser';
	readonly role?: Role;
	/** The unique id before the colon of `principalId`. */
	readonly uniqueId: string;
	readonly accessKeyId: string;
	readonly sourceIp: string;
	/** The VPC endpoint that the calls go through. */
	readonly vpcEndpointId?: string;
	/** Calls with a Bedrock API key, a short-term one: CloudTrail names the role behind it. */
	readonly hasApiKey?: boolean;
	/** The user agent of the calls. */
	readonly client: string;
};

type Caller = Pick<Person, 'name' | 'accessKeyId' | 'sourceIp' | 'vpcEndpointId' | 'hasApiKey' | 'client'>;

const inRole = (role: Role, caller: Caller): Person => ({
	...caller,
	arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${caller.name}`,
	type: 'AssumedRole',
	role,
	uniqueId: role.id,
});

const asUser = (uniqueId: string, caller: Caller): Person => ({
	...caller,
	arn: `arn:aws:iam::${accountId}:user/${caller.name}`,
	type: 'IAMUser',
	uniqueId,
});

const developers: Role = {
	id: 'AROADEMODEVELOPERSSO',
	path: '/aws-reserved/sso.amazonaws.com/',
	name: 'AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b',
};

/** Whoever opened the demo: her credentials ask, her transcripts are on this machine. */
export const alice: Person = inRole(developers, {
	name: 'alice@example.com',
	accessKeyId: 'ASIADEMOALICE0000000',
	sourceIp: '203.0.113.24',
	client: 'claude-cli/2.1.330 (external, cli)',
});

export const bob: Person = inRole(
	{id: 'AROADEMODEVELOPER000', path: '/', name: 'Developer'},
	{
		name: 'bob',
		accessKeyId: 'ASIADEMOBOB000000000',
		sourceIp: '203.0.113.87',
		hasApiKey: true,
		client: 'claude-cli/2.1.308 (external, claude-vscode)',
	},
);

export const ci: Person = asUser('AIDADEMOCI0000000000', {
	name: 'ci',
	accessKeyId: 'AKIADEMOCI0000000000',
	sourceIp: '198.51.100.6',
	client: 'claude-cli/2.1.330 (external, claude-code-github-action)',
});

/** A job that calls the Mantle endpoint: CloudWatch counts what it does, CloudTrail's event history never shows it. */
export const batchbot: Person = inRole(
	{id: 'AROADEMOBATCH0000000', path: '/', name: 'Batch'},
	{
		name: 'batchbot',
		accessKeyId: 'ASIADEMOBATCH0000000',
		sourceIp: '172.31.0.22',
		client: 'AnthropicBedrockMantle/Python',
	},
);

/** A script on an instance: no Claude Code, no cache, the Converse operation. */
export const nightly: Person = inRole(
	{id: 'AROADEMOSUMMARIES000', path: '/', name: 'Summaries'},
	{
		name: 'i-0123456789abcdef0',
		accessKeyId: 'ASIADEMOSUMMARIES000',
		sourceIp: '172.31.0.10',
		vpcEndpointId: 'vpce-0d3b0a1c2e4f56789',
		client:
			'Boto3/1.42.97 md/Botocore#1.42.97 ua/2.1 os/linux#6.1.172 md/arch#x86_64 lang/python#3.13.2 cfg/retry-mode#legacy Botocore/1.42.97',
	},
);
