import {modelInText} from '../../models/model-in-text.ts';
import type {DenialDetails} from '../denial.ts';

/** How IAM's sentence begins to name each kind of policy, and what the kind is called. */
const policyKinds = {
	'identity-based': 'identity-based policy',
	'resource-based': 'resource-based policy',
	'role trust': 'resource-based policy',
	'service control': 'service control policy',
	'resource control': 'resource control policy',
	'permissions boundary': 'permissions boundary',
	session: 'session policy',
	'vpc endpoint': 'VPC endpoint policy',
} as const;

/** The kind of policy that IAM names as the reason. */
export type PolicyKind = (typeof policyKinds)[keyof typeof policyKinds];

const anyPolicyKind = new RegExp(Object.keys(policyKinds).join('|'), 'i');

const withoutTail = (word: string | undefined): string | undefined => word?.replace(/["'`,.;:)}\]\\]{1,20}$/, '');

/**
 * The reason at the end of IAM's sentence:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const reasonIn = (text: string): Pick<DenialDetails, 'policyKind' | 'isExplicit'> => {
	const [, word, rest = ''] = /(explicit deny|because no)([^:]{0,60})/i.exec(text) ?? [];
	if (word === undefined) return {policyKind: undefined, isExplicit: undefined};
	const found = anyPolicyKind.exec(rest)?.[0].toLowerCase() as keyof typeof policyKinds | undefined;
	return {policyKind: found && policyKinds[found], isExplicit: word.toLowerCase() === 'explicit deny'};
};

/** Reads IAM's sentence `User: … is not authorized to perform: … on resource: … because …`, in whole or in part. */
export const readSentence = (text: string): DenialDetails => {
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
		model: modelInText(resource ?? text) ?? modelInText(text),
	};
};
