import {describe, expect, test} from 'vitest';
import {refusedResolution, resolveProfile} from '../../../source/sources/inference-profiles/inference-profiles.ts';
import {awsAnswering} from '../../support/aws-answers.ts';

const arn = (kind: string, id: string, region = 'eu-west-1') => `arn:aws:bedrock:${region}:123456789012:${kind}/${id}`;
const modelIn = (region: string, model = 'anthropic.claude-opus-5-5') =>
	`arn:aws:bedrock:${region}::foundation-model/${model}`;
const ask = async (id: string, answer: () => Response) => {
	const asked: string[] = [];
	const aws = awsAnswering(({hostname, path}) => {
		asked.push(`${hostname} ${decodeURIComponent(path)}`);
		return answer();
	});
	const resolving = resolveProfile(aws, {id, region: 'us-east-1'}, new AbortController().signal);
	return {resolution: await resolving, asked};
};
const models =
	(...arns: readonly string[]) =>
	() =>
		Response.json({models: arns.map(modelArn => ({modelArn}))});
const fails =
	(type: string, status = 400) =>
	() =>
		Response.json({message: 'no'}, {status, headers: {'x-amzn-errortype': type}});

describe('what a profile stands for', () => {
	test('is asked in the region of its ARN, else in the one it was seen in', async () => {
		const {asked} = await ask(arn('application-inference-profile', 'a1b2c3d4e5f6'), models(modelIn('eu-west-1')));
		expect(asked[0]).toMatch(/^bedrock\.eu-west-1\..* \/inference-profiles\/arn:aws:.*a1b2c3d4e5f6$/);
		expect((await ask('a1b2c3d4e5f6', models(modelIn('us-east-1')))).asked[0]).toMatch(/^bedrock\.us-east-1\./);
		const router = await ask(arn('prompt-router', 'r0uter'), models(modelIn('eu-west-1')));
		expect(router.asked[0]).toContain('/prompt-routers/');
	});

	test.each([
		['one model in one region', [modelIn('us-east-1')], ['anthropic.claude-opus-5-5'], 'in-region'],
		['one model in several', [modelIn('us-east-1'), modelIn('us-west-2')], ['anthropic.claude-opus-5-5'], 'geo'],
		['everywhere', [modelIn('us-east-1'), modelIn('')], ['anthropic.claude-opus-5-5'], 'global'],
		[
			'two models',
			[modelIn('us-east-1'), modelIn('us-east-1', 'x.y')],
			['anthropic.claude-opus-5-5', 'x.y'],
			'in-region',
		],
	])('is %s', async (_, arns, names, scope) => {
		const {resolution} = await ask('a1b2c3d4e5f6', models(...arns));
		expect(resolution).toEqual({state: 'resolved', models: names, scope});
	});

	test('is nothing for good where Bedrock names no model, or does not know it', async () => {
		for (const answer of [models(), fails('ResourceNotFoundException', 404), fails('ValidationException')]) {
			expect((await ask('a1b2c3d4e5f6', answer)).resolution).toMatchObject({state: 'unresolved', isFinal: true});
		}
	});

	test('is asked again where that may help', async () => {
		for (const answer of [
			fails('AccessDeniedException', 403),
			fails('ThrottlingException', 429),
			() => Response.json({}),
		]) {
			await expect(ask('a1b2c3d4e5f6', answer)).rejects.toThrow();
		}
		expect(refusedResolution('bedrock:GetInferenceProfile')).toMatchObject({state: 'unresolved', isFinal: false});
	});
});
