import {array, assert, asyncProperty, constantFrom, date, property, string, stringMatching} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expiryInstant} from '../../../source/sources/credentials/credential-expiry.ts';
import {
	corp,
	hour,
	iso,
	later,
	loginFile,
	loginSession,
	now,
	read,
	ssoFile,
	startUrl,
	write,
} from '../../support/aws-home.ts';

describe('whatever the files hold', () => {
	test('reading never fails, and tells a time or nothing', async () => {
		const lines = constantFrom(
			'[default]',
			'[profile default]',
			'[__proto__]',
			'sso_session = corp',
			'sso_session =',
			' nested = x',
			'login_session',
			'= x',
			'role_arn = a',
			'source_profile = default',
		);
		await assert(
			asyncProperty(
				array(
					lines.map(line => line),
					{maxLength: 12},
				),
				string(),
				string(),
				async (config, tail, cache) => {
					write('.aws/config', `${config.join('\n')}\n${tail}`);
					write(ssoFile('corp'), cache);
					const found = await read();
					expect(found === undefined || Number.isFinite(found.expiresAt)).toBe(true);
				},
			),
			{numRuns: 60},
		);
	});

	test('a profile of any usual name is found with its session', async () => {
		const names = stringMatching(/^[A-Za-z0-9][\w.@+-]{0,20}$/);
		await assert(
			asyncProperty(names, names, async (profile, session) => {
				write('.aws/config', `[profile ${profile}]\nregion = us-east-1\nsso_session = ${session}\n`);
				write(ssoFile(session), {expiresAt: iso(later)});
				expect(await read(profile)).toEqual({
					...{kind: 'sso', expiresAt: later, profile},
					command: `aws sso login --sso-session ${session}`,
				});
			}),
			{numRuns: 40},
		);
	});

	test('no token or key comes out', async () => {
		let planted = 0;
		const canary = () => `CANARY${planted++}`;
		const token = () => ({accessToken: canary(), refreshToken: canary(), clientId: canary(), clientSecret: canary()});
		const keys = () =>
			`aws_access_key_id = ${canary()}\naws_secret_access_key = ${canary()}\naws_session_token = ${canary()}\n`;
		write(
			'.aws/config',
			`[profile sso]\nsso_session = corp\n[profile old]\nsso_start_url = ${startUrl}\n[profile login]\nlogin_session = ${loginSession}\n${corp}`,
		);
		write('.aws/credentials', `[keys]\n${keys()}aws_expiration = ${iso(later)}\n[other]\n${keys()}`);
		write(ssoFile('corp'), {...token(), expiresAt: iso(later), registrationExpiresAt: iso(now)});
		write(ssoFile(startUrl), {...token(), expiresAt: iso(later)});
		const parts = {
			accessKeyId: canary(),
			secretAccessKey: canary(),
			sessionToken: canary(),
			expiresAt: iso(now - 24 * hour),
		};
		write(loginFile(loginSession), {...token(), accessToken: parts, dpopKey: canary(), idToken: canary()});
		for (const profile of ['sso', 'old', 'login', 'keys']) {
			const found = await read(profile, {AWS_SECRET_ACCESS_KEY: canary()});
			expect(found, profile).toBeDefined();
			expect(Object.keys(found ?? {}).sort()).toEqual(['command', 'expiresAt', 'kind', 'profile']);
			expect(JSON.stringify(found)).not.toContain('CANARY');
		}
		expect(planted).toBeGreaterThan(20);
	});

	test('whatever time is written is read back', () => {
		const moments = date({min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true});
		assert(
			property(moments, constantFrom('Z', 'UTC', '+00:00', '+0000'), (moment, zone) => {
				expect(expiryInstant(moment.toISOString().replace('Z', zone))).toBe(moment.getTime());
			}),
		);
	});
});
