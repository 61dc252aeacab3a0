import {
	BedrockClient,
	GetFoundationModelAvailabilityCommand,
	GetModelInvocationLoggingConfigurationCommand,
	GetUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import {GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand} from '@aws-sdk/client-iam';
import {describe, expect, test} from 'vitest';
import {foundationModel} from '../../../source/demo/world/application-profile.ts';
import {alice, bob, models} from '../../../source/demo/world/people.ts';
import {openedAt, startAt} from '../opened.ts';

const {config} = openedAt(startAt);
const bedrock = new BedrockClient(config);
const iam = new IAMClient(config);
const roleArn =
	'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b';

describe('Bedrock', () => {
	const availability = (modelId: string) => bedrock.send(new GetFoundationModelAvailabilityCommand({modelId}));

	test.each(Object.values(models).filter(id => id !== models.fable))('may use the model behind %s', async id => {
		expect(await availability(foundationModel(id))).toMatchObject({
			modelId: foundationModel(id),
			agreementAvailability: {status: 'AVAILABLE'},
			authorizationStatus: 'AUTHORIZED',
			entitlementAvailability: 'AVAILABLE',
			regionAvailability: 'AVAILABLE',
		});
	});

	test('may not use Fable 5.2', async () => {
		expect(await availability('anthropic.claude-fable-5-2')).toMatchObject({
			agreementAvailability: {status: 'NOT_AVAILABLE'},
			authorizationStatus: 'NOT_AUTHORIZED',
		});
	});

	test('does not know a model that nobody calls', async () => {
		const unknown = availability('anthropic.claude-none');
		await expect(unknown).rejects.toMatchObject({name: 'ResourceNotFoundException', $metadata: {httpStatusCode: 404}});
	});

	test('has a use-case form, and logs no invocations', async () => {
		const {formData = new Uint8Array()} = await bedrock.send(new GetUseCaseForModelAccessCommand({}));
		expect(new TextDecoder().decode(formData)).toBe('{}');
		const {loggingConfig} = await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}));
		expect(loggingConfig).toBeUndefined();
	});
});

describe('IAM', () => {
	test('knows the role of alice by its name alone, and no other', async () => {
		const {Role} = await iam.send(new GetRoleCommand({RoleName: alice.role?.name}));
		expect(Role).toMatchObject({Arn: roleArn, RoleName: alice.role?.name, Path: '/aws-reserved/sso.amazonaws.com/'});
		expect(Role?.CreateDate).toBeInstanceOf(Date);
		await expect(iam.send(new GetRoleCommand({RoleName: bob.role?.name}))).rejects.toMatchObject({
			name: 'NoSuchEntityException',
			$metadata: {httpStatusCode: 404},
		});
	});

	test('allows every model but Fable 5.2, with the strictest decision for the whole', async () => {
		const arn = (model: string) => `arn:aws:bedrock:us-east-1::foundation-model/${model}`;
		const [opus, fable] = [arn('anthropic.claude-opus-5-5'), arn('anthropic.claude-fable-5-2')];
		const ActionNames = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
		const command = new SimulatePrincipalPolicyCommand({
			PolicySourceArn: roleArn,
			ActionNames,
			ResourceArns: [opus, fable],
		});
		const {EvaluationResults = [], IsTruncated} = await iam.send(command);
		expect(IsTruncated).toBe(false);
		expect(EvaluationResults.map(({EvalActionName}) => EvalActionName)).toEqual(ActionNames);
		for (const result of EvaluationResults) {
			expect(result.EvalDecision).toBe('implicitDeny');
			expect(result.ResourceSpecificResults).toMatchObject([
				{EvalResourceName: opus, EvalResourceDecision: 'allowed'},
				{EvalResourceName: fable, EvalResourceDecision: 'implicitDeny'},
			]);
		}
	});

	test('allows what has no resource', async () => {
		const command = new SimulatePrincipalPolicyCommand({
			PolicySourceArn: roleArn,
			ActionNames: ['bedrock:ListInferenceProfiles'],
		});
		const {EvaluationResults} = await iam.send(command);
		expect(EvaluationResults).toMatchObject([{EvalResourceName: '*', EvalDecision: 'allowed'}]);
	});

	test('cannot simulate a role that it does not have, whatever is in its name', async () => {
		const PolicySourceArn = 'arn:aws:iam::123456789012:role/<&"Other';
		const command = new SimulatePrincipalPolicyCommand({PolicySourceArn, ActionNames: ['bedrock:InvokeModel']});
		await expect(iam.send(command)).rejects.toMatchObject({
			name: 'NoSuchEntityException',
			message: expect.stringContaining(PolicySourceArn),
		});
	});
});
