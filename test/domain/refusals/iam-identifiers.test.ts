import {expect, test} from 'vitest';
import {isBedrockArn, isCallable, isPolicyArn, isRegion} from '../../../source/domain/refusals/iam-identifiers.ts';

const opus = 'anthropic.claude-opus-5-5';
const arns = [
	`arn:aws:bedrock:us-west-2::foundation-model/${opus}`,
	`arn:aws:bedrock:::foundation-model/${opus}`,
	`arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.${opus}`,
	'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abcdef123456',
	'arn:aws:bedrock:us-west-2:123456789012:provisioned-model/abcdef123456',
	'arn:aws:bedrock:us-west-2:123456789012:default-prompt-router/anthropic.claude:1',
	'arn:aws:bedrock-mantle:us-east-1:123456789012:project/default',
];
const ids = [
	opus,
	`us.${opus}`,
	`global.${opus}`,
	'anthropic.claude-3-5-haiku-20241022-v1:0',
	'amazon.nova-pro-v1:0:300k',
];

test.each(arns)('%s is an ARN of Bedrock', arn => {
	expect([isBedrockArn(arn), isCallable(arn)]).toEqual([true, true]);
	for (const more of ['*', '\n', ' ', '"', '/..']) expect(isBedrockArn(`${arn}${more}`)).toBe(false);
	expect(isBedrockArn(` ${arn}`)).toBe(false);
});

test.each(ids)('%s can be called', id => {
	expect([isCallable(id), isBedrockArn(id)]).toEqual([true, false]);
});

test.each([
	'arn:aws:bedrock:us-west-2:123456789012:inference-profile/*',
	'arn:aws:bedrock:us-west-2:12345678901:application-inference-profile/abcdef123456',
	'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef12345',
	'arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5',
	'arn:other:bedrock:us-west-2::foundation-model/anthropic.claude-opus-5-5',
	'arn:aws:s3:::bucket/key.name',
	'opus',
	'',
	'us.*',
	'a b.c',
	`${opus}-`,
	'anthropic.claude\u202e',
])('%j is nothing of the kind', text => {
	expect([isCallable(text), isBedrockArn(text)]).toEqual([false, false]);
});

test.each<readonly [name: string, isOne: boolean]>([
	['us-west-2', true],
	['us-gov-west-1', true],
	['us-iso-east-1', true],
	['ap-southeast-12', true],
	['us-west', false],
	['us-west-123', false],
	['US-WEST-2', false],
	['us-west-2 ', false],
	['us-west-2\n', false],
	['*', false],
	['', false],
])('%j as a region: %s', (name, isOne) => {
	expect(isRegion(name)).toBe(isOne);
});

test.each<readonly [arn: string, isOne: boolean]>([
	['arn:aws:iam::123456789012:policy/team/NoOpus', true],
	['arn:aws:iam::aws:policy/AdministratorAccess', true],
	['arn:aws:organizations::111122223333:policy/o-a/service_control_policy/p-b', true],
	['arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess', true],
	['arn:aws:iam::123456789012:role/Dev', false],
	['arn:aws:iam::123456789012:policy/a*', false],
	['arn:aws:iam::123456789012:policy/', false],
	['arn:aws:organizations::111122223333:policy/o-a/b c', false],
	['arn:aws:iam::12345678901:policy/a', false],
])('%s as a policy: %s', (arn, isOne) => {
	expect(isPolicyArn(arn)).toBe(isOne);
});
