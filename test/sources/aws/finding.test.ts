import {describe, expect, test} from 'vitest';
import type {Aws} from '../../../source/sources/aws/aws.ts';
import {createAsker, errorName} from '../../../source/sources/aws/finding.ts';

const failing = (name: string, others: object = {}) => Object.assign(new Error('no'), {name, ...others});
const denied = failing('AccessDeniedException', {$metadata: {httpStatusCode: 403}});
const unreachable = failing('Error', {code: 'ENOTFOUND'});
const actions = ['bedrock:ListInferenceProfiles'] as const;
const setUp = (signal = new AbortController().signal) => createAsker({profile: undefined} as Aws, signal);
const fails = (error: unknown) => async () => {
	throw error;
};

test.each([
	[failing('ResourceNotFoundException'), 'ResourceNotFound'],
	[failing('NoSuchEntity'), 'NoSuchEntity'],
	[{}, ''],
	[undefined, ''],
])('the name of an error is as the documents have it', (error, name) => expect(errorName(error)).toBe(name));

describe('a question', () => {
	test('finds out a value', async () => {
		expect(await setUp().find(actions, async () => 5)).toEqual({state: 'known', value: 5});
	});

	test('that is refused says which action to allow, of which service', async () => {
		const asker = setUp();
		const bedrock = await asker.find(actions, fails(denied));
		expect(bedrock).toMatchObject({state: 'unknown', fix: expect.stringContaining(actions[0])});
		const iam = await asker.find(['iam:SimulatePrincipalPolicy'], fails(denied));
		expect(JSON.stringify([bedrock, iam])).toMatch(/Bedrock.*IAM/);
	});

	test('that nobody listens to any more is no refusal', async () => {
		const abort = new AbortController();
		abort.abort(new Error('stopped'));
		await expect(setUp(abort.signal).find(actions, fails(denied))).rejects.toThrow('stopped');
	});
});

describe('a round of questions', () => {
	test.each<[string, readonly unknown[], boolean]>([
		['nobody was reached', [unreachable, unreachable], true],
		['one was answered', [unreachable, undefined], false],
		['one was refused, by somebody', [unreachable, denied], false],
		['none was asked', [], false],
	])('fails as a whole: %s', async (_, errors, isFailing) => {
		const asker = setUp();
		for (const error of errors) await asker.find(actions, error === undefined ? async () => 5 : fails(error));
		if (isFailing) expect(() => asker.assertReached()).toThrow(unreachable);
		else expect(() => asker.assertReached()).not.toThrow();
	});
});
