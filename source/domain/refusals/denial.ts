import {normaliseErrorCode} from '../calls/call.ts';
import {parseModelId} from '../models/model-id.ts';

/** Why a call was refused, as far as AWS's words tell. */
export type Cause =
	| 'identity-policy'
	| 'explicit-deny'
	| 'scp'
	| 'permissions-boundary'
	| 'session-policy'
	| 'destination-region'
	| 'marketplace'
	| 'use-case-form'
	| 'model-access'
	| 'legacy-model'
	| 'end-of-life'
	| 'bare-model-id'
	| 'invalid-model'
	| 'bearer-token'
	| 'throttled'
	| 'quota'
	| 'expired-credentials'
	| 'vpc-endpoint'
	| 'resource-policy'
	| 'unknown';

/** The kind of policy that IAM names as the reason. */
export type PolicyKind =
	| 'identity-based policy'
	| 'resource-based policy'
	| 'service control policy'
	| 'resource control policy'
	| 'permissions boundary'
	| 'session policy'
	| 'VPC endpoint policy';

/** What has to be renewed where the credentials are the cause. */
export type CredentialKind = 'sso' | 'login' | 'keys' | 'clock' | 'api-key';

/** What the words of a refusal say. Everything in it is other people's strings: check before building upon it. */
export type Denial = {
	readonly cause: Cause;
	/** The IAM action, such as `bedrock:InvokeModelWithResponseStream`. */
	readonly action?: string | undefined;
	readonly principalArn?: string | undefined;
	/** The ARN that was refused; absent where AWS writes `*`. */
	readonly resource?: string | undefined;
	/** The region of that ARN; empty in the form that stands for every region. */
	readonly resourceRegion?: string | undefined;
	/** The policy that refused, which messages since 2026 name. */
	readonly policyArn?: string | undefined;
	/** The model or profile id in the text. */
	readonly model?: string | undefined;
	/** Absent where IAM gives no reason. */
	readonly policyKind?: PolicyKind | undefined;
	/** A Deny refused it; otherwise an Allow is missing. */
	readonly isExplicit?: boolean | undefined;
	readonly credentials?: CredentialKind | undefined;
};

/** An error as a transcript or CloudTrail has it. */
export type Refused = {
	readonly message: string;
	/** CloudTrail's errorCode or the SDK's error name, with or without `Exception`. */
	readonly code?: string | undefined;
	/** Of the HTTP response. */
	readonly status?: number | undefined;
	/** What was called, if it is known. */
	readonly called?: string | undefined;
	/** The region of the endpoint, if it is known. */
	readonly region?: string | undefined;
};

/** AWS's longest messages have about 1,500 characters; only what comes before is read, so that time stays bounded. */
const longestText = 8000;

/** Plain words of what may be JSON in JSON, wrapped by Claude Code's own advice and broken into lines. */
const plainText = (message: string): string => {
	const text = message
		.slice(0, longestText)
		.replace(/\\{1,8}u2019|[\u2018\u2019]/gi, "'")
		.replace(/\\{1,8}(["/])/g, '$1')
		.replace(/\\{1,8}[nrt]/g, ' ')
		.replace(/\s+/g, ' ');
	// Before it stands Claude Code's own advice, which speaks of sign-in, keys and model access whatever went wrong.
	const start = text.indexOf('API Error');
	return start === -1 ? text : text.slice(start);
};

const withoutTail = (word: string | undefined): string | undefined => word?.replace(/["'`,.;:)}\]\\]{1,20}$/, '');

const policyKinds: readonly (readonly [words: string, kind: PolicyKind])[] = [
	['identity-based', 'identity-based policy'],
	['resource-based', 'resource-based policy'],
	['role trust', 'resource-based policy'],
	['service control', 'service control policy'],
	['resource control', 'resource control policy'],
	['permissions boundary', 'permissions boundary'],
	['session', 'session policy'],
	['vpc endpoint', 'VPC endpoint policy'],
];

/**
 * The reason at the end of IAM's sentence:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const reasonIn = (text: string): Pick<Denial, 'policyKind' | 'isExplicit'> => {
	const [, word, rest = ''] = /(explicit deny|because no)([^:]{0,60})/i.exec(text) ?? [];
	if (word === undefined) return {policyKind: undefined, isExplicit: undefined};
	const [found] =
		/identity-based|resource-based|role trust|service control|resource control|permissions boundary|session|vpc endpoint/i.exec(
			rest,
		) ?? [];
	const kind = policyKinds.find(([words]) => words === found?.toLowerCase())?.[1];
	return {policyKind: kind, isExplicit: word.toLowerCase() === 'explicit deny'};
};

/** IAM's sentence `User: … is not authorized to perform: … on resource: … because …`, in whole or in part. */
const sentenceIn = (text: string): Omit<Denial, 'cause' | 'model'> => {
	const principalArn = /User: (arn:[!-~]{1,600})/.exec(text)?.[1];
	const perform = /not authorized to perform:? ([a-z][a-z0-9-]{1,40}:[A-Za-z]{2,60})/.exec(text);
	const action = perform?.[1] ?? /\baws-marketplace:[A-Za-z]{2,40}/.exec(text)?.[0];
	// What follows the action, so that nothing a name holds is taken for the reason.
	const tail = perform === null ? text : text.slice(perform.index + perform[0].length);
	const resource = withoutTail(/\bon resource:? (arn:[!-~]{1,600})/.exec(tail)?.[1]);
	const policyArn = withoutTail(
		/(?:policy|boundary): (arn:[\w-]{1,20}:(?:iam|organizations)::[!-~]{1,400})/.exec(tail)?.[1],
	);
	return {
		action,
		principalArn: withoutTail(principalArn),
		resource,
		resourceRegion: /^arn:[^:]*:bedrock[^:]*:([^:]*):/.exec(resource ?? '')?.[1],
		policyArn,
		...reasonIn(tail),
	};
};

const modelIn = (text: string, resource: string | undefined): string | undefined => {
	const inArn = /^arn:[^/]*:(?:foundation-model|inference-profile|application-inference-profile)\/(.+)$/.exec(
		resource ?? '',
	)?.[1];
	return withoutTail(inArn ?? /(?<![\w.-])(?:[a-z-]{2,6}\.)?anthropic\.claude-[\w.:-]{1,100}/.exec(text)?.[0]);
};

/**
 * A foundation model in another region than the one that was called: only a cross-region profile asks for it. Where
 * nobody says which region was called, a profile's destination is taken for another one.
 */
const isDestination = ({resource, resourceRegion}: Partial<Denial>, {called, region}: Refused): boolean => {
	if (resource === undefined || resourceRegion === undefined || !resource.includes(':foundation-model/')) return false;
	if (resourceRegion === '') return true;
	const ref = called === undefined ? undefined : parseModelId(called);
	if (ref === undefined) return region !== undefined && region !== resourceRegion;
	const isProfile = ref.kind === 'inference-profile' || ref.kind === 'application-inference-profile';
	const isOther = ref.model !== undefined && ref.model !== parseModelId(resource).model;
	if (!isProfile || isOther) return false;
	const source = ref.region ?? region;
	return source === undefined ? ref.kind === 'inference-profile' : source !== resourceRegion;
};

const causeOfPolicy: Readonly<Record<PolicyKind, Cause>> = {
	'identity-based policy': 'identity-policy',
	'resource-based policy': 'resource-policy',
	'service control policy': 'scp',
	'resource control policy': 'resource-policy',
	'permissions boundary': 'permissions-boundary',
	'session policy': 'session-policy',
	'VPC endpoint policy': 'vpc-endpoint',
};

/**
 * The cause behind IAM's sentence. A sentence without a reason counts as a missing Allow, by far the most frequent one
 * that AWS leaves out. A refused destination goes before the policy that refused it, which stays in `policyKind`.
 */
const causeOfSentence = (denial: Omit<Denial, 'cause'>, refused: Refused): Cause => {
	const {action = '', policyKind, isExplicit} = denial;
	if (action.endsWith(':CallWithBearerToken')) return 'bearer-token';
	if (action.startsWith('aws-marketplace:')) return 'marketplace';
	if (isDestination(denial, refused)) return 'destination-region';
	const isDeny = isExplicit === true && (policyKind ?? 'identity-based policy') === 'identity-based policy';
	if (isDeny) return 'explicit-deny';
	return policyKind === undefined ? 'identity-policy' : causeOfPolicy[policyKind];
};

/** In this order: the more telling words first. */
const phrases: readonly (readonly [phrase: RegExp, cause: Cause, credentials?: CredentialKind])[] = [
	[/CallWithBearerToken/, 'bearer-token'],
	[/INVALID_PAYMENT_INSTRUMENT|AWS Marketplace (?:subscription|actions)/i, 'marketplace'],
	[/use[ -]case (?:details|form)/i, 'use-case-form'],
	[/marked by (?:the )?provider as legacy/i, 'legacy-model'],
	[/end of (?:its |their )?life|end-of-life/i, 'end-of-life'],
	[/on-demand throughput isn't supported|with the ID or ARN of an inference profile/i, 'bare-model-id'],
	[/model (?:identifier|id) is invalid|could not resolve the foundation model/i, 'invalid-model'],
	[/(?:model|inference profile)\b.{0,120} (?:does not|doesn't) exist/i, 'invalid-model'],
	[/don't have access to the model|do not have access to the model/i, 'model-access'],
	[/is not available on your bedrock deployment/i, 'model-access'],
	[/not available for (?:this|your) account|account is not authorized to invoke this API/i, 'model-access'],
	[/operation not allowed|not allowed from unsupported countries/i, 'model-access'],
	[/bearer token (?:has |is )?expired/i, 'expired-credentials', 'api-key'],
	[/make sure your API key is valid|invalid API key format/i, 'bearer-token', 'api-key'],
	[/signature (?:has )?expired|signature not yet current/i, 'expired-credentials', 'clock'],
	[/signature we calculated does not match/i, 'expired-credentials', 'keys'],
	[/\baws login\b|please reauthenticate/i, 'expired-credentials', 'login'],
	[/\baws sso login\b|SSO session|session token not found or invalid/i, 'expired-credentials', 'sso'],
	[/security token included in the request is expired/i, 'expired-credentials'],
	[/security token included in the request is invalid/i, 'expired-credentials', 'keys'],
	[/could not load credentials from any provider/i, 'expired-credentials'],
	[/tokens per day|daily (?:token )?(?:quota|limit)|exceeds? the service quota/i, 'quota'],
	[/too many (?:requests|tokens|connections)|rate exceeded|request rate is too high/i, 'throttled'],
	[/model is not ready/i, 'throttled'],
];

const codes: readonly (readonly [code: RegExp, cause: Cause, credentials?: CredentialKind])[] = [
	[/^(?:ExpiredToken|RequestExpired|CredentialsProviderError|TokenProviderError)$/, 'expired-credentials'],
	[
		/^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)$/,
		'expired-credentials',
		'keys',
	],
	[/^(?:ServiceQuotaExceeded|LimitExceeded)$/, 'quota'],
	[/^(?:Throttl|TooManyRequests$|ModelNotReady$|RequestLimitExceeded$)/, 'throttled'],
];

/** The codes that are said: by the caller, or at the front of the text as SDKs write them. */
const codesOf = (text: string, {code, status}: Refused): readonly string[] => {
	const named = /\b([A-Z][A-Za-z]{2,60})(?:Exception|ProviderError)\b/.exec(text)?.[0];
	const alone = /^[A-Za-z.]{3,80}$/.test(text.trim()) ? text.trim() : undefined;
	const said = [code?.slice(0, 200), named, alone].filter(word => word !== undefined).map(normaliseErrorCode);
	return status === 429 ? [...said, 'TooManyRequests'] : said;
};

/**
 * Reads why AWS refused a call, from old and new wordings, as they are or wrapped by a client. Never throws; what it does
 * not know is `unknown`, and so is a bare AccessDenied, which gives no reason at all.
 */
export const readDenial = (refused: Refused): Denial => {
	const text = plainText(refused.message);
	const sentence = sentenceIn(text);
	const said = {...sentence, model: modelIn(text, sentence.resource)};
	if (sentence.action !== undefined) return {...said, cause: causeOfSentence(said, refused)};
	const phrase = phrases.find(([words]) => words.test(text));
	const known = phrase ?? codes.find(([pattern]) => codesOf(text, refused).some(code => pattern.test(code)));
	return {...said, cause: known?.[1] ?? 'unknown', credentials: known?.[2]};
};
