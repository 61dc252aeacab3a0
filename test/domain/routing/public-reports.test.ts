import {expect, test} from 'vitest';
import {resolveConfiguration} from '../../../source/domain/routing/resolve-configuration.ts';

/** Settings as people have reported them, and what they come to: through whom calls go, and which region counts. */
test.each([
	[
		'netbirdio/dashboard#691: a path behind a proxy that signs itself',
		{
			ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
			ANTHROPIC_BEDROCK_BASE_URL: 'https://proxy.example.com/bedrock',
			CLAUDE_CODE_USE_BEDROCK: '1',
			CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1',
		},
		{gateway: {host: 'proxy.example.com', variable: 'ANTHROPIC_BEDROCK_BASE_URL'}},
	],
	[
		'humanlayer/humanlayer#622: LiteLLM with models of Bedrock, and no switch set',
		{
			ANTHROPIC_BASE_URL: 'https://litellm.example.com:4000',
			ANTHROPIC_AUTH_TOKEN: 'x',
			ANTHROPIC_MODEL: 'bedrock-claude',
		},
		{provider: 'gateway', gateway: {host: 'litellm.example.com:4000', variable: 'ANTHROPIC_BASE_URL'}},
	],
	[
		'anthropics/claude-code#20594: the endpoint of AWS’s own in another region than us-east-1',
		{
			CLAUDE_CODE_USE_BEDROCK: '1',
			AWS_REGION: 'us-west-2',
			ANTHROPIC_MODEL: 'anthropic.claude-opus-4-5-20251101-v1:0',
			ANTHROPIC_BEDROCK_BASE_URL: 'https://bedrock-runtime.us-west-2.amazonaws.com',
		},
		{provider: 'bedrock', gateway: undefined, region: 'us-west-2'},
	],
] as const)('%s', (_, env, expected) => {
	const layers = [{name: 'settings.json', env: new Map<string, string>(Object.entries(env))}];
	expect(resolveConfiguration({layers})).toMatchObject(expected);
});
