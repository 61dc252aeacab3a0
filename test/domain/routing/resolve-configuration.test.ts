import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type ConfigurationLayer,
	configurationVariables,
	resolveConfiguration,
} from '../../../source/domain/routing/resolve-configuration.ts';
import {routingFindingWords} from '../../../source/screen/words/routing-finding.ts';
import {worded} from '../../support/worded.ts';

type Env = Readonly<Record<string, string>>;
const layer = (name: string, env: Env): ConfigurationLayer => ({name, env: new Map(Object.entries(env))});
const shell = (env: Env): ConfigurationLayer => ({...layer('the shell', env), isShell: true});
const inShell = (env: Env) => resolveConfiguration({layers: [shell(env)]});
const [bedrock, foundry, aws, mantle, vertex] = [
	'CLAUDE_CODE_USE_BEDROCK',
	'CLAUDE_CODE_USE_FOUNDRY',
	'CLAUDE_CODE_USE_ANTHROPIC_AWS',
	'CLAUDE_CODE_USE_MANTLE',
	'CLAUDE_CODE_USE_VERTEX',
] as const;

test.each([
	['1', true],
	['true', true],
	['TRUE', true],
	['Yes', true],
	['on', true],
	[' 1 ', true],
	['\ttrue\n', true],
	['0', false],
	['false', false],
	['no', false],
	['off', false],
	['', false],
	[' ', false],
	['2', false],
	['enabled', false],
	['y', false],
])('CLAUDE_CODE_USE_BEDROCK=%o switches Bedrock on: %o', (value, isOn) => {
	expect(inShell({[bedrock]: value}).provider).toBe(isOn ? 'bedrock' : 'first-party');
});

test.each([
	['enabled', 1],
	['2', 1],
	['y', 1],
	['0', 0],
	['off', 0],
	['', 0],
	['1', 0],
])('%o as a switch gives %i findings', (value, count) => {
	const {findings} = worded(inShell({[bedrock]: value}));
	const sentence = `${bedrock}=${value} in the shell does nothing: Claude Code accepts 1, true, yes, on`;
	expect(findings).toEqual(count === 0 ? [] : [sentence]);
});

test.each([
	[[], 'first-party'],
	[[vertex], 'vertex'],
	[[mantle, vertex], 'mantle'],
	[[aws, mantle, vertex], 'anthropic-aws'],
	[[foundry, aws, mantle, vertex], 'foundry'],
	[[bedrock, foundry, aws, mantle, vertex], 'bedrock'],
	[[bedrock, mantle], 'bedrock'],
	[[aws, vertex], 'anthropic-aws'],
] as const)('with %o set the provider is %s', (names, provider) => {
	expect(inShell(Object.fromEntries(names.map(name => [name, '1']))).provider).toBe(provider);
});

describe('precedence', () => {
	const [managed, local, project, user] = ['managed', 'local', 'project', '~/.claude/settings.json'];
	test.each([
		[
			'a settings value beats the shell',
			[layer(user, {[bedrock]: '1'}), shell({[bedrock]: '0'})],
			'bedrock',
			`${bedrock}=1 in ~/.claude/settings.json`,
		],
		[
			'also when it says no',
			[layer(user, {[bedrock]: '0'}), shell({[bedrock]: '1'})],
			'first-party',
			`${bedrock}=0 in ~/.claude/settings.json is off`,
		],
		[
			'an empty value cancels the shell',
			[layer(user, {[bedrock]: ''}), shell({[bedrock]: '1'})],
			'first-party',
			`${bedrock}="" in ~/.claude/settings.json cancels ${bedrock}=1 in the shell`,
		],
		[
			'an empty value cancels the file below',
			[layer(project, {[bedrock]: ''}), layer(user, {[bedrock]: '1'})],
			'first-party',
			`${bedrock}="" in project cancels ${bedrock}=1 in ~/.claude/settings.json`,
		],
		[
			'but not the file above',
			[layer(local, {[bedrock]: '1'}), layer(project, {[bedrock]: ''}), layer(user, {[bedrock]: '0'})],
			'bedrock',
			`${bedrock}=1 in local`,
		],
		[
			'managed beats all',
			[layer(managed, {[bedrock]: 'true'}), layer(local, {[bedrock]: '0'}), shell({[bedrock]: ''})],
			'bedrock',
			`${bedrock}=true in managed`,
		],
		[
			'layers are merged per variable',
			[layer(user, {AWS_REGION: 'eu-west-1'}), shell({[bedrock]: '1'})],
			'bedrock',
			`${bedrock}=1 in the shell`,
		],
		['nothing anywhere', [], 'first-party', 'no provider switch is set'],
	] as const)('%s', (_rule, layers, provider, providerFrom) => {
		expect(worded(resolveConfiguration({layers}))).toMatchObject({provider, providerFrom});
	});
});

test.each([
	[
		{AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-west-2'},
		'ap-south-1',
		'eu-west-1',
		'AWS_REGION=eu-west-1 in the shell',
	],
	[{AWS_DEFAULT_REGION: 'us-west-2'}, 'ap-south-1', 'us-west-2', 'AWS_DEFAULT_REGION=us-west-2 in the shell'],
	[{AWS_REGION: '', AWS_DEFAULT_REGION: ''}, 'ap-south-1', 'ap-south-1', 'profile default in ~/.aws/config'],
	[{}, undefined, 'us-east-1', "Claude Code's default"],
	[
		{AWS_REGION: 'us-west-2/', AWS_DEFAULT_REGION: 'us-west-1'},
		undefined,
		'us-west-1',
		'AWS_DEFAULT_REGION=us-west-1 in the shell',
	],
	[{AWS_REGION: 'evil.example.com'}, undefined, 'us-east-1', "Claude Code's default"],
	[{AWS_REGION: 'us west 2'}, 'eu-north-1', 'eu-north-1', 'profile default in ~/.aws/config'],
	[{AWS_REGION: ' eu-west-1\n'}, undefined, 'eu-west-1', 'AWS_REGION=eu-west-1 in the shell'],
	[{}, 'eu.north', 'us-east-1', "Claude Code's default"],
])('%o and profile region %o: %s', (env, profile, region, regionFrom) => {
	const profileRegion =
		profile === undefined ? undefined : {region: profile, profile: 'default', from: '~/.aws/config'};
	const configuration = resolveConfiguration({layers: [shell(env)], profileRegion});
	expect(worded(configuration)).toMatchObject({region, regionFrom});
	const hasOddValue = [...Object.values(env), profile ?? ''].some(value => /[/.]|\w \w/.test(value));
	expect(configuration.findings).toHaveLength(hasOddValue ? 1 : 0);
});

test.each([
	['us-east-1', undefined, 'us'],
	['us-gov-west-1', undefined, 'us-gov'],
	['eu-central-1', undefined, 'eu'],
	['ap-northeast-1', undefined, 'apac'],
	['ca-central-1', undefined, 'global'],
	['sa-east-1', undefined, 'global'],
	['eu-central-1', 'global', 'global'],
	['ap-northeast-1', 'jp', 'jp'],
	['ap-northeast-1', '', 'apac'],
	['eu-central-1', 'mars', 'eu'],
])('in %s with prefix %o, models start with %s', (region, prefix, regionPrefix) => {
	const env = {AWS_REGION: region, ...(prefix === undefined ? {} : {ANTHROPIC_BEDROCK_REGION_PREFIX: prefix})};
	const configuration = inShell(env);
	expect(configuration.regionPrefix).toBe(regionPrefix);
	expect(configuration.findings).toHaveLength(prefix === 'mars' ? 1 : 0);
});

test('a pinned model comes from the highest layer that names it', () => {
	const layers = [layer('user', {ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-5-5'}), shell({ANTHROPIC_MODEL: 'other'})];
	expect(resolveConfiguration({layers}).model).toBe('eu.anthropic.claude-opus-5-5');
	expect(inShell({ANTHROPIC_MODEL: ''}).model).toBeUndefined();
});

test('switches that are outranked say so, and Bedrock with Mantle says who gets what', () => {
	const {findings} = inShell({[bedrock]: '1', [vertex]: '1', [mantle]: 'on'});
	expect(findings).toEqual([
		{kind: 'mantle-beside-bedrock', variable: mantle, value: 'on', from: 'the shell'},
		{kind: 'outranked', variable: vertex, value: '1', from: 'the shell', by: bedrock},
	]);
	expect(findings.map(routingFindingWords)).toEqual([
		`${mantle}=on in the shell sends models named anthropic.claude-… without a version to Mantle, the others to Bedrock`,
		`${vertex}=1 in the shell does nothing: ${bedrock} outranks it`,
	]);
});

test('a host application that manages the provider makes switches and region in files void', () => {
	const settings = layer('~/.claude/settings.json', {[bedrock]: '1', AWS_REGION: 'eu-west-1'});
	const configuration = resolveConfiguration({
		layers: [settings, shell({CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1', [vertex]: '1'})],
	});
	expect(configuration).toMatchObject({provider: 'vertex', region: 'us-east-1'});
	expect(worded(configuration).findings).toEqual([
		'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST=1 in the shell makes Claude Code ignore the provider switches in ~/.claude/settings.json',
	]);
	expect(resolveConfiguration({layers: [settings, shell({})]}).provider).toBe('bedrock');
	const unclear = shell({CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: 'x'});
	expect(resolveConfiguration({layers: [settings, unclear]}).provider).toBe('bedrock');
});

test('models that settings put in the place of others are told where there are any', () => {
	const withOverrides = (overrides: Env): ConfigurationLayer => ({
		...layer('user', {}),
		settings: {modelOverrides: new Map(Object.entries(overrides)), awsAuthRefresh: false, awsCredentialExport: false},
	});
	const overridesOf = (overrides: Env) => resolveConfiguration({layers: [withOverrides(overrides)]}).modelOverrides;
	expect(overridesOf({'claude-opus-5-5': 'x'})).toEqual(new Map([['claude-opus-5-5', 'x']]));
	expect(overridesOf({})).toBeUndefined();
});

test('whatever is set, there is an answer', () => {
	const value = fc.oneof(fc.string(), fc.constantFrom('1', '', ' on ', 'us-east-1', '__proto__'));
	const env = fc.dictionary(fc.constantFrom(...configurationVariables, '__proto__'), value, {maxKeys: 8});
	const layers = fc.array(
		fc.tuple(env, fc.boolean()).map(([env, isShell]) => ({...layer('x', env), isShell})),
		{maxLength: 5},
	);
	fc.assert(
		fc.property(layers, fc.option(value, {nil: undefined}), (layers, region) => {
			const profileRegion = region === undefined ? undefined : {region, profile: 'p', from: 'file'};
			const configuration = resolveConfiguration({layers, profileRegion});
			expect(configuration.region).toMatch(/^[a-z][a-z0-9-]+$/i);
			expect(configuration.regionPrefix).not.toBe('');
		}),
	);
});
