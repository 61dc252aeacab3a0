import {describe, expect, test} from 'vitest';
import {
	isOnAllResources,
	type Missing,
	missingFor,
	policyOf,
	statementFor,
	type Wanted,
} from '../../../source/domain/refusals/iam-policy.ts';

const action = 'bedrock:InvokeModel';
const opus = 'anthropic.claude-opus-5-5';
const profile = `us.${opus}`;
const modelIn = (region: string, id = opus) => `arn:aws:bedrock:${region}::foundation-model/${id}`;
const profileIn = (region: string, id = profile) => `arn:aws:bedrock:${region}:123456789012:inference-profile/${id}`;
const application = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef123456';
const router = 'arn:aws:bedrock:us-west-2:123456789012:prompt-router/abcdef123456';
const destinations = [modelIn('us-east-1'), modelIn('us-west-2')];
const known: Wanted = {action, called: profile, destinations, accountId: '123456789012', region: 'us-west-2'};
const resourcesOf = (wanted: Wanted) => statementFor(wanted)?.Resource;

describe('a statement names the profile and every model that it may lead to', () => {
	test.each<readonly [name: string, wanted: Wanted, resources: readonly string[]]>([
		['put together from what is known', known, [profileIn('us-west-2'), ...destinations]],
		[
			'as IAM names the profile, whatever region was called',
			{...known, resource: profileIn('us-east-1')},
			[profileIn('us-east-1'), ...destinations],
		],
		[
			'with the refused model, where nobody named it',
			{...known, resource: modelIn('us-east-2')},
			[profileIn('us-west-2'), ...destinations, modelIn('us-east-2')],
		],
		[
			'without naming a model twice',
			{...known, destinations: [...destinations, ...destinations], resource: modelIn('us-east-1')},
			[profileIn('us-west-2'), ...destinations],
		],
		[
			'called by its ARN',
			{action, called: profileIn('us-west-2'), destinations},
			[profileIn('us-west-2'), ...destinations],
		],
		[
			'known from the refusal alone',
			{action, resource: profileIn('us-west-2'), destinations},
			[profileIn('us-west-2'), ...destinations],
		],
		[
			'of an application, by its ARN or its last part',
			{...known, called: 'abcdef123456'},
			[application, ...destinations],
		],
		[
			'worldwide: in the region that was called and in the form for every other',
			{...known, called: `global.${opus}`, destinations: []},
			[profileIn('us-west-2', `global.${opus}`), modelIn('us-west-2'), modelIn('')],
		],
		['a model called by its own id', {action, called: opus, region: 'us-west-2'}, [modelIn('us-west-2')]],
		['a model called by its ARN', {action, called: modelIn('eu-west-1'), region: 'us-west-2'}, [modelIn('eu-west-1')]],
		['a router that IAM names', {action, resource: router}, [router]],
		['a router that was called', {action, called: router, resource: router}, [router]],
		["without Claude Code's [1m]", {...known, called: `${profile}[1m]`}, [profileIn('us-west-2'), ...destinations]],
	])('%s', (_, wanted, resources) => {
		expect(resourcesOf(wanted)).toEqual(resources);
		expect(missingFor(wanted)).toBeUndefined();
	});

	test('and nothing else', () => {
		const statement = statementFor({action: 'bedrock:GetInferenceProfile', resource: application});
		expect(statement && policyOf(statement)).toEqual({
			Version: '2012-10-17',
			Statement: [
				{Sid: 'AllowModelCalls', Effect: 'Allow', Action: ['bedrock:GetInferenceProfile'], Resource: [application]},
			],
		});
	});
});

describe('without all of it there is no statement, and what is missing has a name', () => {
	test.each<readonly [name: string, wanted: Wanted, missing: Missing | undefined]>([
		['nobody asked where the profile leads', {...known, destinations: undefined}, 'destinations'],
		['it leads nowhere', {...known, destinations: []}, 'destinations'],
		[
			'it leads to another model',
			{...known, destinations: [modelIn('us-east-1', 'anthropic.claude-opus-5')]},
			'destinations',
		],
		[
			'it leads to two models',
			{...known, destinations: [...destinations, modelIn('eu-west-1', 'anthropic.claude-opus-5')]},
			'destinations',
		],
		[
			'an application leads to two models',
			{...known, called: application, destinations: [...destinations, modelIn('eu-west-1', 'anthropic.claude-opus-5')]},
			'destinations',
		],
		[
			'it leads to another partition',
			{...known, destinations: [modelIn('us-east-1').replace('aws', 'aws-cn')]},
			'destinations',
		],
		['it leads to something that is no ARN', {...known, destinations: ['*']}, 'destinations'],
		[
			'the destinations are those of another profile',
			{...known, called: `eu.${opus}`, resource: profileIn('us-west-2')},
			'destinations',
		],
		['the account is not known', {...known, accountId: undefined}, 'account'],
		['the account is masked', {...known, accountId: '************'}, 'account'],
		['the region is not known', {...known, region: undefined}, 'region'],
		['the region of a model is not known', {action, called: opus, region: '*'}, 'region'],
		[
			'another region of a model was refused',
			{action, called: opus, region: 'us-west-2', resource: modelIn('us-east-1')},
			'region',
		],
		['nobody knows what was called', {...known, called: undefined}, 'profile'],
		['what was called is an alias', {...known, called: 'opus'}, 'profile'],
		['another router was called', {...known, called: `${router}7`, resource: router}, 'profile'],
		['nobody knows what was refused', {action: 'bedrock:GetInferenceProfile'}, 'resource'],
		['no resource can narrow the action', {...known, action: 'bedrock:ListInferenceProfiles'}, undefined],
		['nobody knows the action', {...known, action: 'bedrock:DeleteEverything'}, undefined],
		['no action is named', {...known, action: undefined}, undefined],
	])('%s', (_, wanted, missing) => {
		expect(statementFor(wanted)).toBeUndefined();
		expect(missingFor(wanted)).toBe(missing);
	});
});

test.each([
	['bedrock:CallWithBearerToken', true],
	['aws-marketplace:Subscribe', true],
	['bedrock:InvokeModel', false],
	['bedrock:CountTokens', false],
	['s3:GetObject', false],
])('%s can be allowed on all resources only: %s', (name, isOnAll) => {
	expect(isOnAllResources(name)).toBe(isOnAll);
});
