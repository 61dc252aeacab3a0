import type {DenialDetails, PolicyKind} from './denial.ts';

/** How IAM's sentence names each kind of policy. */
const policyKinds: ReadonlyMap<string, PolicyKind> = new Map<string, PolicyKind>([
	['identity-based', 'identity-based policy'],
	['resource-based', 'resource-based policy'],
	['role trust', 'resource-based policy'],
	['service control', 'service control policy'],
	['resource control', 'resource control policy'],
	['permissions boundary', 'permissions boundary'],
	['session', 'session policy'],
	['vpc endpoint', 'VPC endpoint policy'],
]);

const anyPolicyKind = new RegExp([...policyKinds.keys()].join('|'), 'i');

const withoutTail = (word: string | undefined): string | undefined => word?.replace(/["'`,.;:)}\]\\]{1,20}$/, '');

/**
 * The reason at the end of IAM's sentence:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const reasonIn = (text: string): Pick<DenialDetails, 'policyKind' | 'isExplicit'> => {
	const [, word, rest = ''] = /(explicit deny|because no)([^:]{0,60})/i.exec(text) ?? [];
	if (word === undefined) return {policyKind: undefined, isExplicit: undefined};
	const [found = ''] = anyPolicyKind.exec(rest) ?? [];
	return {policyKind: policyKinds.get(found.toLowerCase()), isExplicit: word.toLowerCase() === 'explicit deny'};
};

const modelIn = (text: string, resource: string | undefined): string | undefined => {
	const inArn = /^arn:[^/]*:(?:foundation-model|inference-profile|application-inference-profile)\/(.+)$/.exec(
		resource ?? '',
	)?.[1];
	return withoutTail(inArn ?? /(?<![\w.-])(?:[a-z-]{2,6}\.)?anthropic\.claude-[\w.:-]{1,100}/.exec(text)?.[0]);
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
		model: modelIn(text, resource),
	};
};

const reasonOf = ({policyKind, isExplicit, action}: DenialDetails): string => {
	if (isExplicit === undefined) return '';
	if (isExplicit) return ` with an explicit deny in ${policyKind === undefined ? 'a policy' : `a ${policyKind}`}`;
	return ` because no ${policyKind ?? 'policy'} allows the ${action} action`;
};

/** The sentence that IAM would write for these details; `readSentence` reads them back from it. */
export const writeSentence = (details: DenialDetails): string => {
	const {principalArn, action, resource} = details;
	const who = principalArn === undefined ? '' : `User: ${principalArn} `;
	const what = resource === undefined ? '' : ` on resource: ${resource}`;
	return `${who}is not authorized to perform: ${action}${what}${reasonOf(details)}`;
};
