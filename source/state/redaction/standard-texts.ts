import {type Cause, type CredentialKind, type Denial, readDenial} from '../../domain/refusals/denial.ts';
import type {Names} from './names.ts';

const credentialWords: Readonly<Record<CredentialKind, string>> = {
	sso: 'The SSO session has ended: aws sso login',
	login: 'Please reauthenticate: aws login',
	keys: 'The security token included in the request is invalid',
	clock: 'Signature expired',
	'api-key': 'Bearer token has expired',
};

/** AWS's own words for each cause, so that whoever reads them comes to the same conclusion. */
const causeWords: Readonly<Record<Cause, string>> = {
	'identity-policy': '',
	'explicit-deny': '',
	scp: '',
	'permissions-boundary': '',
	'session-policy': '',
	'destination-region': '',
	'vpc-endpoint': '',
	'resource-policy': '',
	marketplace: 'The AWS Marketplace subscription for this model cannot be completed',
	'use-case-form': 'Model use case details have not been submitted for this account',
	'legacy-model': 'This model is marked by provider as Legacy',
	'end-of-life': 'This model version has reached the end of its life',
	'bare-model-id': "Invocation with on-demand throughput isn't supported",
	'invalid-model': 'The provided model identifier is invalid',
	'model-access': "You don't have access to the model with the specified model ID",
	'bearer-token': 'Please make sure your API key is valid',
	throttled: 'Too many requests, please wait before trying again',
	quota: 'Too many tokens per day',
	'expired-credentials': 'The security token included in the request is expired',
	unknown: '',
};

const actions = new Set([
	...['InvokeModel', 'InvokeModelWithResponseStream', 'CallWithBearerToken', 'Converse', 'ConverseStream'].map(
		name => `bedrock:${name}`,
	),
	...['Subscribe', 'Unsubscribe', 'ViewSubscriptions'].map(name => `aws-marketplace:${name}`),
]);

/** An action of IAM's that this program knows; any other reads as the plainest. */
export const publicAction = (action: string): string => {
	if (actions.has(action)) return action;
	return action.startsWith('aws-marketplace:') ? 'aws-marketplace:Subscribe' : 'bedrock:InvokeModel';
};

const reason = ({policyKind, isExplicit}: Denial, action: string): string => {
	if (isExplicit === undefined) return '';
	if (isExplicit) return ` with an explicit deny in ${policyKind === undefined ? 'a policy' : `a ${policyKind}`}`;
	return ` because no ${policyKind ?? 'policy'} allows the ${action} action`;
};

const sentence = (denial: Denial, names: Names): string => {
	const action = publicAction(denial.action ?? '');
	const who = denial.principalArn === undefined ? '' : `User: ${names.principalArn(denial.principalArn)} `;
	const what = denial.resource === undefined ? '' : ` on resource: ${names.called(denial.resource)}`;
	return `${who}is not authorized to perform: ${action}${what}${reason(denial, action)}`;
};

/**
 * An error's message told again in AWS's standard words, from what it was understood to say: nothing of the text itself
 * is kept, so nothing that stood in it can get out.
 */
export const inStandardWords = (message: string, names: Names): string => {
	const denial = readDenial({message});
	if (denial.action !== undefined) return sentence(denial, names);
	const {cause, credentials, model} = denial;
	const words =
		credentials !== undefined && cause === 'expired-credentials' ? credentialWords[credentials] : causeWords[cause];
	const said = words === '' ? 'Words that are left out of recordings' : words;
	return model === undefined ? `${said}.` : `${said}: ${names.called(model)}`;
};
