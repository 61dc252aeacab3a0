import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readQuota} from '../../../source/domain/models/quota.ts';

const [tokens, requests, day] = ['tokens-per-minute', 'requests-per-minute', 'tokens-per-day'] as const;

/** Names as https://docs.aws.amazon.com/general/latest/gr/bedrock.html and accounts have them. */
test.each([
	['Cross-region model inference tokens per minute for Anthropic Claude Opus 5.5', 'claude-opus-5-5', tokens, 'geo'],
	[
		'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 5',
		'claude-sonnet-5',
		tokens,
		'global',
	],
	[
		'Cross-region model inference requests per minute for Anthropic Claude Opus 4 V1',
		'claude-opus-4-20250514-v1:0',
		requests,
		'geo',
	],
	[
		'Cross-region model inference tokens per minute for Anthropic Claude 3.7 Sonnet V1',
		'claude-3-7-sonnet-20250219-v1:0',
		tokens,
		'geo',
	],
	[
		'On-demand model inference tokens per minute for Anthropic Claude 3.5 Sonnet V2',
		'claude-3-5-sonnet-20241022-v2:0',
		tokens,
		'in-region',
	],
	[
		'On-demand model inference tokens per minute for Anthropic Claude 3.5 Sonnet',
		'claude-3-5-sonnet-20240620-v1:0',
		tokens,
		'in-region',
	],
	['On-demand InvokeModel requests per minute for Anthropic Claude Opus 4.8', 'claude-opus-4-8', requests, 'in-region'],
	['Cross-region model inference tokens per minute for Claude Fable 5', 'claude-fable-5', tokens, 'geo'],
	[
		'Global cross-region model inference tokens per day for Anthropic Claude Sonnet 4.5 V1',
		'claude-sonnet-4-5-20250929-v1:0',
		day,
		'global',
	],
	[
		'Model invocation max tokens per day for Anthropic Claude Sonnet 4 V1 (doubled for cross-region calls)',
		'claude-sonnet-4-20250514-v1:0',
		day,
		'in-region,geo',
	],
])('%s', (name, model, quota, scopes) => {
	expect(readQuota(name, 0)).toEqual({model: `anthropic.${model}`, quota, scopes: scopes.split(','), limit: 0});
});

test.each([
	'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1 1M Context Length',
	'Cross-region model inference tokens per minute for Anthropic Claude Opus 9',
	'Cross-region model inference tokens per minute for Amazon Nova 2 Lite',
	'Batch inference input file size (in GB) for Claude Opus 5',
	'Records per batch inference job for Claude 3.5 Haiku',
	'Throttle rate limit for DeleteDataAutomationProject',
	'',
])('%s is none that limits calls of a known model', name => expect(readQuota(name, 1)).toBeUndefined());

test('no name of somebody else is taken for a model', () => {
	const words = fc.stringMatching(/^[A-Za-z0-9. ()-]{0,40}$/);
	fc.assert(
		fc.property(words, name => {
			const found = readQuota(`Cross-region model inference tokens per minute for Anthropic Claude ${name}`, 1);
			if (found !== undefined) expect(found.model).toMatch(/^anthropic\.claude-/);
		}),
	);
});
