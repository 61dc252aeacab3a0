import {describe, expect, test} from 'vitest';
import {parseModelId} from '../../../source/domain/models/model-id.ts';
import {createAliases} from '../../../source/state/redaction/aliases.ts';
import {createNames, isPublicRegion} from '../../../source/state/redaction/names.ts';

const names = () => createNames(createAliases());
const account = '123456789012';

test.each([
	['us-east-1', true],
	['ap-southeast-12', true],
	['us-gov-west-1', true],
	['us-isob-east-1', true],
	['us-east-123', false],
	['us-east', false],
	['xx-east-1', false],
	['my-us-east-1', false],
	['us-east-1-corp', false],
	['', false],
])('%s is a region that AWS may have: %s', (name, expected) => expect(isPublicRegion(name)).toBe(expected));

describe('the ARN of a caller keeps its kind', () => {
	test.each([
		[`arn:aws:iam::${account}:user/alice`, 'arn:aws:iam::000000000001:user/person-1'],
		[`arn:aws:iam::${account}:user/team/alice`, 'arn:aws:iam::000000000001:user/person-1'],
		[`arn:aws-cn:sts::${account}:assumed-role/Dev/alice`, 'arn:aws:sts::000000000001:assumed-role/role-1/person-1'],
		[
			`arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Dev_0a1b/alice`,
			'arn:aws:sts::000000000001:assumed-role/AWSReservedSSO_role-1_0000000000000000/person-1',
		],
		[
			`arn:aws:sts::${account}:assumed-role/MyAWSReservedSSO_Dev/alice`,
			'arn:aws:sts::000000000001:assumed-role/role-1/person-1',
		],
		[`arn:aws:sts::${account}:federated-user/alice`, 'arn:aws:sts::000000000001:federated-user/person-1'],
		[`arn:aws:iam::${account}:root`, 'arn:aws:iam::000000000001:root'],
		['arn:aws:iam:::user/alice', 'arn:aws:iam:::user/person-1'],
		['alice', 'arn:aws:iam:::user/person-2'],
	])('%s', (arn, expected) => expect(names().principalArn(arn)).toBe(expected));
});

test('a principal has an alias for each thing that is known, and the root user is nobody’s name', () => {
	expect(
		names().principal({kind: 'iam-user', name: 'alice', arn: `arn:aws:iam::${account}:user/alice`, accountId: account}),
	).toEqual({
		...{kind: 'iam-user', name: 'person-1', arn: 'arn:aws:iam::000000000001:user/person-1', accountId: '000000000001'},
	});
	expect(names().principal({kind: 'root', name: 'root'})).toEqual({kind: 'root', name: 'root'});
	expect(names().principal({kind: 'unknown'})).toEqual({kind: 'unknown'});
});

describe('an id that was called', () => {
	test.each([
		['us.anthropic.claude-opus-5-5', 'us.anthropic.claude-opus-5-5'],
		['anthropic.claude-opus-4-5-20251101-v1:0', 'anthropic.claude-opus-4-5-20251101-v1:0'],
		['claude-opus-5-5', 'claude-opus-5-5'],
		['corp.anthropic.claude-opus-5-5', 'model-1'],
		['us.anthropic.claude-secret-1', 'model-1'],
		['my own model', 'model-1'],
		['ab12cd34ef56', 'app000000001'],
		[
			`arn:aws:bedrock:us-east-1:${account}:inference-profile/us.anthropic.claude-opus-5-5`,
			'arn:aws:bedrock:us-east-1:000000000001:inference-profile/us.anthropic.claude-opus-5-5',
		],
		[
			'arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5',
			'arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5',
		],
		[
			`arn:aws:bedrock:corp-1:${account}:application-inference-profile/ab12cd34ef56`,
			'arn:aws:bedrock:region-1:000000000001:application-inference-profile/app000000001',
		],
		[
			`arn:aws:bedrock:us-east-1:${account}:provisioned-model/secret`,
			'arn:aws:bedrock:us-east-1:000000000001:provisioned-model/app000000001',
		],
		[`arn:aws:bedrock:us-east-1:${account}:secret/x`, 'arn:aws:bedrock:us-east-1:000000000001:unknown/app000000001'],
	])('%s', (id, expected) => expect(names().called(id)).toBe(expected));

	test('is parsed as the same kind, and the same profile stays the same wherever it is named', () => {
		const it = names();
		const arn = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/ab12cd34ef56`;
		expect(it.called(arn).split('/').at(-1)).toBe(it.called('ab12cd34ef56'));
		for (const id of [arn, 'ab12cd34ef56', `arn:aws:bedrock:us-east-1:${account}:prompt-router/r`]) {
			expect(parseModelId(it.called(id)).kind).toBe(parseModelId(id).kind);
		}
	});
});

describe('of other ids only what proves something stays', () => {
	test.each([
		['message', 'msg_bdrk_secret', 'msg_bdrk_1'],
		['message', 'msg_vrtx_secret', 'msg_vrtx_1'],
		['message', 'msg_01secret', 'msg_011'],
		['message', 'secret', '1'],
		['client', 'claude-cli/2.1.330 (alice laptop)', 'claude-cli/2.1.330'],
		['client', 'x Boto3/1.42 y', 'Boto3/1.42'],
		['client', 'corp-tool/1.0', 'client-1'],
		['folder', '/home/alice/secret', '/home/person/project-1'],
		['session', 's', 'session-1'],
		['record', 'r', 'record-1'],
		['region', 'corp-1', 'region-1'],
		['region', '', ''],
		['account', '', ''],
	] as const)('%s %s', (kind, source, expected) => expect(names()[kind](source)).toBe(expected));
});
