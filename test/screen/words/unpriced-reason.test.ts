import {expect, test} from 'vitest';
import type {UnpricedReason} from '../../../source/domain/money/unpriced-reason.ts';
import {unpricedWords} from '../../../source/screen/words/unpriced-reason.ts';

test.each<[UnpricedReason, string]>([
	[{kind: 'unknown-model'}, 'no price is known for this model'],
	[{kind: 'unknown-time'}, 'when it was called is not known'],
	[{kind: 'unknown-day', day: Date.UTC(2024, 1, 29)}, 'no price is known for 2024-02-29'],
	[{kind: 'unknown-tier', serviceTier: 'flex'}, 'the flex tier is not priced'],
	[{kind: 'unknown-rate', usage: 'input'}, 'no price is known for its input'],
	[{kind: 'unknown-rate', usage: 'output'}, 'no price is known for its output'],
	[{kind: 'unknown-rate', usage: 'cacheRead'}, 'no price is known for its cache reads'],
	[{kind: 'unknown-rate', usage: 'cacheWrite5m'}, 'no price is known for its 5-minute cache writes'],
	[{kind: 'unknown-rate', usage: 'cacheWrite1h'}, 'no price is known for its 1-hour cache writes'],
	[{kind: 'unknown-rate'}, 'no price is known for some of its token kinds'],
	[{kind: 'not-sold-globally'}, 'this model is not sold as a global profile'],
	[{kind: 'sold-globally-only'}, 'only its global profile has a price'],
	[{kind: 'broken-counts'}, 'its token counts are not whole numbers'],
	[{kind: 'incomplete-usage'}, 'its usage lacks input or output tokens'],
	[{kind: 'unknown-choice'}, 'which of its models answered is not known'],
	[{kind: 'provisioned-throughput'}, 'provisioned throughput is paid by the hour, not by the token'],
	[{kind: 'not-asked-yet'}, 'which model answers there is not known yet'],
	[{kind: 'no-such-profile'}, 'Bedrock does not know this profile'],
	[{kind: 'names-no-model'}, 'Bedrock names no model for it'],
	[{kind: 'not-allowed', action: 'bedrock:GetPromptRouter'}, 'not resolved: allow bedrock:GetPromptRouter'],
	[{kind: 'left-out'}, 'left out of the recording'],
])('the reason %o reads %s', (reason, words) => {
	expect(unpricedWords(reason)).toBe(words);
});
