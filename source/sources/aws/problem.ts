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

/**
 * One sentence and, where there is one, the fix for any error of an AWS SDK client or its credential chain.
 * The same failure has several names (facts of the JS SDK: `ExpiredToken` from STS and CloudWatch,
 * `ExpiredTokenException` elsewhere), so names are normalised first.
 */
export const explainAwsError = (error: unknown, asked: Asked): Problem => {
	const {name, code, status, message} = anatomy(error);
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
	if (networkCodes.has(code) || networkNames.has(name)) {
		const detail = code === '' ? 'no answer in time' : code;
		return {
			kind: 'network',
			message: `${asked.service} cannot be reached (${detail}).`,
			fix: 'check network and proxy',
		};
	}
	return {kind: 'unexpected', message: `${asked.service} failed: ${name === '' ? '' : `${name}: `}${message}`};
};

/** An answer without the list it must have (an empty 200 body parses to nothing and throws nothing). */
export const emptyAnswer = (operation: string): Error => new Error(`${operation} answered without content`);
