export const accountId = '123456789012';
export const homeRegion = 'us-east-1';

const sts = `arn:aws:sts::${accountId}:assumed-role`;

/** Somebody who calls models, as CloudTrail would name them. */
export type Person = {
	readonly name: string;
	readonly arn: string;
	readonly type: 'AssumedRole' | 'IAMUser';
	readonly client: string;
};

export const alice: Person = {
	name: 'alice@example.com',
	arn: `${sts}/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b/alice@example.com`,
	type: 'AssumedRole',
	client: 'claude-cli/2.1.330 (external, cli)',
};

const bob: Person = {
	name: 'bob',
	arn: `${sts}/Developer/bob`,
	type: 'AssumedRole',
	client: 'claude-cli/2.1.308 (external, claude-vscode)',
};

const ci: Person = {
	name: 'ci',
	arn: `arn:aws:iam::${accountId}:user/ci`,
	type: 'IAMUser',
	client: 'claude-cli/2.1.330 (external, claude-code-github-action)',
};

export const models = {
	opus: 'us.anthropic.claude-opus-5-5',
	sonnet: 'global.anthropic.claude-sonnet-5-5',
	haiku: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
	/** The one that nobody here may use. */
	fable: 'us.anthropic.claude-fable-5-2',
} as const;

/** A conversation that goes on all day. */
export type Thread = {
	readonly person: Person;
	readonly sessionId: string;
	readonly cwd: string;
	readonly profile: string;
	/** Seconds between two calls while working. */
	readonly gapSeconds: readonly [low: number, high: number];
	/** Chance that a call is followed by a pause of some minutes. */
	readonly pause: number;
	/** Whether its calls are also written as transcripts of this machine. */
	readonly isLocal: boolean;
	readonly pid?: number;
	readonly hasSubagents?: boolean;
};

export const threads: readonly Thread[] = [
	{
		person: alice,
		sessionId: '7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01',
		cwd: '/home/alice/shop',
		profile: models.opus,
		gapSeconds: [6, 45],
		pause: 0.08,
		isLocal: true,
		pid: 4121,
		hasSubagents: true,
	},
	{
		person: alice,
		sessionId: '2b60a0f3-77c4-4a0d-8e0e-6f0f7f6e2b02',
		cwd: '/home/alice/docs',
		profile: models.sonnet,
		gapSeconds: [15, 120],
		pause: 0.15,
		isLocal: true,
		pid: 4388,
	},
	{
		person: bob,
		sessionId: '51f2d7aa-0000-4000-8000-00000000b0b1',
		cwd: '/home/bob/api',
		profile: models.opus,
		gapSeconds: [10, 90],
		pause: 0.12,
		isLocal: false,
	},
	{
		person: ci,
		sessionId: '51f2d7aa-0000-4000-8000-0000000000c1',
		cwd: '/runner/work',
		profile: models.haiku,
		gapSeconds: [4, 20],
		pause: 0.06,
		isLocal: false,
	},
];
