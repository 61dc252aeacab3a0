import {type JsonRecord, record, text} from '../common/json.ts';

/** Who called, as CloudTrail or STS names them. */
export type Principal = {
	readonly kind: 'iam-user' | 'assumed-role' | 'sso' | 'federated' | 'root' | 'unknown';
	/** The part a person recognises: user name, role session name (an e-mail for SSO). */
	readonly name?: string | undefined;
	readonly arn?: string | undefined;
	readonly accountId?: string | undefined;
};

const kindOf = (arn: string): Principal['kind'] => {
	if (/:assumed-role\/AWSReservedSSO_/.test(arn)) return 'sso';
	if (/:assumed-role\//.test(arn)) return 'assumed-role';
	if (/:federated-user\//.test(arn)) return 'federated';
	if (/:user\//.test(arn)) return 'iam-user';
	return /:root$/.test(arn) ? 'root' : 'unknown';
};

/** The last word of an ARN: user name, role session name, `root`. */
export const nameInArn = (arn: string | undefined): string | undefined =>
	arn?.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);

/** A principal from its ARN, as `sts:GetCallerIdentity` answers and as `userIdentity.arn` holds. */
export const principalFromArn = (arn: string): Principal => {
	const kind = kindOf(arn);
	const name = kind === 'root' ? 'root' : arn.slice(arn.lastIndexOf('/') + 1);
	const accountId = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
	return {kind, arn, ...(name !== '' && {name}), accountId};
};

/** A principal from CloudTrail's `userIdentity`; every field of it is optional. */
export const principalFromIdentity = (identity: JsonRecord | undefined): Principal => {
	const arn = text(identity?.arn);
	const accountId = text(identity?.accountId);
	if (arn !== undefined) return {accountId, ...principalFromArn(arn)};
	const issuer = record(record(identity?.sessionContext)?.sessionIssuer);
	const name = text(identity?.userName) ?? text(issuer?.userName) ?? text(identity?.invokedBy);
	return {kind: 'unknown', name, accountId};
};

/** What calls are counted by: the ARN, or the name of one that has none, such as an AWS service. */
export const callerOf = ({arn, name}: Principal): string | undefined => arn ?? name;
