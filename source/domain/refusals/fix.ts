import {parseModelId} from '../models/model-id.ts';
import type {Cause, Denial} from './denial.ts';
import {
	isBedrockArn,
	isCallable,
	isKnownAction,
	isOnAllResources,
	isPolicyArn,
	isRegion,
	missingDestinations,
	missingFor,
	policyHolder,
	policyOf,
	statementFor,
	type Wanted,
} from './iam-policy.ts';

/** What mends a refusal. */
export type Fix = {
	/** One sentence for the person. */
	readonly text: string;
	/** A complete IAM policy, without wildcards; null where no Allow would help or not all of it is known. */
	readonly policy: object | null;
	/** A command for the shell. */
	readonly command: string | null;
};

/** What is known besides the words of the refusal. */
export type FixContext = {
	/** The id that was called. */
	readonly called?: string | undefined;
	/** The region that was called. */
	readonly region?: string | undefined;
	/** The model ARNs of the called profile, as `GetInferenceProfile` names them. */
	readonly destinations?: readonly string[] | undefined;
	/** Ids of profiles of the same model that the region offers. */
	readonly suggestions?: readonly string[] | undefined;
	/** The AWS profile, for commands. */
	readonly profile?: string | undefined;
};

/** As one word of a POSIX shell. */
const quoted = (word: string): string => (/^[\w.@:+/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const optionsFor = ({profile, region}: FixContext, hasRegion = true): string => {
	const isUsable = profile !== undefined && /^[^\p{C}]{1,100}$/u.test(profile);
	const inRegion = hasRegion && region !== undefined && isRegion(region) ? ` --region ${region}` : '';
	return `${inRegion}${isUsable ? ` --profile ${quoted(profile)}` : ''}`;
};

const resourceWords = ({action = '', resource = ''}: Denial): string => {
	if (isBedrockArn(resource)) return resource;
	return isOnAllResources(action) ? 'all resources' : 'the model';
};

/** The refusal in words that are safe to show: nothing but well-formed ids gets into a sentence. */
const situationOf = (denial: Denial, context: FixContext) => {
	const {action = '', resource, principalArn, policyArn = ''} = denial;
	const {called, region = '', destinations, suggestions = []} = context;
	const id = parseModelId(called ?? denial.model ?? '').profile;
	const [, partition, accountId] = /^arn:(aws|aws-us-gov|aws-cn):(?:iam|sts)::(\d{12}):/.exec(principalArn ?? '') ?? [];
	const wanted: Wanted = {action, called, resource, destinations, accountId, partition, region};
	const words = {
		action: /^[a-z][a-z0-9-]{1,40}:[A-Za-z]{2,60}$/.test(action) ? action : 'the call',
		resource: resourceWords(denial),
		model: isCallable(id) ? id : 'the model',
		where: isRegion(region) ? ` in ${region}` : '',
		who: policyHolder(principalArn),
		/** In brackets, or nothing. */
		policyName: isPolicyArn(policyArn) ? ` (${policyArn})` : '',
		/** Ids of other profiles, a few. */
		others: suggestions.filter(other => other !== id && isCallable(other)).slice(0, 3),
	};
	return {denial, context, wanted, words};
};

type Situation = ReturnType<typeof situationOf>;

const say = (text: string): Fix => ({text, policy: null, command: null});

/** What to allow, in words, where no policy can be written down. */
const allowInWords = ({context, denial: {action = ''}, words, wanted}: Situation, place: string): Fix => {
	const missing = isKnownAction(action) && !isOnAllResources(action) ? missingFor(wanted) : undefined;
	const why = missing === undefined ? '' : ` (bedtop offers no policy, because it does not know ${missing})`;
	const fix = say(`Allow ${words.action} on ${words.resource} in ${place}${why}.`);
	const id = parseModelId(context.called ?? wanted.resource ?? '').profile;
	if (missing !== missingDestinations || !isCallable(id)) return fix;
	const ask = `aws bedrock get-inference-profile --inference-profile-identifier ${id}`;
	return {...fix, command: ask + optionsFor(context)};
};

/** An Allow is missing: the policy itself, or in words what it has to allow. */
const allow = (situation: Situation, place: string, ending: string): Fix => {
	const statement = statementFor(situation.wanted);
	const where = `${place}${situation.words.policyName}${ending}`;
	if (statement === undefined) return allowInWords(situation, where);
	return {...say(`Add this policy's statement to ${where}.`), policy: policyOf(statement)};
};

/** A Deny is there, which no policy of ours outweighs. */
const lift = ({words}: Situation, place: string, ending: string): Fix =>
	say(`Have the Deny of ${words.action} on ${words.resource} taken out of ${place}${words.policyName}${ending}.`);

const ofIdentity = (situation: Situation, ending: string): Fix => {
	const {denial, words} = situation;
	if (denial.isExplicit === true) return lift(situation, `the identity policies of ${words.who}`, ending);
	const isSure = denial.policyKind !== undefined || ending !== '';
	const doubt = isSure ? '' : ', or have a Deny looked for if one allows it already';
	return allow(situation, `an identity policy of ${words.who}`, `${ending}${doubt}`);
};

const ofOrganisation = ({denial, words}: Situation, ending: string): Fix => {
	const kind = denial.policyKind === 'resource control policy' ? 'resource control policy' : 'service control policy';
	const [verb, preposition] = denial.isExplicit === true ? ['exempt', 'from'] : ['allow', 'in'];
	const what = `${verb} ${words.action} on ${words.resource} ${preposition} the ${kind}${words.policyName}`;
	return say(`Ask your organisation's administrator to ${what}${ending}.`);
};

/** Into a policy of another kind than those bedtop can offer a statement for. */
const allowElsewhere: typeof allow = ({words}, place, ending) =>
	say(`Allow ${words.action} on ${words.resource} in ${place}${ending}.`);

/** The change to the kind of policy that refused; `ending` is another way out, or a reason. */
const ofPolicy = (situation: Situation, ending = ''): Fix => {
	const {denial, words} = situation;
	const change = (place: string, add: typeof allow) => (denial.isExplicit ? lift : add)(situation, place, ending);
	switch (denial.policyKind) {
		case 'service control policy':
		case 'resource control policy':
			return ofOrganisation(situation, ending);
		case 'permissions boundary':
			return change(`the permissions boundary of ${words.who}`, allow);
		case 'session policy':
			return change(`the session policy of ${words.who}`, allow);
		case 'VPC endpoint policy':
			return change(`the policy of the VPC endpoint for bedrock-runtime${words.where}`, allowElsewhere);
		case 'resource-based policy':
			return change('the policy of the resource itself', allowElsewhere);
		default:
			return ofIdentity(situation, ending);
	}
};

/** `ANTHROPIC_MODEL=us.… (or …)`. */
const pin = ([first, ...rest]: readonly string[]): string =>
	`ANTHROPIC_MODEL=${first}${rest.length > 0 ? ` (or ${rest.join(', ')})` : ''}`;

const destinationRegion = (situation: Situation): Fix => {
	const {denial, words} = situation;
	const {resourceRegion = ''} = denial;
	const there = isRegion(resourceRegion) ? resourceRegion : 'every region';
	if (denial.isExplicit !== true) return ofPolicy(situation, `, as the profile sends calls to ${there} too`);
	const others = words.others.filter(id => !id.startsWith('global.'));
	const example = others.length > 0 ? `: ${pin(others)}` : '';
	return ofPolicy(situation, `, or call a profile that does not send calls to ${there}${example}`);
};

const marketplace = (situation: Situation): Fix => {
	const {denial, words} = situation;
	const isIdentity = (denial.policyKind ?? 'identity-based policy') === 'identity-based policy';
	if (denial.isExplicit === true || !isIdentity) return ofPolicy(situation);
	if (denial.action === undefined) {
		return say(`Put a valid payment method on the AWS account and call ${words.model} again after two minutes.`);
	}
	const rights = 'aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions on all resources';
	return say(`Have somebody who may use ${rights} call ${words.model} once, which subscribes the whole account.`);
};

const pickProfile = ({words, denial, context}: Situation): Fix => {
	const {others, model, where} = words;
	if (others.length > 0) return say(`Call an inference profile of the model with ${pin(others)}.`);
	const {kind} = parseModelId(context.called ?? denial.model ?? '');
	const of = kind === 'foundation-model' || kind === 'bare' ? ` of ${model}` : '';
	const text = `Set ANTHROPIC_MODEL to the id of an inference profile${of}, out of those that this command lists${where}.`;
	return {...say(text), command: `aws bedrock list-inference-profiles${optionsFor(context)}`};
};

const activeModel = (situation: Situation, why: string): Fix => {
	const {words, denial, context} = situation;
	const refused = parseModelId(context.called ?? denial.model ?? '').model;
	const active = words.others.filter(id => parseModelId(id).model !== refused);
	const how = active.length > 0 ? pin(active) : 'ANTHROPIC_MODEL';
	return say(`Pin a model that is still active with ${how}, as ${words.model} ${why}.`);
};

const bearerToken = (situation: Situation): Fix => {
	const {denial} = situation;
	const sign = 'unset AWS_BEARER_TOKEN_BEDROCK so that calls are signed with AWS credentials';
	if (denial.action !== undefined) return ofPolicy(situation, `, or ${sign}`);
	return say(`Put a valid Bedrock API key into AWS_BEARER_TOKEN_BEDROCK, or ${sign}.`);
};

const expiredCredentials = ({denial, context}: Situation): Fix => {
	const signIn = (text: string, command: string): Fix => ({
		...say(text),
		command: command + optionsFor(context, false),
	});
	switch (denial.credentials) {
		case 'api-key':
			return say('Put a new Bedrock API key into AWS_BEARER_TOKEN_BEDROCK, as the one in use has expired.');
		case 'clock':
			return say("Set this computer's clock right, as AWS takes the request's signature for one of another time.");
		case 'login':
			return signIn('Sign in to AWS again.', 'aws login');
		case 'keys':
			return signIn(
				'Renew the AWS credentials, or correct the access keys, which AWS does not accept.',
				'aws sso login',
			);
		default:
			return signIn('Renew the AWS credentials.', 'aws sso login');
	}
};

const catalog = "in the Bedrock console's model catalog";
const useCaseForm = `once for the account, ${catalog} or with PutUseCaseForModelAccess`;
const inQuotas = ' in Service Quotas';
const errorCodes = 'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html';

const fixes: Readonly<Record<Cause, (situation: Situation) => Fix>> = {
	'identity-policy': situation => ofPolicy(situation),
	'explicit-deny': situation => ofPolicy(situation, ', as no Allow outweighs it'),
	scp: situation => ofPolicy(situation),
	'permissions-boundary': situation => ofPolicy(situation),
	'session-policy': situation => ofPolicy(situation),
	'vpc-endpoint': situation => ofPolicy(situation),
	'resource-policy': situation => ofPolicy(situation),
	'destination-region': destinationRegion,
	marketplace,
	'use-case-form': () => say(`Submit Anthropic's use case form ${useCaseForm}, and try again after 15 minutes.`),
	'model-access': ({words}) =>
		say(`Check ${catalog} that the account may use ${words.model}${words.where}, else ask AWS Support.`),
	'legacy-model': situation => activeModel(situation, 'is a legacy model that this account has not used lately'),
	'end-of-life': situation => activeModel(situation, 'has reached its end of life'),
	'bare-model-id': pickProfile,
	'invalid-model': pickProfile,
	'bearer-token': bearerToken,
	throttled: ({words}) => say(`Slow down, or request a higher quota for ${words.model}${words.where}${inQuotas}.`),
	quota: ({words}) =>
		say(`Call another model for now, or request more tokens per day for ${words.model}${words.where}${inQuotas}.`),
	'expired-credentials': expiredCredentials,
	unknown: () => say(`Look the message up at ${errorCodes}, as bedtop does not know its cause.`),
};

/** The one thing to do about a refusal. */
export const fixFor = (denial: Denial, context: FixContext): Fix => fixes[denial.cause](situationOf(denial, context));
