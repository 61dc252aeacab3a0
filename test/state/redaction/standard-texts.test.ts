import {describe, expect, test} from 'vitest';
import {readDenial} from '../../../source/domain/refusals/denial.ts';
import {createAliases} from '../../../source/state/redaction/aliases.ts';
import {createNames} from '../../../source/state/redaction/names.ts';
import {inStandardWords, publicAction} from '../../../source/state/redaction/standard-texts.ts';

const said = (message: string) => inStandardWords(message, createNames(createAliases()));

test.each([
	['bedrock:InvokeModelWithResponseStream', 'bedrock:InvokeModelWithResponseStream'],
	['aws-marketplace:ViewSubscriptions', 'aws-marketplace:ViewSubscriptions'],
	['aws-marketplace:Secret', 'aws-marketplace:Subscribe'],
	['bedrock:Secret', 'bedrock:InvokeModel'],
	['corp:Secret', 'bedrock:InvokeModel'],
	['', 'bedrock:InvokeModel'],
])('the action %s reads as %s', (action, expected) => expect(publicAction(action)).toBe(expected));

describe('an error’s message is written anew', () => {
	const who = 'arn:aws:iam::123456789012:user/alice';
	const what = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5';
	test.each([
		[
			'who, what and why with aliases for names',
			`User: ${who} is not authorized to perform: bedrock:InvokeModel on resource: ${what} because no identity-based policy allows the bedrock:InvokeModel action. Ask bob.`,
			'User: arn:aws:iam::000000000001:user/person-1 is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1:000000000001:inference-profile/us.anthropic.claude-opus-5-5 because no identity-based policy allows the bedrock:InvokeModel action',
		],
		[
			'without what it does not say',
			`User: ${who} is not authorized to perform: bedrock:Secret`,
			'User: arn:aws:iam::000000000001:user/person-1 is not authorized to perform: bedrock:InvokeModel',
		],
		['in words of no meaning where it had none', 'secret words', 'Words that are left out of recordings.'],
	])('%s', (_, message, expected) => expect(said(message)).toBe(expected));

	test.each([
		'Too many requests, please wait before trying again.',
		'The security token included in the request is expired',
		`Your account is not authorized to invoke this API operation for alice.`,
	])('and read again it gives the same cause: %s', message => {
		expect(readDenial({message: said(message)}).cause).toBe(readDenial({message}).cause);
		expect(said(message)).not.toContain('alice');
	});
});
