import {expect, test} from 'vitest';
import {configurationVariables, notAUrl, withoutSecret} from '../../../source/domain/routing/configuration-layer.ts';

test.each([
	['AWS_BEARER_TOKEN_BEDROCK', 'hunter2', 'set'],
	['HTTPS_PROXY', 'http://user:hunter2@proxy:8080', 'set'],
	['https_proxy', 'http://user:hunter2@proxy:8080', 'set'],
	['AWS_BEARER_TOKEN_BEDROCK', '', ''],
	[
		'ANTHROPIC_BEDROCK_BASE_URL',
		'https://user:hunter2@gw.example.com:8443/hunter2?hunter2#hunter2',
		'https://gw.example.com:8443',
	],
	['ANTHROPIC_BEDROCK_BASE_URL', ' http://127.0.0.1:9/ ', 'http://127.0.0.1:9'],
	['ANTHROPIC_BEDROCK_BASE_URL', 'user:hunter2@gw.example.com', notAUrl],
	['ANTHROPIC_BEDROCK_BASE_URL', 'hunter2', notAUrl],
	['ANTHROPIC_BEDROCK_BASE_URL', ' ', ' '],
	['AWS_REGION', 'eu-west-1', 'eu-west-1'],
])('of %s=%o only %o is kept', (name, value, kept) => {
	expect(withoutSecret(name, value)).toBe(kept);
});

test('every variable that may hold a secret loses it', () => {
	const risky = [...configurationVariables].filter(name => /KEY|TOKEN|SECRET|HEADERS|URL|PROXY/i.test(name));
	expect(risky.length).toBeGreaterThan(2);
	expect(risky.filter(name => withoutSecret(name, 'hunter2') === 'hunter2')).toEqual([]);
});
