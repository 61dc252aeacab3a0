import {describe, expect, test} from 'vitest';
import {notAUrl} from '../../../source/domain/routing/configuration-layer.ts';
import {type ConfigurationLayer, resolveConfiguration} from '../../../source/domain/routing/resolve-configuration.ts';
import {routingFindingWords} from '../../../source/screen/words/routing-finding.ts';
import {worded} from '../../support/worded.ts';

type Env = Readonly<Record<string, string>>;
const layer = (name: string, env: Env): ConfigurationLayer => ({name, env: new Map(Object.entries(env))});
const shell = (env: Env): ConfigurationLayer => ({...layer('the shell', env), isShell: true});
const inShell = (env: Env) => resolveConfiguration({layers: [shell(env)]});
const bedrock = 'CLAUDE_CODE_USE_BEDROCK';
const mantle = 'CLAUDE_CODE_USE_MANTLE';
const vertex = 'CLAUDE_CODE_USE_VERTEX';

describe('what stands between Claude Code and its provider', () => {
	const runtime = (host: string) => ({[bedrock]: '1', AWS_REGION: 'us-east-1', ANTHROPIC_BEDROCK_BASE_URL: host});

	test("an endpoint of AWS's own is none, and its region counts", () => {
		const own = 'https://bedrock-runtime.us-west-2.amazonaws.com';
		const {findings, ...it} = inShell(runtime(own));
		expect(it).toMatchObject({provider: 'bedrock', region: 'us-west-2', baseUrl: undefined, gateway: undefined});
		expect(findings.map(routingFindingWords)).toEqual([
			'calls go to us-west-2, where ANTHROPIC_BEDROCK_BASE_URL in the shell points, not to us-east-1',
		]);
		expect(inShell({...runtime(own), AWS_REGION: 'us-west-2'}).findings).toEqual([]);
	});

	test.each([
		[{AWS_USE_FIPS_ENDPOINT: 'true'}, 'bedrock-runtime-fips.us-east-1.amazonaws.com', []],
		[{AWS_USE_DUALSTACK_ENDPOINT: ' true '}, 'bedrock-runtime.us-east-1.api.aws', []],
		[{AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true'}, 'bedrock-runtime-fips.us-east-1.api.aws', []],
		[
			{AWS_USE_FIPS_ENDPOINT: 'true', AWS_REGION: 'us-gov-west-1'},
			'bedrock-runtime-fips.us-gov-west-1.amazonaws.com',
			[],
		],
		[
			{AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_REGION: 'cn-north-1'},
			'bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn',
			[],
		],
		[{AWS_USE_FIPS_ENDPOINT: 'false'}, undefined, []],
		[{AWS_USE_FIPS_ENDPOINT: ''}, undefined, []],
		[
			{AWS_USE_FIPS_ENDPOINT: '1'},
			undefined,
			['AWS_USE_FIPS_ENDPOINT=1 in the shell is neither true nor false, which is all that the AWS SDK takes'],
		],
		[
			{
				AWS_USE_FIPS_ENDPOINT: 'true',
				ANTHROPIC_BEDROCK_BASE_URL: 'https://vpce-0a1b2c3d.bedrock-runtime.us-east-1.vpce.amazonaws.com',
			},
			'vpce-0a1b2c3d.bedrock-runtime.us-east-1.vpce.amazonaws.com',
			[],
		],
		[{AWS_USE_FIPS_ENDPOINT: 'true', ANTHROPIC_BEDROCK_BASE_URL: 'https://gw.example.com'}, undefined, []],
	])('%o: calls go to %s of AWS', (env, host, words) => {
		const it = inShell({[bedrock]: '1', AWS_REGION: 'us-east-1', ...env});
		expect([it.ownHost, it.findings.map(routingFindingWords)]).toEqual([host, words]);
	});

	test.each([
		['ANTHROPIC_BEDROCK_BASE_URL', {}],
		['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', {AWS_ENDPOINT_URL_BEDROCK: 'https://other.example.com'}],
		['AWS_ENDPOINT_URL_BEDROCK', {}],
	])('any other address in %s is a gateway', (variable, more) => {
		const gateway = {host: 'gw.example.com', variable};
		expect(inShell({[bedrock]: '1', ...more, [variable]: 'https://gw.example.com'})).toMatchObject({
			...{provider: 'bedrock', region: 'us-east-1', gateway, findings: []},
		});
	});

	test.each([
		['https://litellm.example.com', 'gateway', 'litellm.example.com'],
		['http://127.0.0.1:4000', 'gateway', '127.0.0.1:4000'],
		['https://api.anthropic.com', 'first-party', undefined],
		['https://bedrock-mantle.us-east-1.api.aws', 'mantle', undefined],
		[' ', 'first-party', undefined],
	])('ANTHROPIC_BASE_URL=%s is %s at %s', (url, provider, host) => {
		const it = inShell({ANTHROPIC_BASE_URL: url});
		expect([it.provider, it.gateway?.host]).toEqual([provider, host]);
	});

	test("ANTHROPIC_BASE_URL says nothing beside a provider's switch", () => {
		const it = inShell({[bedrock]: '1', ANTHROPIC_BASE_URL: 'https://litellm.example.com'});
		expect(it).toMatchObject({provider: 'bedrock', gateway: undefined});
	});

	test('a Claude apps gateway outranks the switches', () => {
		const settings = {awsCredentialExport: false, awsAuthRefresh: false, gatewayUrl: 'https://apps.example.com'};
		const managed = {...layer('managed-settings.json', {}), settings};
		expect(resolveConfiguration({layers: [managed, shell({[bedrock]: '1'})]})).toMatchObject({
			provider: 'gateway',
			gateway: {host: 'apps.example.com', variable: 'forceLoginGatewayUrl'},
		});
	});
});

describe('endpoint and credentials', () => {
	const on = {[bedrock]: '1'};
	test('only Bedrock has a base URL', () => {
		const url = {ANTHROPIC_BEDROCK_BASE_URL: 'http://127.0.0.1:9'};
		expect(inShell({...on, ...url}).baseUrl).toBe('http://127.0.0.1:9');
		expect(inShell(url).baseUrl).toBeUndefined();
		expect(inShell({...url, [mantle]: '1'}).baseUrl).toBeUndefined();
		const {baseUrl, findings} = inShell({...on, ANTHROPIC_BEDROCK_BASE_URL: notAUrl});
		expect(baseUrl).toBe(notAUrl);
		expect(findings).toEqual([{kind: 'not-a-url', variable: 'ANTHROPIC_BEDROCK_BASE_URL', from: 'the shell'}]);
		expect(findings.map(routingFindingWords)).toEqual(['ANTHROPIC_BEDROCK_BASE_URL in the shell is not a URL']);
	});

	test('Mantle beside Bedrock is told apart from Mantle alone', () => {
		expect(inShell({...on, [mantle]: '1'}).mantle).toBe(true);
		expect(inShell({...on, [mantle]: '0'}).mantle).toBeUndefined();
		expect(inShell({[mantle]: '1'}).mantle).toBeUndefined();
	});

	test.each([
		[{}, {bearer: false, skip: false, profile: undefined, from: "the AWS SDK's default chain"}],
		[{AWS_BEARER_TOKEN_BEDROCK: 'set'}, {bearer: true, from: 'AWS_BEARER_TOKEN_BEDROCK in the shell'}],
		[{AWS_BEARER_TOKEN_BEDROCK: ' '}, {bearer: false}],
		[{CLAUDE_CODE_SKIP_BEDROCK_AUTH: 'yes'}, {skip: true, from: 'CLAUDE_CODE_SKIP_BEDROCK_AUTH=yes in the shell'}],
		[{CLAUDE_CODE_SKIP_BEDROCK_AUTH: '0'}, {skip: false}],
		[{CLAUDE_CODE_SKIP_MANTLE_AUTH: '1'}, {skip: false}],
		[{AWS_PROFILE: 'work'}, {profile: 'work', from: 'AWS_PROFILE=work in the shell'}],
	])('with %o, calls are signed so: %o', (env, auth) => {
		expect(worded(inShell({...on, ...env})).auth).toMatchObject(auth);
		expect(inShell(env).auth).toBeUndefined();
	});

	test('a switch for the signature that Claude Code does not understand does nothing', () => {
		const {auth, findings} = worded(inShell({...on, CLAUDE_CODE_SKIP_BEDROCK_AUTH: 'x'}));
		expect(auth?.skip).toBe(false);
		expect(findings).toEqual([
			'CLAUDE_CODE_SKIP_BEDROCK_AUTH=x in the shell does nothing: Claude Code accepts 1, true, yes, on',
		]);
	});

	test.each([
		['CLAUDE_CODE_SKIP_PROMPT_HISTORY', '1', {noTranscripts: 'CLAUDE_CODE_SKIP_PROMPT_HISTORY=1 in the shell'}],
		['CLAUDE_CODE_SKIP_PROMPT_HISTORY', '0', {noTranscripts: undefined}],
	])('%s=%o gives %o', (name, value, expected) => {
		expect(worded(inShell({[name]: value}))).toMatchObject(expected);
	});

	test('Claude through Google is somewhere, but nowhere this program knows', () => {
		expect(inShell({CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: '1', [vertex]: '1'}).provider).toBe('unknown');
	});
});
