import {describe, expect, test} from 'vitest';
import type {Principal} from '../../../source/domain/calls/principal.ts';
import {createMasking} from '../../../source/state/redaction/masking.ts';

const user = (name: string): Principal => ({
	...{kind: 'iam-user', name, arn: `arn:aws:iam::123456789012:user/${name}`, accountId: '123456789012'},
});
/** A masking that has met these callers. */
const met = (...people: readonly Principal[]) => {
	const masking = createMasking();
	for (const person of people) masking.principal(person);
	return masking;
};

describe('the name of a caller is looked for in sentences', () => {
	test.each<[string, readonly Principal[], string, string]>([
		['once it has been met', [user('alice')], 'ask alice', 'ask person-1'],
		['not before', [], 'ask alice', 'ask alice'],
		['as a part of a word from five letters on', [user('alice')], 'malice', 'mperson-1'],
		['with fewer as a word', [user('alan')], 'alan, alana', 'person-1, alana'],
		['with three at least', [user('bob')], 'bob', 'person-1'],
		['with two never', [user('al')], 'al', 'al'],
		['but for the root user’s', [{...user('root'), kind: 'root'}], 'the root user', 'the root user'],
		['the longer one first, whoever was met first', [user('alice'), user('alice.b')], 'alice.b', 'person-2'],
		[
			'where it is no word of AWS’s own',
			[user('throttled')],
			'ThrottlingException: Too many requests',
			'ThrottlingException: Too many requests',
		],
		['beside what is known by its form', [user('alice')], 'alice at 192.0.2.7', 'person-1 at address-1'],
	])('%s', (_, people, source, expected) => expect(met(...people).sentence(source)).toBe(expected));

	test('and not in texts of another kind', () => {
		expect(met(user('bedrock')).text('bedrock.amazonaws.com of 123456789012')).toBe(
			'bedrock.amazonaws.com of 000000000001',
		);
	});

	test('unless the sentence would be read otherwise', () => {
		const denied = 'User: arn:aws:iam::123456789012:user/x is not authorized to perform: bedrock:InvokeModel';
		expect(met(user('InvokeModel')).sentence(denied)).toContain('bedrock:InvokeModel');
	});
});

test('a profile of ~/.aws is masked where it is called like a caller', () => {
	const masking = met(user('alice'));
	expect([masking.awsProfile('alice'), masking.awsProfile('corp')]).toEqual(['person-1', 'corp']);
	expect(masking.awsProfile('corp-123456789012')).toBe('corp-000000000001');
	expect(masking.alias('address', '192.0.2.7')).toBe(masking.text('192.0.2.7'));
});
