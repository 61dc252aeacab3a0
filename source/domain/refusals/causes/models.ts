import {parseModelId} from '../../models/model-id.ts';
import {askedRetention} from '../../models/retention.ts';
import {isRegion} from '../iam-identifiers.ts';
import {pin, pinOr} from './pin.ts';
import {policyChange} from './policy-change.ts';
import type {CauseRows} from './row.ts';
import {optionsFor, type Remedy, type Situation, say} from './situation.ts';

const catalog = "in the Bedrock console's model catalog";

const calledKind = ({denial, context}: Situation) => parseModelId(context.called ?? denial.model ?? '').kind;

/** The region of the ARN that is called, where calls go to another one: a profile is known in its own region only. */
const otherRegion = ({context: {called = '', region}}: Situation): string | undefined => {
	const {region: owner, kind} = parseModelId(called);
	const isOther = owner !== undefined && region !== undefined && owner !== region && isRegion(owner);
	return isOther && kind !== 'foundation-model' ? owner : undefined;
};

const pickProfile = (situation: Situation): Remedy => {
	const {words, context} = situation;
	const {others, model, where} = words;
	const owner = otherRegion(situation);
	if (owner !== undefined) {
		return say(
			`Set AWS_REGION=${owner}, where the profile ${model} is, or call a profile${where}, where the calls go now.`,
		);
	}
	if (others.length > 0) return say(`Call an inference profile of the model with ${pin(others)}.`);
	const kind = calledKind(situation);
	const of = kind === 'foundation-model' || kind === 'bare' ? ` of ${model}` : '';
	const text = `Set ANTHROPIC_MODEL to the id of an inference profile${of}, out of those that this command lists${where}.`;
	return {...say(text), command: `aws bedrock list-inference-profiles${optionsFor(context)}`};
};

const pickProfileShort = (situation: Situation) => {
	const owner = otherRegion(situation);
	if (owner !== undefined) return `Set AWS_REGION=${owner}, or call a profile of your region`;
	return pinOr(situation.words.others, 'Set ANTHROPIC_MODEL to the id of an inference profile');
};

/** Suggested profiles that lead to another model than the one that is gone. */
const activeProfiles = ({words, denial, context}: Situation): readonly string[] => {
	const refused = parseModelId(context.called ?? denial.model ?? '').model;
	return words.others.filter(id => parseModelId(id).model !== refused);
};

const pinActive = (why: string) => (situation: Situation) => {
	const active = activeProfiles(situation);
	const how = active.length > 0 ? pin(active) : 'ANTHROPIC_MODEL';
	return say(`Pin a model that is still active with ${how}, as ${situation.words.model} ${why}.`);
};

const pinActiveShort = (situation: Situation) =>
	pinOr(activeProfiles(situation), 'Set ANTHROPIC_MODEL to a model that is still active');

/** Whether another policy than a missing Allow of the caller's stands in the way. */
const isForbidden = ({denial: {policyKind = 'identity-based policy', isExplicit}}: Situation): boolean =>
	isExplicit === true || policyKind !== 'identity-based policy';

/** The account may not use the model, or calls it by an id that is not one. */
export const models = {
	marketplace: {
		rank: 20,
		sentence: ({action = ''}) => action.startsWith('aws-marketplace:'),
		phrases: [{words: /INVALID_PAYMENT_INSTRUMENT|AWS Marketplace (?:subscription|actions)/i}],
		label: 'Marketplace subscription missing',
		meaning: 'The account is not subscribed to the model in AWS Marketplace, and the caller may not subscribe it.',
		standard: 'The AWS Marketplace subscription for this model cannot be completed',
		short: ({denial}) =>
			denial.action === undefined
				? 'Put a valid payment method on the AWS account'
				: 'Have somebody who may subscribe it call the model once',
		fix: situation => {
			const {denial, words} = situation;
			if (isForbidden(situation)) return policyChange(situation);
			if (denial.action === undefined) {
				return say(`Put a valid payment method on the AWS account and call ${words.model} again after two minutes.`);
			}
			const rights = 'aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions on all resources';
			return say(`Have somebody who may use ${rights} call ${words.model} once, which subscribes the whole account.`);
		},
	},
	'use-case-form': {
		rank: 30,
		phrases: [{words: /use[ -]case (?:details|form)/i}],
		label: 'use case form not sent',
		meaning: "Anthropic's use case form has not been sent for this account.",
		standard: 'Model use case details have not been submitted for this account',
		short: "Submit Anthropic's use case form once for the account",
		fix: () =>
			say(
				`Submit Anthropic's use case form once for the account, ${catalog} or with PutUseCaseForModelAccess, and try again after 15 minutes.`,
			),
	},
	'legacy-model': {
		rank: 40,
		phrases: [{words: /marked by (?:the )?provider as legacy/i}],
		label: 'legacy model',
		meaning: 'The model is marked as legacy, and the account has not called it for 30 days.',
		standard: 'This model is marked by provider as Legacy',
		short: pinActiveShort,
		fix: pinActive('is a legacy model that this account has not called for 30 days'),
		isRetired: true,
	},
	'end-of-life': {
		rank: 50,
		phrases: [{words: /end of (?:its |their )?life|end-of-life/i}],
		label: 'model is end of life',
		meaning: 'The model has reached its end of life and answers nobody any more.',
		standard: 'This model version has reached the end of its life',
		short: pinActiveShort,
		fix: pinActive('has reached its end of life'),
		isRetired: true,
	},
	'bare-model-id': {
		rank: 60,
		phrases: [{words: /on-demand throughput isn't supported|with the ID or ARN of an inference profile/i}],
		label: 'needs an inference profile id',
		meaning: 'The model can be called through an inference profile only, not by its own id.',
		standard: "Invocation with on-demand throughput isn't supported",
		short: pickProfileShort,
		fix: pickProfile,
	},
	'invalid-model': {
		rank: 70,
		phrases: [
			{words: /model (?:identifier|id) is invalid|could not resolve the foundation model/i},
			{words: /(?:model|inference profile)\b.{0,120} (?:does not|doesn't) exist/i},
		],
		label: 'model id is invalid',
		meaning: 'The region knows no model or profile of that id.',
		standard: 'The provided model identifier is invalid',
		short: pickProfileShort,
		fix: pickProfile,
	},
	'model-access': {
		rank: 80,
		phrases: [
			{words: /don't have access to the model|do not have access to the model/i},
			// Claude Code's own words, in place of AWS's.
			{words: /is not available on your bedrock deployment|may not exist or you may not have access/i},
			{words: /not available for (?:this|your) account|account is not authorized to invoke this API/i},
			{words: /operation not allowed|not allowed from unsupported countries/i},
		],
		label: 'no access to the model',
		meaning: 'The account has no access to the model in this region.',
		standard: "You don't have access to the model with the specified model ID",
		short: "Check access to it in the Bedrock console's model catalog",
		fix: situation => {
			const {words} = situation;
			if (otherRegion(situation) !== undefined) return pickProfile(situation);
			return say(`Check ${catalog} that the account may use ${words.model}${words.where}, else ask AWS Support.`);
		},
	},
	/** Checked before everything else of the request, so that it hides other causes. */
	'data-retention': {
		rank: 35,
		phrases: [{words: /data[ _-]retention/i}],
		label: 'data retention mode not allowed',
		meaning: "The model asks for another data retention mode than the account's; other causes may show after it.",
		standard: "Data retention mode 'default' is not available for this model",
		short: "Ask who decides on the account's data retention",
		fix: ({words, denial, context}) => {
			const modes = askedRetention(parseModelId(context.called ?? denial.model ?? '').model ?? '')?.join(' or ');
			const wanted =
				modes === undefined ? `the mode that ${words.model} asks for` : `${modes}, which ${words.model} asks for,`;
			return say(
				`Ask who decides on the account's data retention${words.where} whether ${wanted} may be, as it also changes what is kept of other models' calls, or call another model.`,
			);
		},
	},
	'prompt-caching': {
		rank: 85,
		phrases: [{words: /did not allow prompt caching|prompt caching is not (?:supported|available|enabled)/i}],
		label: 'no prompt caching',
		meaning: 'The model, or the account with it, does not take prompt caching, which Claude Code asks for.',
		standard: 'You invoked an unsupported model or your request did not allow prompt caching',
		short: 'Set DISABLE_PROMPT_CACHING=1, or call another model',
		fix: ({words}) =>
			say(`Call a model that allows prompt caching in place of ${words.model}, or set DISABLE_PROMPT_CACHING=1.`),
	},
} as const satisfies CauseRows;
