import {count, type JsonRecord, record, text} from '../common/json.ts';

/** Who refused or failed a call. What others than AWS say is never explained as AWS's. */
export type AnsweredBy = 'aws' | 'anthropic' | 'vertex';

type Said = {
	readonly message: string;
	readonly status?: number | undefined;
	readonly code?: string | undefined;
	readonly requestId?: string | undefined;
	readonly answeredBy?: AnsweredBy | undefined;
};

const longestMessage = 4000;

/** The status that clients up to 2.1.97 write into the text only: `API Error: 403 …`, `403 {"Message": …}`. */
const statusIn = (message: string): number | undefined => {
	const digits = /\bAPI Error(?: \([^)]{1,200}\))?: ([1-5]\d\d)\b|^([1-5]\d\d) /.exec(message);
	return count(digits?.[1] ?? digits?.[2]);
};

/** Limits of claude.ai plans, its sign-in and its keys, as the client words them. */
const ofAnthropic =
	/\b(?:session|usage|weekly|5-hour|Opus|Sonnet|Fable) limit\b|\blimit (?:reached )?[·∙|] ?(?:resets|\d{10})|claude\.ai|console\.anthropic\.com|OAuth|invalid x-api-key|Invalid API key · |credit balance is too low|organization has (?:been )?disabled/i;
const ofVertex =
	/googleapis|aiplatform|Vertex AI|google cloud|gcloud auth|Publisher Model|['"]status\\?['"]: ?\\?['"](?:RESOURCE_EXHAUSTED|FAILED_PRECONDITION|PERMISSION_DENIED|UNAUTHENTICATED|INVALID_ARGUMENT)\b/i;
/** The last are Bedrock's words for its limits and for a retention mode that a model does not take. */
const ofAws =
	/\barn:aws|bedrock|\bAWS\b|aws sso login|\bToo many (?:requests|tokens|connections)[\w ]{0,20}, please wait before trying again|\bdata retention mode '/i;

const byWord = (word: string | undefined): AnsweredBy | undefined => {
	if (word === 'bedrock' || word === 'mantle') return 'aws';
	if (word === 'vertex') return 'vertex';
	return word === 'firstParty' || word === 'first-party' || word === 'anthropic' ? 'anthropic' : undefined;
};

/** Who said it: by Anthropic's and Google's request ids, AWS's headers, then what only one of them would say. */
const answeredBy = (said: Omit<Said, 'answeredBy'>, hasAwsHeader: boolean, word?: string): AnsweredBy | undefined => {
	const {message, requestId = ''} = said;
	if (hasAwsHeader) return 'aws';
	const named = byWord(word);
	if (named !== undefined) return named;
	const id = /^req_\w+$/.test(requestId) ? requestId : (/"request_id"\s*:\s*\\?"(req_\w+)/.exec(message)?.[1] ?? '');
	if (id.startsWith('req_vrtx_')) return 'vertex';
	if (id.startsWith('req_') && !id.startsWith('req_bdrk_')) return 'anthropic';
	if (ofAws.test(message)) return 'aws';
	if (ofVertex.test(message)) return 'vertex';
	return ofAnthropic.test(message) ? 'anthropic' : undefined;
};

/**
 * `400 prompt is too long: …`: AWS puts its words at the top of the body, where Anthropic's and Google's have an object
 * around them, which the SDK leaves as it is (2.1.75 to 2.1.332, against either).
 */
const isOfAwsShape = (came: string): boolean => /^[1-5]\d\d [^\s{[<]/.test(came);

/** What the person was shown in place of a reply; Claude Code's and AWS's words, never a model's. */
export const readShown = (line: JsonRecord): Said | undefined => {
	const content = record(line.message)?.content;
	const [first] = Array.isArray(content) ? content.map(record) : [];
	const message = text(first?.text)?.slice(0, longestMessage);
	if (message === undefined) return undefined;
	const isCredentials = line.error === 'cloud_credential_error';
	const said = {
		message,
		status: count(line.apiErrorStatus) ?? statusIn(message),
		...(isCredentials && {code: 'CredentialsProviderError'}),
		requestId: text(line.requestId),
	};
	const word = text(record(line.apiErrorParams)?.provider);
	// What came back, as the client's SDK has it: it tells whose it is where the message is the client's own.
	const came = text(line.errorDetails)?.slice(0, longestMessage);
	const byBody = came === undefined ? undefined : answeredBy({...said, message: came}, isOfAwsShape(came));
	return {...said, answeredBy: answeredBy(said, false, word) ?? byBody};
};

/** Errors may hold the one they were made from, which holds the message: `{status, headers, error: {error: {…}}}`. */
const deepest = 4;

const innerErrors = (error: JsonRecord): readonly JsonRecord[] => {
	const found = [error];
	for (let next = record(error.error); next !== undefined && found.length < deepest; next = record(next.error)) {
		found.push(next);
	}
	return found;
};

const header = (headers: JsonRecord | undefined, name: string): string | undefined => {
	const key = Object.keys(headers ?? {}).find(one => one.toLowerCase() === name);
	return key === undefined ? undefined : text(headers?.[key]);
};

/** A failed try that is repeated. */
export const readError = (error: JsonRecord | undefined): Said | undefined => {
	if (error === undefined) return undefined;
	const errors = innerErrors(error);
	const isCredentials = error.isCloudCredentialError === true;
	// What the chain of providers has in common says nothing; the last one's words name the command.
	const own = isCredentials ? text(error.formatted) : undefined;
	const words = errors.map(one => text(one.message) ?? text(one.Message)).find(word => word !== undefined);
	const message = (own ?? words ?? text(error.formatted))?.slice(0, longestMessage);
	if (message === undefined) return undefined;
	const headers = record(error.headers);
	// `AccessDeniedException:http://internal.amazon.com/…`
	const type = header(headers, 'x-amzn-errortype')?.split(':')[0];
	const awsId = header(headers, 'x-amzn-requestid');
	const code = isCredentials ? 'CredentialsProviderError' : type;
	const said = {
		message,
		status: count(error.status) ?? statusIn(message),
		...(code !== undefined && {code}),
		requestId: text(error.requestID) ?? text(error.requestId) ?? awsId ?? header(headers, 'request-id'),
	};
	return {...said, answeredBy: answeredBy(said, type !== undefined || awsId !== undefined)};
};
