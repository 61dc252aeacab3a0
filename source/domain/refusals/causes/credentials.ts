import type {CredentialKind} from '../denial.ts';
import {policyChange} from './policy-change.ts';
import type {CauseRows} from './row.ts';
import {optionsFor, type Remedy, type Situation, say} from './situation.ts';

const signIn = (situation: Situation, text: string, command: string): Remedy => ({
	...say(text),
	command: command + optionsFor(situation.context, false),
});

type Renewal = {
	/** AWS's words, which are read as the same kind. */
	readonly standard: string;
	readonly short: string;
	readonly fix: (situation: Situation) => Remedy;
};

/** What is to be renewed, by what the words tell of it. */
const renewals: Readonly<Record<CredentialKind | 'unknown', Renewal>> = {
	'api-key': {
		standard: 'Bearer token has expired',
		short: 'Put a new Bedrock API key into AWS_BEARER_TOKEN_BEDROCK',
		fix: () => say('Put a new Bedrock API key into AWS_BEARER_TOKEN_BEDROCK, as the one in use has expired.'),
	},
	clock: {
		standard: 'Signature expired',
		short: "Set this computer's clock right",
		fix: () => say("Set this computer's clock right, as AWS takes the request's signature for one of another time."),
	},
	login: {
		standard: 'Please reauthenticate: aws login',
		short: 'Sign in again: aws login',
		fix: situation => signIn(situation, 'Sign in to AWS again.', 'aws login'),
	},
	sso: {
		standard: 'The SSO session has ended: aws sso login',
		short: 'Renew the AWS credentials: aws sso login',
		fix: situation => signIn(situation, 'Renew the AWS credentials.', 'aws sso login'),
	},
	keys: {
		standard: 'The security token included in the request is invalid',
		short: 'Renew the AWS credentials or correct the access keys',
		fix: situation =>
			signIn(
				situation,
				'Renew the AWS credentials, or correct the access keys, which AWS does not accept.',
				'aws sso login',
			),
	},
	unknown: {
		standard: 'The security token included in the request is expired',
		short: 'Renew the AWS credentials: aws sso login',
		fix: situation => signIn(situation, 'Renew the AWS credentials.', 'aws sso login'),
	},
};

const renewalOf = ({denial}: Situation): Renewal => renewals[denial.credentials ?? 'unknown'];

const signInstead = 'unset AWS_BEARER_TOKEN_BEDROCK so that calls are signed with AWS credentials';

/** What signs the calls is not accepted. */
export const credentials = {
	'bearer-token': {
		rank: 10,
		sentence: ({action = ''}) => action.endsWith(':CallWithBearerToken'),
		phrases: [
			{words: /CallWithBearerToken/},
			{
				words:
					/make sure your API key is valid|invalid API key format|bearer token (?:\w+ ){0,5}is (?:invalid|not valid)/i,
				credentials: 'api-key',
				rank: 95,
			},
		],
		label: 'API key not allowed',
		meaning: 'The Bedrock API key is not valid, or its owner may not call with one.',
		standard: 'Please make sure your API key is valid',
		short: ({denial}) =>
			denial.action === undefined
				? 'Put a valid key into AWS_BEARER_TOKEN_BEDROCK, or unset it'
				: 'Allow calls with API keys, or unset AWS_BEARER_TOKEN_BEDROCK',
		fix: situation =>
			situation.denial.action === undefined
				? say(`Put a valid Bedrock API key into AWS_BEARER_TOKEN_BEDROCK, or ${signInstead}.`)
				: policyChange(situation, `, or ${signInstead}`),
	},
	'expired-credentials': {
		rank: 100,
		phrases: [
			{words: /bearer token (?:has |is )?expired/i, credentials: 'api-key', rank: 90},
			{words: /signature (?:has )?expired|signature not yet current/i, credentials: 'clock'},
			{words: /signature we calculated does not match/i, credentials: 'keys'},
			{words: /\baws login\b|please reauthenticate/i, credentials: 'login'},
			{words: /\baws sso login\b|SSO session|session token not found or invalid/i, credentials: 'sso'},
			{words: /security token included in the request is expired/i},
			{words: /security token included in the request is invalid/i, credentials: 'keys'},
		],
		codes: [
			{words: /^(?:ExpiredToken|RequestExpired|CredentialsProviderError|TokenProviderError)$/},
			{
				words: /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)$/,
				credentials: 'keys',
			},
		],
		label: 'credentials expired',
		meaning: 'The credentials have expired, or AWS does not accept them.',
		standard: kind => renewals[kind ?? 'unknown'].standard,
		short: situation => renewalOf(situation).short,
		fix: situation => renewalOf(situation).fix(situation),
	},
	signature: {
		rank: 102,
		phrases: [
			{words: /authorization header is missing|missing authentication token|missing the authorization header/i},
			{words: /authorization header requires|requires '(?:Credential|Signature|SignedHeaders)' parameter/i},
		],
		codes: [{words: /^(?:MissingAuthenticationToken|IncompleteSignature)$/}],
		label: 'not signed',
		meaning: 'The call came to AWS without a complete signature or key.',
		standard: 'Authorization header is missing',
		short: 'Let the calls be signed or carry a Bedrock API key',
		fix: () =>
			say(
				'Let calls be signed with AWS credentials or carry AWS_BEARER_TOKEN_BEDROCK: unset CLAUDE_CODE_SKIP_BEDROCK_AUTH, and see that no proxy drops the Authorization header.',
			),
	},
	'no-credentials': {
		rank: 105,
		phrases: [
			{
				words:
					/could not load credentials from any provider|(?:could not|failed to) (?:load|resolve|find) (?:AWS )?credentials/i,
			},
			{
				words:
					/unable to locate credentials|no (?:AWS )?credentials (?:found|available|configured)|credential is missing/i,
			},
			{words: /could not be found in shared credentials file|^profile \S+ was not found/i},
		],
		label: 'no credentials',
		meaning: 'Claude Code found no AWS credentials to sign its calls with.',
		standard: 'Could not load credentials from any providers',
		short: 'Sign in to AWS, or set AWS_PROFILE to a profile that can',
		fix: situation => ({
			...say(
				'Give Claude Code AWS credentials: sign in with aws sso login or aws login, or set AWS_PROFILE to a profile that has some; this command lists what is found.',
			),
			command: `aws configure list${optionsFor(situation.context, false)}`,
		}),
	},
} as const satisfies CauseRows;
