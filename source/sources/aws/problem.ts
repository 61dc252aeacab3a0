import {normaliseErrorCode} from '../../domain/calls/call.ts';
import {record, text} from '../../domain/common/json.ts';
import type {Problem} from '../../domain/common/problem.ts';
import {type Anatomy, networkProblem} from './network-problem.ts';

/** Who was asked for what, so that a refusal can name the permission that mends it. */
export type Asked = {
	/** As a person calls it: `CloudTrail`. */
	readonly service: string;
	/** The IAM actions the source needs. */
	readonly actions: readonly string[];
	readonly profile?: string | undefined;
};

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
	'RequestTimeTooSkewed',
]);
const skewNames = new Set(['RequestTimeTooSkewed', 'RequestExpired']);
const signatureNames = new Set(['InvalidSignature', 'SignatureDoesNotMatch', 'IncompleteSignature']);

/** Names that JavaScript and the SDK give to errors of which AWS has said nothing. */
const isNameless = (name: string): boolean =>
	name === '' || /^Unknown(?:Error)?$/.test(name) || /^[A-Z]?[a-z]*Error$/.test(name);

/** The command that renews what has expired, from the SDK's own wording (`aws login` or `aws sso login`). */
const renewal = (message: string, profile: string | undefined): string => {
	const forProfile = profile === undefined ? '' : ` --profile ${profile}`;
	if (/\baws login\b|login\/cache|reauthenticate|CreateOAuth2Token/i.test(message)) return `aws login${forProfile}`;
	if (/sso/i.test(message)) return `aws sso login${forProfile}`;
	return `aws sso login${forProfile}, aws login${forProfile}, or new keys in the environment`;
};

const asSentence = (message: string): string => (/[.!?…]$/.test(message.trim()) ? message : `${message.trim()}.`);

class EmptyAnswer extends Error {}

const credentialsProblem = ({name, message}: Anatomy, asked: Asked): Problem => {
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
	if (/signature (?:expired|not yet current)|too skewed|request has expired/i.test(message) || skewNames.has(name)) {
		const fix = 'set the clock, for example with timedatectl set-ntp true';
		return {kind: 'credentials', message: "This machine's clock differs from AWS's by too much.", fix};
	}
	if (signatureNames.has(name)) {
		const fix = 'copy the secret access key again, and check whether a proxy changes requests';
		return {
			kind: 'credentials',
			message: "The requests' signature is wrong: the secret key is not that of the key id.",
			fix,
		};
	}
	return {
		kind: 'credentials',
		message: `Credentials do not work: ${asSentence(message)}`,
		fix: renewal(message, asked.profile),
	};
};

/** An error's own name and code, its cause's when it only wraps one, and the HTTP status where there was one. */
const anatomy = (error: unknown): Anatomy => {
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
	const anatomised = anatomy(error);
	const {name, status, message} = anatomised;
	const unreached = networkProblem(anatomised, asked.service);
	if (unreached !== undefined) return unreached;
	const isCredentials =
		credentialNames.has(name) || /session has expired|aws sso login|aws login|security token .* invalid/i.test(message);
	if (isCredentials) return credentialsProblem(anatomised, asked);
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
		const what = isNameless(name) ? String(status) : `${name}, ${status}`;
		return {kind: 'unexpected', message: `${asked.service} has an error of its own (${what}).`, fix: 'ask again later'};
	}
	if (error instanceof EmptyAnswer) {
		return {kind: 'unexpected', message: `${asked.service} failed: ${asSentence(message)}`};
	}
	// Words of JavaScript's own help nobody at a terminal.
	const isOurs = isNameless(name) && status === undefined;
	if (isOurs) {
		const fix = 'ask again; if it stays, look for a newer bedtop';
		return {kind: 'unexpected', message: `${asked.service} failed in a way that bedtop does not know.`, fix};
	}
	return {
		kind: 'unexpected',
		message: `${asked.service} failed: ${isNameless(name) ? '' : `${name}: `}${asSentence(message)}`,
	};
};

/** An answer without the list it must have (an empty 200 body parses to nothing and throws nothing). */
export const emptyAnswer = (operation: string): Error => new EmptyAnswer(`${operation} answered without content`);
