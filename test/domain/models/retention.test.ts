import fc from 'fast-check';
import {expect, test} from 'vitest';
import {knownModels} from '../../../source/domain/models/known-models.ts';
import {answersUnder, askedRetention, retentionModes} from '../../../source/domain/models/retention.ts';

const id = (name: string) => [...knownModels].find(([, known]) => known === name)?.[0] ?? name;

/**
 * What public reports measured: a fresh account is `inherit`, which is `default` (binbashar/le-tf-infra-aws#1114); Fable
 * 5.1 takes both modes that share (aws-samples/anthropic-on-aws#294); no retention is not offered with Fable 5, and with
 * inherit a model's own default counts (GEMISIS/leviath#851).
 */
test.each([
	['fable-5', 'default', false],
	['fable-5', 'inherit', false],
	['fable-5', 'none', false],
	['fable-5', 'aws_review', false],
	['fable-5', 'provider_data_share', true],
	['mythos-5', 'provider_data_share', true],
	['fable-5.1', 'aws_review', true],
	['fable-5.1', 'provider_data_share', true],
	['fable-5.1', 'default', false],
	['fable-5.1', 'none', false],
	['fable-5.2', 'default', undefined],
	['opus-5.5', 'default', true],
	['sonnet-5', 'inherit', true],
	['haiku-4.5', 'provider_data_share', true],
	['opus-5.5', 'none', undefined],
	['opus-5.5', 'a_mode_of_tomorrow', undefined],
	['anthropic.claude-nine', 'default', undefined],
	['amazon.nova-pro-v1:0', 'default', undefined],
])('%s under %s: %s', (name, mode, expected) => expect(answersUnder(id(name), mode)).toBe(expected));

test('a model that asks for modes answers under those and no others', () => {
	fc.assert(
		fc.property(fc.constantFrom(...knownModels.keys()), fc.constantFrom(...retentionModes), (model, mode) => {
			const asked = askedRetention(model);
			if (asked !== undefined) expect(answersUnder(model, mode)).toBe(asked.includes(mode));
		}),
	);
});
