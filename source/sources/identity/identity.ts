import {type Principal, principalFromArn} from '../../domain/calls/principal.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer} from '../aws/problem.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly identity: Principal;
	}
}

export const identityAsked = {service: 'STS', actions: ['sts:GetCallerIdentity']};

/** Whom these credentials belong to. `sts:GetCallerIdentity` needs no permission, so only credentials can fail it. */
export const fetchIdentity = async (aws: Aws, region: string, signal: AbortSignal): Promise<Principal> => {
	const {client, sdk} = await aws.sts(region);
	const {Arn, Account} = await client.send(new sdk.GetCallerIdentityCommand({}), {abortSignal: signal});
	if (Arn === undefined) throw emptyAnswer('GetCallerIdentity');
	return {...principalFromArn(Arn), accountId: Account};
};
