import {describe, expect, test} from 'vitest';
import {nameInArn, principalFromArn, principalFromIdentity} from '../../../source/domain/calls/principal.ts';

const account = '123456789012';

describe('a principal by its ARN', () => {
	test.each([
		[`arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Dev_0a1b/alice@example.com`, 'sso', 'alice@example.com'],
		[`arn:aws:sts::${account}:assumed-role/Deploy/i-0abc`, 'assumed-role', 'i-0abc'],
		[`arn:aws-us-gov:sts::${account}:assumed-role/Deploy/ci`, 'assumed-role', 'ci'],
		[`arn:aws:sts::${account}:federated-user/carol`, 'federated', 'carol'],
		[`arn:aws:iam::${account}:user/division/bob`, 'iam-user', 'bob'],
		[`arn:aws:iam::${account}:root`, 'root', 'root'],
		[`arn:aws:iam::${account}:role/Deploy`, 'unknown', 'Deploy'],
		// A user may be called like a role; what it is stands before its name.
		[`arn:aws:iam::${account}:user/root`, 'iam-user', 'root'],
	])('%s is %s called %s', (arn, kind, name) => {
		expect(principalFromArn(arn)).toEqual({kind, arn, name, accountId: account});
	});

	test('without an account or a name has neither', () => {
		expect(principalFromArn('arn:aws:sts::12:assumed-role/Deploy/')).toEqual({
			...{kind: 'assumed-role', arn: 'arn:aws:sts::12:assumed-role/Deploy/', accountId: undefined},
		});
	});
});

test.each([
	[`arn:aws:iam::${account}:user/division/bob`, 'bob'],
	[`arn:aws:iam::${account}:root`, 'root'],
	['bob', 'bob'],
	['', ''],
	[undefined, undefined],
])('the last word of %s is %s', (arn, name) => expect(nameInArn(arn)).toBe(name));

describe("a principal by CloudTrail's userIdentity", () => {
	const arn = `arn:aws:iam::${account}:user/bob`;

	test('is what its ARN says', () => {
		expect(principalFromIdentity({arn, userName: 'other', accountId: '210987654321'})).toEqual(principalFromArn(arn));
	});

	test.each([
		['the user name', {userName: 'bob', invokedBy: 'AWS Internal'}, 'bob'],
		['else the role that issued the session', {sessionContext: {sessionIssuer: {userName: 'Deploy'}}}, 'Deploy'],
		['else the service that called', {invokedBy: 'ec2.amazonaws.com'}, 'ec2.amazonaws.com'],
		['else nobody', {userName: '', sessionContext: 5}, undefined],
	])('without an ARN has for a name %s', (_, identity, name) => {
		expect(principalFromIdentity({...identity, accountId: account})).toEqual({
			kind: 'unknown',
			name,
			accountId: account,
		});
	});

	test('that is missing is unknown', () => {
		expect(principalFromIdentity(undefined)).toEqual({kind: 'unknown', name: undefined, accountId: undefined});
	});
});
