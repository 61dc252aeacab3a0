import type {Cause} from '../../../domain/refusals/causes/index.ts';
import type {Check} from '../check.ts';

/** What decides whether a model answers; Bedrock looks at all four. */
export type GateName = 'access' | 'quota' | 'iam' | 'retention';

/** What is known of a gate without a call of the model. */
export type GateVerdict = Omit<Check, 'id' | 'title'> & {
	/** Who can open it, where that is not the usual one. */
	readonly decidedBy?: string;
};

/** One gate of something that sessions call. */
export type Gate = Omit<Check, 'id' | 'title'> & {
	readonly gate: GateName;
	/** As it is called. */
	readonly profile: string;
	/** The canonical model; undefined where nobody knows what the profile leads to. */
	readonly model: string | undefined;
	/** Who can open it. */
	readonly decidedBy: string;
	/** What else changes with it. */
	readonly changes: string;
};

type Row = {
	readonly title: string;
	readonly decidedBy: string;
	readonly changes: (region: string) => string;
	/** Refusals that come from it. */
	readonly causes: readonly Cause[];
};

/** The gates in the order in which a person asks for them. */
export const gateRows: Readonly<Record<GateName, Row>> = {
	access: {
		title: 'access',
		decidedBy: "the account's administrators, in the model catalog of the Bedrock console",
		changes: () => 'opens the model to everybody in the account whom IAM allows',
		causes: ['model-access', 'use-case-form', 'marketplace', 'legacy-model', 'end-of-life', 'invalid-model'],
	},
	quota: {
		title: 'quota',
		decidedBy: 'AWS, asked through Service Quotas or AWS Support',
		changes: region => `raises what all callers of the account in ${region} share`,
		causes: ['throttled', 'quota'],
	},
	iam: {
		title: 'IAM',
		decidedBy: "the account's IAM administrators",
		changes: () => 'lets everybody call it who has the changed policy or takes the role',
		causes: [
			...(['identity-policy', 'explicit-deny', 'scp', 'permissions-boundary', 'session-policy'] as const),
			...(['resource-policy', 'vpc-endpoint', 'destination-region'] as const),
		],
	},
	retention: {
		title: 'retention',
		decidedBy: 'whoever may set the data retention of the account, in each Region',
		changes: region => `holds for the calls of all models of the account in ${region}, not of this one alone`,
		causes: ['data-retention'],
	},
};
