import {parseModelId} from '../models/model-id.ts';
import {
	accountPattern,
	isBedrockArn,
	isRegion,
	modelArnPattern,
	otherArnPattern,
	profileArnPattern,
	profilePattern,
} from './iam-identifiers.ts';

/** One Allow of an identity policy, never with a wildcard. */
export type Statement = {
	readonly Sid: string;
	readonly Effect: 'Allow';
	readonly Action: readonly string[];
	readonly Resource: readonly string[];
};

/** A complete policy, ready to be attached. */
export type PolicyDocument = {readonly Version: '2012-10-17'; readonly Statement: readonly Statement[]};

/**
 * What an action is allowed on: what a call reaches (profile and models), just the ARN that was refused, or only
 * everything, because the service knows no resource for it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html
 */
type Scope = 'call' | 'arn' | 'all';

const actions: ReadonlyMap<string, Scope> = new Map<string, Scope>([
	['bedrock:InvokeModel', 'call'],
	['bedrock:InvokeModelWithResponseStream', 'call'],
	['bedrock:CountTokens', 'arn'],
	['bedrock:GetInferenceProfile', 'arn'],
	['bedrock:GetFoundationModel', 'arn'],
	['bedrock:GetPromptRouter', 'arn'],
	['bedrock-mantle:CreateInference', 'arn'],
	['bedrock-mantle:CountTokens', 'arn'],
	['bedrock:ListInferenceProfiles', 'all'],
	['bedrock:ListFoundationModels', 'all'],
	['bedrock:GetFoundationModelAvailability', 'all'],
	['bedrock:GetUseCaseForModelAccess', 'all'],
	['bedrock:PutUseCaseForModelAccess', 'all'],
	['bedrock:CallWithBearerToken', 'all'],
	['bedrock-mantle:CallWithBearerToken', 'all'],
	['aws-marketplace:Subscribe', 'all'],
	['aws-marketplace:Unsubscribe', 'all'],
	['aws-marketplace:ViewSubscriptions', 'all'],
]);

/** Whether an action can only be allowed on all resources, so that no policy without a wildcard allows it. */
export const isOnAllResources = (action: string): boolean => actions.get(action) === 'all';

/** What is known of a refused call, all of it other people's strings. */
export type Wanted = {
	readonly action: string | undefined;
	/** The profile id, model id or ARN that was called. */
	readonly called?: string | undefined;
	/** The ARN that was refused. */
	readonly resource?: string | undefined;
	/** The ARNs of the models that the profile may send a call to. */
	readonly destinations?: readonly string[] | undefined;
	readonly accountId?: string | undefined;
	readonly partition?: string | undefined;
	/** The region that was called. */
	readonly region?: string | undefined;
};

/** What is not known of a call; `destinations` where nobody has asked `GetInferenceProfile`. */
export type Missing = 'account' | 'region' | 'profile' | 'destinations' | 'resource';

/** The resources, or what is missing to name them; nothing where no policy could name any. */
type Resources = {readonly arns: readonly string[]} | {readonly missing?: Missing};

/** The ARN of the profile that was called: the one IAM names, else put together from what is known. */
const profileArn = ({
	called,
	resource = '',
	accountId = '',
	partition = 'aws',
	region = '',
}: Wanted): string | undefined => {
	if (profileArnPattern.test(resource)) return resource;
	if (called === undefined || profileArnPattern.test(called)) return called;
	const id = parseModelId(called).profile;
	const isProfile = profilePattern.test(id) && parseModelId(id).kind === 'inference-profile';
	const type = isProfile
		? 'inference-profile'
		: /^[a-z0-9]{12}$/.test(id)
			? 'application-inference-profile'
			: undefined;
	if (type === undefined || !accountPattern.test(accountId)) return undefined;
	const arn = `arn:${partition}:bedrock:${region}:${accountId}:${type}/${id}`;
	return profileArnPattern.test(arn) ? arn : undefined;
};

const lastPart = (id: string | undefined): string | undefined => id?.slice(id.lastIndexOf('/') + 1);

/** The models that a profile may send a call to; undefined where they are not all known or not of one model. */
const modelArns = (
	profile: RegExpExecArray,
	{called, resource = '', destinations = []}: Wanted,
): readonly string[] | undefined => {
	const [, partition, region, , , id = ''] = profile;
	const ref = parseModelId(id);
	// Destinations are those of what was called: not of the profile that IAM names, if that is another one.
	const isSame = called === undefined || parseModelId(lastPart(called) ?? '').profile === id;
	const given = isSame ? destinations : [];
	const refused = modelArnPattern.test(resource) ? [resource] : [];
	// https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
	const isGlobal = ref.scope === 'global' && ref.model !== undefined;
	const global = isGlobal
		? [region, ''].map(to => `arn:${partition}:bedrock:${to}::foundation-model/${ref.model}`)
		: [];
	if (given.length === 0 && !isGlobal) return undefined;
	const arns = [...new Set([...global, ...given, ...refused])];
	const parsed = arns.map(arn => modelArnPattern.exec(arn));
	const ids = new Set(parsed.map(match => match?.[3]));
	const isOne = ids.size === 1 && parsed.every(match => match?.[1] === partition);
	const isOfProfile = ref.model === undefined || parseModelId([...ids][0] ?? '').model === ref.model;
	return isOne && isOfProfile ? arns : undefined;
};

const ofProfile = (wanted: Wanted): Resources => {
	const arn = profileArn(wanted);
	if (arn === undefined) {
		const isAccount = accountPattern.test(wanted.accountId ?? '');
		if (!isAccount) return {missing: 'account'};
		return isRegion(wanted.region ?? '') ? {missing: 'profile'} : {missing: 'region'};
	}
	const match = profileArnPattern.exec(arn);
	const models = match === null ? undefined : modelArns(match, wanted);
	return models === undefined ? {missing: 'destinations'} : {arns: [arn, ...models]};
};

const resourcesOfCall = (wanted: Wanted): Resources => {
	const {called, resource = '', partition = 'aws', region = ''} = wanted;
	const isNamed = otherArnPattern.test(resource) && (called === undefined || called === resource);
	if (isNamed) return {arns: [resource]};
	const asked = called ?? (profileArnPattern.test(resource) ? resource : undefined);
	if (asked === undefined) return {missing: 'profile'};
	const {kind, profile: id} = parseModelId(asked);
	if (profileArnPattern.test(resource)) return ofProfile(wanted);
	if (kind === 'inference-profile' || kind === 'application-inference-profile') return ofProfile(wanted);
	if (kind !== 'foundation-model') return {missing: 'profile'};
	const arn = modelArnPattern.test(id) ? id : `arn:${partition}:bedrock:${region}::foundation-model/${id}`;
	const isRefused = resource === '' || resource === arn;
	return modelArnPattern.test(arn) && isRefused ? {arns: [arn]} : {missing: 'region'};
};

const resourcesFor = (wanted: Wanted): Resources => {
	const scope = actions.get(wanted.action ?? '');
	if (scope === undefined || scope === 'all') return {};
	// As AWS got it, without Claude Code's `[1m]`.
	const called = wanted.called === undefined ? undefined : parseModelId(wanted.called).profile;
	if (scope === 'call') return resourcesOfCall({...wanted, called});
	const {resource = ''} = wanted;
	return isBedrockArn(resource) ? {arns: [resource]} : {missing: 'resource'};
};

/** What would have to be known for `statementFor` to name every resource. */
export const missingFor = (wanted: Wanted): Missing | undefined => {
	const resources = resourcesFor(wanted);
	return 'arns' in resources ? undefined : resources.missing;
};

/**
 * The least that allows the action: on the profile that was called and on its model in every region it may run in. No
 * wildcards, and nothing but well-formed ARNs; undefined where something that is needed is not known.
 */
export const statementFor = (wanted: Wanted): Statement | undefined => {
	const resources = resourcesFor(wanted);
	const {action} = wanted;
	if (action === undefined || !('arns' in resources)) return undefined;
	return {Sid: 'AllowModelCalls', Effect: 'Allow', Action: [action], Resource: resources.arns};
};

/** A complete policy of one statement. */
export const policyOf = (statement: Statement): PolicyDocument => ({Version: '2012-10-17', Statement: [statement]});
