import {normaliseErrorCode} from '../../domain/calls/call.ts';
import {record, text} from '../../domain/common/json.ts';
import type {Problem} from '../../domain/common/problem.ts';

/** Who was asked for what, so that a refusal can name the permission that mends it. */
export type Asked = {
	/** As a person calls it: `CloudTrail`. */
	readonly service: string;
	/** The IAM actions the source needs. */
	readonly actions: readonly string[];
	readonly profile?: string | undefined;
};

const networkCodes = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ETIMEDOUT',
	'EPIPE',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const networkNames = new Set(['TimeoutError', 'NetworkingError', 'RequestTimeout']);
const throttleNames = new Set([
	'Throttling',
	'ThrottledException',
	'TooManyRequests',
	'RequestLimitExceeded',
	'SlowDown',
	'PriorRequestNotComplete',
]);
const deniedNames = new Set(['AccessDenied', 'UnauthorizedOperation', 'NotAuthorized', 'OperationNotPermitted']);
const credentialNames = new Set([
	'CredentialsProviderError',
	'TokenProviderError',
	'ExpiredToken',
	'ExpiredTokenException',
	'UnrecognizedClient',
	'InvalidClientTokenId',
	'InvalidSignature',
	'SignatureDoesNotMatch',
	'MissingAuthenticationToken',
	'IncompleteSignature',
	'RequestExpired',
	'AuthFailure',
]);

/** The command that renews what has expired, from the SDK's own wording (`aws login` or `aws sso login`). */
const renewal = (message: string, profile: string | undefined): string => {
	const forProfile = profile === undefined ? '' : ` --profile ${profile}`;
	if (/\baws login\b|login\/cache|reauthenticate|CreateOAuth2Token/i.test(message)) return `aws login${forProfile}`;
	if (/sso/i.test(message)) return `aws sso login${forProfile}`;
	return `aws sso login${forProfile}, aws login${forProfile}, or new keys in the environment`;
};

const credentialsProblem = (message: string, asked: Asked): Problem => {
	if (/Could not load credentials from any providers/i.test(message)) {
		if (asked.profile !== undefined) {
			const message = `No AWS credentials were found for profile ${asked.profile}.`;
			return {kind: 'credentials', message, fix: 'name a profile that exists, or run aws configure'};
		}
		const fix = 'run aws login or aws sso login, or name a profile with --profile';
		return {kind: 'credentials', message: 'No AWS credentials were found.', fix};
	}
	if (/could not be found|was not found\.$/i.test(message) && /profile/i.test(message)) {
		return {kind: 'credentials', message, fix: 'name an existing profile with --profile or AWS_PROFILE'};
	}
	return {
		kind: 'credentials',
		message: `Credentials do not work: ${message}`,
		fix: renewal(message, asked.profile),
	};
};

/** An error's own name and code, its cause's when it only wraps one, and the HTTP status where there was one. */
const anatomy = (error: unknown) => {
	const it = record(error);
	const cause = record(it?.cause);
	return {
		name: normaliseErrorCode(text(it?.name) ?? ''),
		code: text(it?.code) ?? text(cause?.code) ?? '',
		status: record(it?.$metadata)?.httpStatusCode,
		message: (error instanceof Error ? error.message : text(it?.message)) || text(it?.name) || 'no message',
	};
};

const untrusted =
	/^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|ERR_TLS_CERT)/;
/** What the SDK says of an answer that is not in AWS's language at all: a page of a captive portal or a proxy. */
const notAnAnswer = /Deserialization error|is not valid JSON|Unexpected token|<\/?(html|body|!doctype)/i;

/** What went wrong on the way to AWS; undefined where AWS itself answered. */
const onTheWay = ({name, code, message}: ReturnType<typeof anatomy>, service: string): Problem | undefined => {
	if (networkCodes.has(code) || networkNames.has(name)) {
		const detail = code === '' ? 'no answer in time' : code;
		return {kind: 'network', message: `${service} cannot be reached (${detail}).`, fix: 'check network and proxy'};
	}
	if (untrusted.test(code)) {
		const fix = 'name the certificate of your proxy in NODE_EXTRA_CA_CERTS';
		return {kind: 'network', message: `${service} has a certificate that is not trusted (${code}).`, fix};
	}
	if (!notAnAnswer.test(message)) return undefined;
	const fix = 'sign in to the network; check proxy and AWS_ENDPOINT_URL';
	return {kind: 'network', message: `Something else answered in place of ${service}, such as a sign-in page.`, fix};
};

/**
 * One sentence and, where there is one, the fix for any error of an AWS SDK client or its credential chain.
 * The same failure has several names (facts of the JS SDK: `ExpiredToken` from STS and CloudWatch,
 * `ExpiredTokenException` elsewhere), so names are normalised first.
 */
export const explainAwsError = (error: unknown, asked: Asked): Problem => {
	const anatomised = anatomy(error);
	const {name, status, message} = anatomised;
	const unreached = onTheWay(anatomised, asked.service);
	if (unreached !== undefined) return unreached;
	const isCredentials =
		credentialNames.has(name) || /session has expired|aws sso login|aws login|security token .* invalid/i.test(message);
	if (isCredentials) return credentialsProblem(message, asked);
	if (/Region is missing/i.test(message)) {
		return {kind: 'credentials', message: 'No AWS region is configured.', fix: 'add --region or set AWS_REGION'};
	}
	const isThrottled = throttleNames.has(name) || status === 429;
	if (isThrottled) return {kind: 'throttled', message: `${asked.service} is throttling; asking again more slowly.`};
	if (deniedNames.has(name) || status === 403) {
		const actions = asked.actions.join(', ');
		return {kind: 'denied', message: `${asked.service} refuses ${actions}.`, fix: `allow ${actions} on Resource "*"`};
	}
	const isServerError = typeof status === 'number' && status >= 500;
	if (isServerError) {
		const what = name === '' ? String(status) : `${name}, ${status}`;
		return {kind: 'unexpected', message: `${asked.service} has an error of its own (${what}).`, fix: 'ask again later'};
	}
	return {kind: 'unexpected', message: `${asked.service} failed: ${name === '' ? '' : `${name}: `}${message}`};
};

/** An answer without the list it must have (an empty 200 body parses to nothing and throws nothing). */
export const emptyAnswer = (operation: string): Error => new Error(`${operation} answered without content`);
