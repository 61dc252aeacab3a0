import {parseModelId} from '../../models/model-id.ts';
import type {DenialDetails} from '../denial.ts';
import {isBedrockArn, isCallable, isPolicyArn, isRegion, isRoleArn} from '../iam-identifiers.ts';
import {isOnAllResources, type Wanted} from '../iam-policy.ts';

/** What mends a refusal. */
export type Remedy = {
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
	/** Scheme and host of the gateway that the session goes through. */
	readonly gateway?: string | undefined;
	/** The AWS profile, for commands. */
	readonly profile?: string | undefined;
};

/** As one word of a POSIX shell. */
const quoted = (word: string): string => (/^[\w.@:+/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** `--region … --profile …` for a command of the AWS CLI, as far as they are known and safe to paste. */
export const optionsFor = ({profile, region}: FixContext, hasRegion = true): string => {
	const isUsable = profile !== undefined && /^[^\p{C}]{1,100}$/u.test(profile);
	const inRegion = hasRegion && region !== undefined && isRegion(region) ? ` --region ${region}` : '';
	return `${inRegion}${isUsable ? ` --profile ${quoted(profile)}` : ''}`;
};

const resourceWords = ({action = '', resource = ''}: DenialDetails): string => {
	if (isBedrockArn(resource) || isRoleArn(resource)) return resource;
	return isOnAllResources(action) ? 'all resources' : 'the model';
};

const principalPattern =
	/^arn:(?:aws|aws-us-gov|aws-cn):(?:iam|sts)::\d{12}:(assumed-role|user|role|federated-user)\/([\w+=,.@-]{1,128}(?:\/[\w+=,.@-]{1,128}){0,20})$/;

/** Whom a policy is attached to: the role, not its session; for SSO the permission set, which owns the role. */
const policyHolder = (principalArn: string | undefined): string => {
	const [, type, path = ''] = principalPattern.exec(principalArn ?? '') ?? [];
	const parts = path.split('/');
	if (type === 'user') return `the user ${parts.at(-1)}`;
	if (type === 'role') return `the role ${parts.at(-1)}`;
	if (type !== 'assumed-role') return 'the role or user that called';
	const permissionSet = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(parts[0] ?? '')?.[1];
	return permissionSet === undefined
		? `the role ${parts[0]}`
		: `the permission set ${permissionSet} in IAM Identity Center`;
};

/** A fix names so many other profiles; somebody who reads more of them chooses none. */
const mostSuggestions = 3;

/** The refusal in words that are safe to show: nothing but well-formed ids gets into a sentence. */
export const situationOf = (denial: DenialDetails, context: FixContext) => {
	const {action = '', resource, principalArn, policyArn = ''} = denial;
	const {called, region = '', destinations, suggestions = [], gateway = ''} = context;
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
		gateway: /^https?:\/\/[\w.:-]{1,200}$/.test(gateway) ? `the gateway ${gateway}` : 'the gateway',
		/** Ids of other profiles. */
		others: suggestions.filter(other => other !== id && isCallable(other)).slice(0, mostSuggestions),
	};
	return {denial, context, wanted, words};
};

export type Situation = ReturnType<typeof situationOf>;

/** A remedy that is a sentence alone. */
export const say = (text: string): Remedy => ({text, policy: null, command: null});
