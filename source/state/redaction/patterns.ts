import type {Aliases} from './aliases.ts';
import type {Names} from './names.ts';

/** Neither the full stop nor the bracket behind an ARN belongs to the name in it. */
const callerArn =
	/arn:aws[\w-]*:(?:sts|iam):[^:\s]*:\d{12}:(?:root|(?:assumed-role|user|federated-user)\/[^\s"',;)]*[^\s"',;).:])/g;
/** What an administrator has named: AWS's own policies belong to the account `aws` and stay. */
const namedArn =
	/(arn:aws[\w-]*:(?:iam|organizations)::)(\d{12})(:(role|policy|group|instance-profile)\/)[\w+=.@/-]*[\w+=@-]/g;
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Wherever it stands, but for a part of a longer number or of an id of letters and digits. */
const accountId = /(?<![A-Za-z0-9]|\d\.)\d{12}(?![A-Za-z0-9]|\.\d)/g;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const awsKey = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABSK|AROA|AIDA)[A-Za-z0-9+/=]{8,}/g;
/** Keys of Anthropic, Bedrock's short-lived ones, and JSON web tokens. */
const otherKey = /\b(?:sk-ant-|bedrock-api-key-)[\w+/=-]{8,}|\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}/g;
const address4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const group = '[\\da-f]{1,4}';
const groups = `${group}(?::${group}){0,6}`;
/** All eight groups, or `::` with some: neither a time nor the two colons of an ARN. */
const address6 = new RegExp(
	`(?<![\\w:.-])(?:(?:${group}:){7}${group}|${groups}::(?:${groups})?|::${groups})(?![\\w:])`,
	'gi',
);
const endpoint = /\bvpce-[\da-f]{8,}/g;
/** The name somebody has on this machine is often the one they have on the account. */
const home = /([\\/](?:home|Users)[\\/])[^\\/\s"']+/g;
/** Claude Code names the folders of its transcripts by the path, with hyphens. */
const homeInSlug = /(\/projects\/-(?:home|Users)-)[^-/\s"']+/g;

/** A path without the name of whose home it is below. */
export const maskHome = (path: string): string => path.replace(home, '$1person').replace(homeInSlug, '$1person');

/** A text without what can be recognised as a key. */
export const withoutKeys = (source: string): string => source.replace(awsKey, '[key]').replace(otherKey, '[key]');

/** A text without what can be recognised by its form: accounts, people, addresses, keys, homes. */
export const maskPatterns = (source: string, names: Names, aliases: Aliases): string =>
	maskHome(source)
		.replace(callerArn, names.principalArn)
		.replace(
			namedArn,
			(arn: string, start: string, id: string, type: string, kind: string) =>
				`${start}${names.account(id)}${type}${aliases.of(kind, arn.slice(arn.lastIndexOf('/') + 1))}`,
		)
		.replace(email, names.person)
		.replace(awsKey, key => aliases.of('key', key))
		.replace(otherKey, key => aliases.of('key', key))
		.replace(endpoint, id => aliases.of('endpoint', id))
		.replace(address6, found => aliases.of('address', found))
		.replace(address4, found => aliases.of('address', found))
		// What has just been put in the place of an account looks like one.
		.replace(accountId, id => (id.startsWith('00000000') ? id : names.account(id)));
