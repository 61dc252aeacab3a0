import {parseModelId} from '../../domain/models/model-id.ts';
import {type Resolution, scopeOfDestinations} from '../../domain/models/resolution.ts';
import type {Aws} from '../aws/aws.ts';
import {errorName} from '../aws/finding.ts';
import {emptyAnswer} from '../aws/problem.ts';

const resolved = (modelArns: readonly string[]): Resolution => {
	const models = modelArns.map(arn => parseModelId(arn).model).filter(model => model !== undefined);
	if (models.length === 0) return {state: 'unresolved', reason: {kind: 'names-no-model'}, isFinal: true};
	return {state: 'resolved', models: [...new Set(models)], scope: scopeOfDestinations(modelArns)};
};

const arnsOf = (models: readonly {readonly modelArn?: string | undefined}[] | undefined, operation: string) => {
	if (models === undefined) throw emptyAnswer(operation);
	return models.map(({modelArn}) => modelArn).filter(arn => arn !== undefined);
};

const askRouter = async (aws: Aws, region: string, arn: string, signal: AbortSignal): Promise<Resolution> => {
	const {client, sdk} = await aws.bedrock(region);
	const {models} = await client.send(new sdk.GetPromptRouterCommand({promptRouterArn: arn}), {abortSignal: signal});
	return resolved(arnsOf(models, 'GetPromptRouter'));
};

const askProfile = async (aws: Aws, region: string, id: string, signal: AbortSignal): Promise<Resolution> => {
	const {client, sdk} = await aws.bedrock(region);
	const command = new sdk.GetInferenceProfileCommand({inferenceProfileIdentifier: id});
	const {models} = await client.send(command, {abortSignal: signal});
	return resolved(arnsOf(models, 'GetInferenceProfile'));
};

/** Answers that will not change: the profile is gone, belongs to somebody else's account, or never was one. */
const finalErrors = new Set(['ResourceNotFound', 'Validation']);

/**
 * What an application inference profile or a prompt router stands for. Its destinations decide the scope, which is what
 * it is charged by. Rejects with the SDK's error where asking again may help.
 */
export const resolveProfile = async (
	aws: Aws,
	{id, region}: {readonly id: string; readonly region: string},
	signal: AbortSignal,
): Promise<Resolution> => {
	const ref = parseModelId(id);
	const place = ref.region ?? region;
	try {
		return await (ref.kind === 'prompt-router' ? askRouter : askProfile)(aws, place, ref.profile, signal);
	} catch (error) {
		if (!finalErrors.has(errorName(error))) throw error;
		return {state: 'unresolved', reason: {kind: 'no-such-profile'}, isFinal: true};
	}
};

/** What is said of a profile while the permission is missing. */
export const refusedResolution = (action: string): Resolution => ({
	state: 'unresolved',
	reason: {kind: 'not-allowed', action},
	isFinal: false,
});
