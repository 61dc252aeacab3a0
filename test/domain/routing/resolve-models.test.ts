import {describe, expect, test} from 'vitest';
import {type ConfigurationLayer, resolveConfiguration} from '../../../source/domain/routing/resolve-configuration.ts';
import {worded} from '../../support/worded.ts';

type Env = Readonly<Record<string, string>>;
const layer = (name: string, env: Env): ConfigurationLayer => ({name, env: new Map(Object.entries(env))});
const shell = (env: Env): ConfigurationLayer => ({...layer('the shell', env), isShell: true});
const inShell = (env: Env) => resolveConfiguration({layers: [shell(env)]});
const bedrock = 'CLAUDE_CODE_USE_BEDROCK';

describe('models', () => {
	const settings = (name: string, model?: string, overrides: Env = {}): ConfigurationLayer => ({
		...layer(name, {}),
		settings: {
			model,
			modelOverrides: new Map(Object.entries(overrides)),
			awsAuthRefresh: false,
			awsCredentialExport: false,
		},
	});
	const resolve = (...layers: readonly ConfigurationLayer[]) => resolveConfiguration({layers});

	test.each([
		[
			'ANTHROPIC_MODEL before the settings key',
			[settings('user', 'b'), shell({ANTHROPIC_MODEL: 'a'})],
			'a',
			'ANTHROPIC_MODEL in the shell',
		],
		[
			'the settings key before the default',
			[settings('user', 'b'), shell({ANTHROPIC_DEFAULT_MODEL: 'c'})],
			'b',
			'model in user',
		],
		['the higher settings file', [settings('local', 'd'), settings('user', 'b')], 'd', 'model in local'],
		['the default', [shell({ANTHROPIC_DEFAULT_MODEL: 'c'})], 'c', 'ANTHROPIC_DEFAULT_MODEL in the shell'],
		['no model', [shell({ANTHROPIC_DEFAULT_OPUS_MODEL: 'o'})], undefined, undefined],
	] as const)('%s', (_what, layers, model, modelFrom) => {
		expect(worded(resolve(...layers))).toMatchObject({model, modelFrom});
	});

	test('each pin is told with its place', () => {
		const env = {
			ANTHROPIC_DEFAULT_HAIKU_MODEL: 'h',
			CLAUDE_CODE_SUBAGENT_MODEL: 's',
			ANTHROPIC_DEFAULT_FABLE_MODEL: '',
		};
		expect(resolve(settings('user', 'opus'), shell(env)).pins).toEqual([
			{variable: 'ANTHROPIC_DEFAULT_HAIKU_MODEL', value: 'h', from: 'the shell'},
			{variable: 'CLAUDE_CODE_SUBAGENT_MODEL', value: 's', from: 'the shell'},
			{variable: 'model', value: 'opus', from: 'user'},
		]);
		expect(resolve(shell({})).pins).toBeUndefined();
	});

	test('a settings key that a variable outranks does nothing', () => {
		const layers = [settings('user', 'b'), shell({[bedrock]: '1', ANTHROPIC_MODEL: 'a'})];
		expect(worded(resolve(...layers)).findings).toEqual(['model b in user does nothing: ANTHROPIC_MODEL outranks it']);
	});

	test('overrides are merged, the higher file deciding about a model', () => {
		const {modelOverrides} = resolve(
			settings('local', undefined, {x: '1'}),
			settings('user', undefined, {x: '2', y: '3'}),
		);
		expect(Object.fromEntries(modelOverrides ?? [])).toEqual({x: '1', y: '3'});
	});

	const region = 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION';
	test.each([
		['with a pin', {[region]: 'eu-west-2', ANTHROPIC_DEFAULT_HAIKU_MODEL: 'h'}, 'eu-west-2', undefined],
		['with the old pin', {[region]: 'eu-west-2', ANTHROPIC_SMALL_FAST_MODEL: 'h'}, 'eu-west-2', undefined],
		['without one', {[region]: 'eu-west-2'}, undefined, 'does nothing for background calls, which stay in us-east-1'],
		['misshapen', {[region]: 'eu/west', ANTHROPIC_SMALL_FAST_MODEL: 'h'}, undefined, 'not shaped like a region'],
	])('a region for the small model %s', (_what, env, smallFastRegion, finding) => {
		const configuration = worded(inShell({[bedrock]: '1', ...env}));
		expect(configuration.smallFastRegion).toBe(smallFastRegion);
		expect(configuration.findings).toEqual(finding === undefined ? [] : [expect.stringContaining(finding)]);
		expect(inShell(env)).toMatchObject({smallFastRegion: undefined, findings: []});
	});
});
