import {standardText} from '../../domain/refusals/causes/standard-text.ts';
import {readDenial} from '../../domain/refusals/denial.ts';
import type {Names} from './names.ts';

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

const ifSaid = (rename: (text: string) => string, text: string | undefined): string | undefined =>
	text === undefined ? undefined : rename(text);

/**
 * An error's message in AWS's standard words, made from what it was understood to say: nothing of the text itself
 * is kept, so nothing that stood in it can get out.
 */
export const inStandardWords = (message: string, names: Names): string => {
	const denial = readDenial({message});
	const {action, principalArn, resource, model} = denial;
	if (action === undefined) return standardText({...denial, model: ifSaid(names.called, model)});
	return standardText({
		...denial,
		action: publicAction(action),
		principalArn: ifSaid(names.principalArn, principalArn),
		resource: ifSaid(names.called, resource),
	});
};
