import {describe, expect, test} from 'vitest';
import {alice, bob, models} from '../../../source/demo/world/people.ts';
import {policySource} from '../../../source/sources/prerequisites/permissions.ts';
import {
	account,
	allActions,
	answer,
	ask,
	decisions,
	only,
	type Reply,
	result,
	simulated,
} from '../../support/bedrock-account.ts';

describe('the principal', () => {
	test.each([
		[
			'arn:aws:sts::123456789012:assumed-role/Developer/bob',
			{kind: 'arn', arn: 'arn:aws:iam::123456789012:role/Developer', role: 'Developer'},
		],
		[
			'arn:aws-us-gov:sts::123456789012:assumed-role/Developer/bob',
			{kind: 'arn', arn: 'arn:aws-us-gov:iam::123456789012:role/Developer', role: 'Developer'},
		],
		[alice.arn, {kind: 'role', role: 'AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b'}],
		['arn:aws:iam::123456789012:user/team/ci', {kind: 'arn', arn: 'arn:aws:iam::123456789012:user/team/ci'}],
		['arn:aws:iam::123456789012:root', {kind: 'none', reason: 'IAM cannot simulate the permissions of the root user'}],
		['arn:aws:sts::123456789012:federated-user/x', {kind: 'none'}],
		['nonsense', {kind: 'none'}],
		[undefined, {kind: 'none', reason: 'it is not known who calls'}],
	])('%s', (arn, expected) => {
		expect(policySource(arn)).toMatchObject(expected);
	});

	test('root is never asked about', async () => {
		const {aws, asked} = account();
		const found = await ask(aws, [models.opus], 'arn:aws:iam::123456789012:root');
		expect(found.permissions.state).toBe('unknown');
		expect(asked.filter(name => !name.startsWith('GET '))).toEqual([]);
	});

	test('a role with a path is found by its name', async () => {
		const path = 'arn:aws:iam::123456789012:role/teams/Developer';
		const {aws, asked} = account((name, {body}) => {
			const source = new URLSearchParams(String(body)).get('PolicySourceArn');
			if (name === 'GetRole')
				return {
					status: 200,
					body: `<GetRoleResponse><GetRoleResult><Role><Arn>${path}</Arn></Role></GetRoleResult></GetRoleResponse>`,
				};
			return source === path ? simulated('allowed') : undefined;
		});
		expect(decisions(await ask(aws, [models.opus], bob.arn))).toContain(`InvokeModel ${models.opus} allowed`);
		expect(asked.filter(name => !name.startsWith('GET ')).slice(0, 3)).toEqual([
			'SimulatePrincipalPolicy',
			'GetRole',
			'SimulatePrincipalPolicy',
		]);
	});
});

describe('what IAM’s simulation says', () => {
	const simulate = async (reply: Reply) => {
		const found = await ask(account(name => (name === 'SimulatePrincipalPolicy' ? reply : undefined)).aws, [
			models.opus,
		]);
		const permissions = found.permissions.state === 'known' ? found.permissions.value : [];
		return {found, permission: permissions.find(({action}) => action === 'bedrock:InvokeModel')};
	};
	const invoke = 'bedrock:InvokeModel';
	const scp =
		'<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>';
	const boundary =
		'<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>';
	const inside = (decision: string, more = '') =>
		`<ResourceSpecificResults><member><EvalResourceName>y</EvalResourceName><EvalResourceDecision>allowed</EvalResourceDecision></member><member><EvalResourceName>z</EvalResourceName><EvalResourceDecision>${decision}</EvalResourceDecision>${more}</member></ResourceSpecificResults>`;

	test.each([
		['allowed', only(invoke, 'allowed'), {decision: 'allowed'}],
		[
			'denied by a policy',
			only(invoke, 'explicitDeny'),
			{decision: 'explicitDeny', deniedBy: undefined, resources: ['x']},
		],
		['denied by an SCP', only(invoke, 'explicitDeny', scp), {decision: 'explicitDeny', deniedBy: 'organization'}],
		['left out by an SCP', only(invoke, 'implicitDeny', scp), {decision: 'implicitDeny', deniedBy: 'organization'}],
		[
			'left out by a boundary',
			only(invoke, 'implicitDeny', boundary),
			{decision: 'implicitDeny', deniedBy: 'boundary'},
		],
		[
			'on one resource of several',
			only(invoke, 'implicitDeny', inside('implicitDeny')),
			{decision: 'implicitDeny', resources: ['z']},
		],
		[
			'a denial beside a missing allowance',
			only(invoke, 'implicitDeny', inside('explicitDeny')),
			{decision: 'explicitDeny', resources: ['z']},
		],
		[
			'on one resource, by a boundary',
			only(invoke, 'implicitDeny', inside('implicitDeny', boundary)),
			{deniedBy: 'boundary', resources: ['z']},
		],
		[
			'as before 2026, with a result per resource',
			answer(`${allActions.map(action => result(action, 'allowed')).join('')}${result(invoke, 'implicitDeny')}`),
			{decision: 'implicitDeny', resources: ['x']},
		],
		[
			'a denial that hangs on a condition',
			only(invoke, 'implicitDeny', '<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>'),
			{decision: 'unknown', reason: 'it hangs on aws:SourceIp'},
		],
		[
			'an allowance beside a condition',
			only(invoke, 'allowed', '<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>'),
			{decision: 'allowed'},
		],
	])('%s', async (_, reply, expected) => {
		expect((await simulate(reply)).permission).toMatchObject(expected);
	});

	test.each([
		['nothing', {status: 200, body: ''}],
		['an empty list', answer('')],
		['other actions', answer(result('s3:GetObject', 'allowed'))],
		['no decision', answer('<member><EvalActionName>bedrock:ListInferenceProfiles</EvalActionName></member>')],
	])('%s: unknown', async (_, reply) => {
		expect((await simulate(reply)).found.permissions.state).toBe('unknown');
	});

	test('on several pages', async () => {
		const {aws, counted} = account((name, {body}) => {
			if (name !== 'SimulatePrincipalPolicy') return undefined;
			const isFirst = new URLSearchParams(String(body)).get('Marker') === null;
			return isFirst ? answer('', '<IsTruncated>true</IsTruncated><Marker>more</Marker>') : simulated('explicitDeny');
		});
		expect(decisions(await ask(aws, [models.opus]))).toContain(`InvokeModel ${models.opus} explicitDeny`);
		expect(counted.filter(name => name === 'iam:SimulatePrincipalPolicy')).toHaveLength(10);
	});

	test('is asked about each region that a call may reach, with what a policy may make a condition of', async () => {
		const bodies: URLSearchParams[] = [];
		const {aws} = account((name, {body}) => {
			if (name === 'SimulatePrincipalPolicy') bodies.push(new URLSearchParams(String(body)));
			return undefined;
		});
		await ask(aws, [models.sonnet]);
		const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${models.sonnet}`;
		const asked = bodies
			.slice(2)
			.map(body => [
				body.get('ResourceArns.member.1'),
				body.get('ContextEntries.member.1.ContextKeyValues.member.1'),
				body.get('ContextEntries.member.2.ContextKeyValues.member.1'),
			]);
		expect(asked).toEqual([
			[arn, 'us-east-1', arn],
			['arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-5-5', 'unspecified', arn],
		]);
	});
});
