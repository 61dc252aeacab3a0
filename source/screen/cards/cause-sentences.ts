import type {Cause} from '../../domain/refusals/refusals.ts';

/** What each cause means, in a sentence. */
export const causeSentences: Readonly<Record<Cause, string>> = {
	'identity-policy': "None of the caller's identity policies allows this action on this resource.",
	'explicit-deny': 'A policy denies it outright, and no Allow outweighs a Deny.',
	scp: 'A policy of the AWS organisation stands in the way, which nobody in the account can change.',
	'permissions-boundary': "The caller's permissions boundary leaves it out, whatever the other policies allow.",
	'session-policy': 'The policy that came with the temporary credentials leaves it out.',
	'destination-region': 'The profile also sends calls to a region in which the caller is refused the model.',
	marketplace: 'The account is not subscribed to the model in AWS Marketplace, and the caller may not subscribe it.',
	'use-case-form': "Anthropic's use case form has not been sent for this account.",
	'model-access': 'The account has no access to the model in this region.',
	'legacy-model': 'The model is marked as legacy, and the account has not used it lately.',
	'end-of-life': 'The model has reached its end of life and answers nobody any more.',
	'bare-model-id': 'The model can be called through an inference profile only, not by its own id.',
	'invalid-model': 'The region knows no model or profile of that id.',
	'bearer-token': 'The Bedrock API key is not valid, or its owner may not call with one.',
	'vpc-endpoint': 'The policy of the VPC endpoint that the call went through does not allow it.',
	'resource-policy': 'The policy of the resource itself does not allow it.',
	throttled: "There were more requests or tokens in a minute than the account's quota allows.",
	quota: "The account's tokens of the day are used up.",
	'expired-credentials': 'The credentials have expired, or AWS does not accept them.',
	unknown: "AWS's words do not tell bedtop why.",
};
