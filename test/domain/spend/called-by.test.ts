import {expect, test} from 'vitest';
import type {Setting} from '../../../source/domain/routing/evidence.ts';
import {calledBy} from '../../../source/domain/spend/called-by.ts';
import {reply} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

const arn = (id: string) => `arn:aws:bedrock:eu-west-1:123456789012:inference-profile/${id}`;
const application = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const pin = (variable: string, value: string): Setting => ({variable, value, from: '~/.claude/settings.json'});

type Case = {
	readonly turn?: Parameters<typeof reply>[1];
	readonly pins?: readonly Setting[];
	readonly overrides?: ReadonlyMap<string, string>;
	readonly session?: string;
	readonly trail?: string;
};

test.each<[string, Case, string, string, boolean]>([
	[
		'an alias is what its pin names',
		{pins: [pin('model', 'opus'), pin('ANTHROPIC_DEFAULT_OPUS_MODEL', arn('global.anthropic.claude-opus-5-5'))]},
		'global',
		'configuration',
		false,
	],
	[
		'a pin with [1m]',
		{pins: [pin('ANTHROPIC_MODEL', 'global.anthropic.claude-opus-5-5[1m]')]},
		'global',
		'configuration',
		false,
	],
	[
		'the pin of another model',
		{pins: [pin('ANTHROPIC_DEFAULT_SONNET_MODEL', 'global.anthropic.claude-sonnet-5-5')]},
		'geo',
		'configuration',
		false,
	],
	[
		"the conversation's pin before a family's",
		{
			pins: [
				pin('ANTHROPIC_DEFAULT_OPUS_MODEL', 'global.anthropic.claude-opus-5-5'),
				pin('ANTHROPIC_MODEL', 'eu.anthropic.claude-opus-5-5'),
			],
		},
		'geo',
		'configuration',
		false,
	],
	[
		"a subagent by the subagents' pin",
		{
			turn: {sidechain: true},
			pins: [
				pin('ANTHROPIC_MODEL', 'eu.anthropic.claude-opus-5-5'),
				pin('CLAUDE_CODE_SUBAGENT_MODEL', 'global.anthropic.claude-opus-5-5'),
			],
		},
		'global',
		'configuration',
		false,
	],
	[
		'an override',
		{overrides: new Map([['claude-opus-5-5', arn('global.anthropic.claude-opus-5-5')]])},
		'global',
		'configuration',
		false,
	],
	[
		'an override to a profile that nobody has explained',
		{overrides: new Map([['claude-opus-5-5', application]])},
		'unknown',
		'configuration',
		false,
	],
	[
		"a family's pin to such a profile",
		{pins: [pin('ANTHROPIC_DEFAULT_OPUS_MODEL', application)]},
		'unknown',
		'configuration',
		false,
	],
	[
		"another family's pin to such a profile",
		{pins: [pin('ANTHROPIC_DEFAULT_HAIKU_MODEL', application)]},
		'geo',
		'configuration',
		false,
	],
	[
		'the session before settings',
		{session: 'global.anthropic.claude-opus-5-5', pins: [pin('ANTHROPIC_MODEL', 'eu.anthropic.claude-opus-5-5')]},
		'global',
		'session',
		true,
	],
	["not the session's other model", {session: 'global.anthropic.claude-sonnet-5-5'}, 'geo', 'configuration', false],
	['nor its name without a scope', {session: 'claude-opus-5-5'}, 'geo', 'configuration', false],
	[
		'for a subagent the session is only likely',
		{session: 'global.anthropic.claude-opus-5-5', turn: {sidechain: true}},
		'global',
		'session',
		false,
	],
	[
		"CloudTrail's record of the call before the session",
		{trail: 'us.anthropic.claude-opus-5-5', session: 'global.anthropic.claude-opus-5-5'},
		'geo',
		'cloudtrail',
		true,
	],
	[
		'a profile that the reply itself names',
		{turn: {model: 'global.anthropic.claude-opus-5-5'}, trail: 'us.anthropic.claude-opus-5-5'},
		'global',
		'requestedModel',
		true,
	],
	["but not a foundation model's id", {turn: {model: 'anthropic.claude-opus-5-5'}}, 'geo', 'configuration', false],
])('%s', (_, {turn, pins, overrides, session, trail}, scope, scopeFrom, isProven) => {
	const found = calledBy(reply('a', {requestedModel: undefined, ...turn}), {
		...listPrices,
		configurationOf: () => ({
			...{provider: 'bedrock', providerFrom: {kind: 'no-switch'}, region: 'eu-west-1', regionPrefix: 'eu'},
			...{regionFrom: {kind: 'claude-code-default'}, findings: [], pins, modelOverrides: overrides},
		}),
		callOf: () => (trail === undefined ? undefined : {profile: trail}),
		sessionModelOf: () => session,
	});
	expect(found).toMatchObject({called: {model: 'anthropic.claude-opus-5-5', scope}, scopeFrom, isProven});
});
