import {normaliseErrorCode} from '../calls/call.ts';
import {type PolicyKind, readSentence} from './causes/iam-sentence.ts';
import {type Cause, causes} from './causes/index.ts';
import type {Pattern} from './causes/row.ts';

/** What has to be renewed where the credentials are the cause. */
export type CredentialKind = 'sso' | 'login' | 'keys' | 'clock' | 'api-key';

/** What the words of a refusal say. Everything in it is other people's strings: check before building upon it. */
export type DenialDetails = {
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

/** What a refusal says, and why the call was refused, as far as AWS's words tell. */
export type Denial = DenialDetails & {readonly cause: Cause};

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
	/** A gateway answered in the place of AWS. */
	readonly hasGateway?: boolean | undefined;
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

/** The codes that are said: by the caller, or at the front of the text as SDKs write them. */
const codesOf = (text: string, {code, status}: Refused): readonly string[] => {
	const named = /\b([A-Z][A-Za-z]{2,60})(?:Exception|ProviderError)\b/.exec(text)?.[0];
	const alone = /^[A-Za-z.]{3,80}$/.test(text.trim()) ? text.trim() : undefined;
	const said = [code?.slice(0, 200), named, alone].filter(word => word !== undefined).map(normaliseErrorCode);
	return status === 429 ? [...said, 'TooManyRequests'] : said;
};

const ranked = Object.entries(causes)
	.map(([cause, row]) => ({...row, cause: cause as Cause}))
	.sort((a, b) => a.rank - b.rank);

/** The patterns of all causes, the most telling first. */
const patternsOf = (kind: 'phrases' | 'codes') =>
	ranked
		.flatMap(({[kind]: patterns = [], ...row}) =>
			patterns.map((pattern: Pattern) => ({rank: row.rank, ...pattern, cause: row.cause})),
		)
		.sort((a, b) => a.rank - b.rank);

const phrases = patternsOf('phrases');
const codes = patternsOf('codes');

/**
 * Reads why AWS refused a call, from old and new wordings, as they are or wrapped by a client. Never throws; what it does
 * not know is `unknown`, and so is a bare AccessDenied, which gives no reason at all.
 */
export const readDenial = (refused: Refused): Denial => {
	const text = plainText(refused.message);
	const details = readSentence(text);
	if (details.action !== undefined) {
		return {...details, cause: ranked.find(({sentence}) => sentence?.(details, refused))?.cause ?? 'unknown'};
	}
	const said = codesOf(text, refused);
	const known =
		phrases.find(({words}) => words.test(text)) ?? codes.find(({words}) => said.some(code => words.test(code)));
	const cause = known?.cause ?? 'unknown';
	const isGateways = refused.hasGateway === true && (cause === 'throttled' || cause === 'quota');
	return {...details, cause: isGateways ? 'gateway-cap' : cause, credentials: known?.credentials};
};
