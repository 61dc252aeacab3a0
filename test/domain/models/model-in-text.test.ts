import {expect, test} from 'vitest';
import {modelInText} from '../../../source/domain/models/model-in-text.ts';

const opus = 'us.anthropic.claude-opus-4-1-20250805-v1:0';

test.each<readonly [text: string, model: string | undefined]>([
	[`API Error (claude-opus-4-8[1m]): 400 invalid. Try /model to switch to ${opus}.`, 'claude-opus-4-8[1m]'],
	[`API Error (${opus}): 403 no`, opus],
	[`400 The provided model identifier is invalid.. Try /model to switch to ${opus}.`, undefined],
	[`403 no · Run /model and pick ${opus}`, undefined],
	[`There's an issue with the selected model (${opus}). It may not exist. Run /model to pick a different one.`, opus],
	[`The model ${opus} is not available on your bedrock deployment. Try ${opus.replace('us.', 'eu.')}.`, opus],
	[`denied on arn:aws:bedrock:us-east-1:123456789012:inference-profile/${opus} because`, opus],
	['Invocation of model ID anthropic.claude-opus-4-8 with on-demand throughput', 'anthropic.claude-opus-4-8'],
	['Too many tokens, please wait before trying again.', undefined],
])('%s: %s was called', (text, model) => expect(modelInText(text)).toBe(model));
