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
