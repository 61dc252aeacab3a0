import {knownModels} from './known-models.ts';

/** What an account lets Bedrock keep of calls, as `GetAccountDataRetention` says it; set for each Region. */
export const retentionModes = ['default', 'none', 'inherit', 'aws_review', 'provider_data_share'] as const;

/**
 * The modes of models that ask for one, the mildest first: binbashar/le-tf-infra-aws#1114 for the 5 generation,
 * aws-samples/anthropic-on-aws#294 for Fable 5.1 (measured at its launch). Of their successors it is not known.
 */
const asking: ReadonlyMap<string, readonly string[]> = new Map([
	['anthropic.claude-fable-5', ['provider_data_share']],
	['anthropic.claude-mythos-5', ['provider_data_share']],
	['anthropic.claude-fable-5-1', ['aws_review', 'provider_data_share']],
]);

/** Families whose models have answered under every mode that keeps anything. */
const undemanding = /^(?:opus|sonnet|haiku)-/;

/** The modes that a model is known to ask for; undefined where it asks for none or nobody knows. */
export const askedRetention = (model: string): readonly string[] | undefined => asking.get(model);

/** Whether a model answers under an account's mode; undefined where that is not known. */
export const answersUnder = (model: string, mode: string): boolean | undefined => {
	if (!retentionModes.some(known => known === mode)) return undefined;
	// What the account does not decide, the model's own default does, which is `default` (GEMISIS/leviath#851).
	const effective = mode === 'inherit' ? 'default' : mode;
	const asked = asking.get(model);
	if (asked !== undefined) return asked.includes(effective);
	const isUndemanding = undemanding.test(knownModels.get(model) ?? '');
	return isUndemanding && effective !== 'none' ? true : undefined;
};
