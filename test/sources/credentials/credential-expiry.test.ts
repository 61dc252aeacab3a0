import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {expiryInstant} from '../../../source/sources/credentials/credential-expiry.ts';
import {
	corp,
	home,
	hour,
	iso,
	later,
	loginFile,
	loginSession,
	now,
	read,
	refreshable,
	ssoFile,
	startUrl,
	write,
} from '../../support/aws-home.ts';

describe('times of the caches', () => {
	test.each([
		['2026-11-23T15:00:00Z', now],
		['2026-11-23T15:00:00.000Z', now],
		['2026-11-23T15:00:00UTC', now],
		['2026-11-23 15:00:00 UTC', now],
		['2026-11-23T15:00Z', now],
		['2026-11-23T10:00:00-05:00', now],
		['2026-11-23T20:30:00+0530', now],
		['2026-11-23 15:00:00+00:00', now],
		[' 2026-11-23T15:00:00Z ', now],
		// Without a zone it may be anybody's time.
		['2026-11-23T15:00:00', undefined],
		['2026-11-23', undefined],
		['2026-13-40T25:00:00Z', undefined],
		['1795446000', undefined],
		['soon', undefined],
		['', undefined],
		[1_795_446_000_000, undefined],
		[null, undefined],
	])('%j', (written, expected) => {
		expect(expiryInstant(written)).toBe(expected);
	});
});

describe('SSO', () => {
	test.each([
		['an sso-session', `[profile dev]\nsso_session = corp\n${corp}`, 'corp', 'aws sso login --sso-session corp'],
		['a start URL of its own', `[profile dev]\nsso_start_url = ${startUrl}\n`, startUrl, 'aws sso login --profile dev'],
		[
			'a role on top of another profile',
			`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n[profile base]\nsso_session = corp\n${corp}`,
			'corp',
			'aws sso login --sso-session corp',
		],
		[
			'a role on top of a profile with a start URL',
			`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n[profile base]\nsso_start_url = ${startUrl}\n`,
			startUrl,
			'aws sso login --profile base',
		],
		[
			'a role that is taken on with a session of the same profile',
			`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = dev\nsso_session = corp\n${corp}`,
			'corp',
			'aws sso login --sso-session corp',
		],
		[
			'a session name that a shell would take apart',
			"[profile dev]\nsso_session = it's corp\n",
			"it's corp",
			"aws sso login --sso-session 'it'\\''s corp'",
		],
	])('%s', async (_, config, key, command) => {
		write('.aws/config', config);
		write(ssoFile(key), {accessToken: 'x', expiresAt: iso(later)});
		expect(await read('dev')).toEqual({kind: 'sso', expiresAt: later, command, profile: 'dev'});
	});

	test('what has expired is told as well', async () => {
		write('.aws/config', `[default]\nsso_session = corp\n${corp}`);
		write(ssoFile('corp'), {accessToken: 'x', expiresAt: '2026-11-23T14:00:00UTC'});
		expect(await read()).toMatchObject({expiresAt: now - hour, profile: 'default'});
	});

	test.each([
		['renews itself', refreshable, undefined],
		['is over with its client registration', {...refreshable, registrationExpiresAt: iso(now)}, later],
		['has lost its client', {...refreshable, clientSecret: ''}, later],
	])('a token with a refresh token %s', async (_, more, expected) => {
		write('.aws/config', `[profile dev]\nsso_session = corp\n${corp}`);
		write(ssoFile('corp'), {accessToken: 'x', expiresAt: iso(later), ...more});
		expect((await read('dev'))?.expiresAt).toBe(expected);
	});

	test('without an sso-session nothing is renewed', async () => {
		write('.aws/config', `[profile dev]\nsso_start_url = ${startUrl}\n`);
		write(ssoFile(startUrl), {accessToken: 'x', expiresAt: iso(later), ...refreshable});
		expect((await read('dev'))?.expiresAt).toBe(later);
	});
});

describe('aws login', () => {
	const config = `[profile dev]\nlogin_session = ${loginSession}\n`;

	test('the token of the session', async () => {
		write('.aws/config', config);
		write(loginFile(loginSession), {accessToken: {accessKeyId: 'x', expiresAt: iso(later)}});
		const expected = {kind: 'login', expiresAt: later, command: 'aws login --profile dev', profile: 'dev'};
		expect(await read('dev')).toEqual(expected);
	});

	test('in the folder that AWS_LOGIN_CACHE_DIRECTORY names', async () => {
		write('.aws/config', config);
		write(loginFile(loginSession, 'elsewhere'), {accessToken: {expiresAt: iso(later)}});
		expect(await read('dev')).toBeUndefined();
		expect(await read('dev', {AWS_LOGIN_CACHE_DIRECTORY: join(home, 'elsewhere')})).toMatchObject({expiresAt: later});
	});

	test('renews itself every quarter of an hour for twelve hours at most', async () => {
		write('.aws/config', config);
		write(loginFile(loginSession), {refreshToken: 'r', accessToken: {expiresAt: iso(now)}});
		expect(await read('dev', {}, now - 60_000)).toBeUndefined();
		expect(await read('dev', {}, now + 12 * hour - 1)).toBeUndefined();
		expect(await read('dev', {}, now + 12 * hour)).toMatchObject({expiresAt: now});
	});
});

describe('keys in ~/.aws/credentials', () => {
	const keys = '[dev]\naws_access_key_id = A\naws_secret_access_key = B\n';

	test.each([
		['aws_expiration', `aws_session_token = C\naws_expiration = ${iso(later)}\n`, later],
		[
			'x_security_token_expires',
			'aws_session_token = C\nx_security_token_expires = 2026-11-23T17:00:00+01:00\n',
			later,
		],
		['no time', 'aws_session_token = C\n', undefined],
		['a time but no session', `aws_expiration = ${iso(later)}\n`, undefined],
		['a time that is none', 'aws_session_token = C\naws_expiration = tomorrow\n', undefined],
	])('%s', async (_, more, expected) => {
		write('.aws/credentials', `${keys}${more}`);
		const found = await read('dev');
		expect(found?.expiresAt).toBe(expected);
		if (found !== undefined) expect(found).toMatchObject({kind: 'session', profile: 'dev'});
	});

	test('go before a session of the same profile in the config, as in the SDK', async () => {
		write('.aws/credentials', keys);
		write('.aws/config', `[profile dev]\nsso_session = corp\n${corp}`);
		write(ssoFile('corp'), {expiresAt: iso(later)});
		expect(await read('dev')).toBeUndefined();
	});
});

describe('nobody knows', () => {
	beforeEach(() => {
		write(
			'.aws/config',
			`[default]\nsso_session = corp\n${corp}[profile circle]\nrole_arn = a\nsource_profile = round\n[profile round]\nrole_arn = b\nsource_profile = circle\n[profile process]\ncredential_process = x\nsso_session = corp\n[profile web]\nweb_identity_token_file = x\nsso_session = corp\n`,
		);
		write(ssoFile('corp'), {accessToken: 'x', expiresAt: iso(later)});
	});

	test.each([
		['a session token in the shell', undefined, {AWS_SESSION_TOKEN: 'x'}, undefined],
		['a session token in the shell beside a profile', 'default', {AWS_SESSION_TOKEN: 'x'}, undefined],
		['keys in the shell', undefined, {AWS_ACCESS_KEY_ID: 'x'}, undefined],
		['keys in the shell, which a named profile overrules', 'default', {AWS_ACCESS_KEY_ID: 'x'}, later],
		['empty variables', undefined, {AWS_SESSION_TOKEN: '', AWS_ACCESS_KEY_ID: ''}, later],
		['a profile that is not there', 'nobody', {}, undefined],
		['a profile called like what every object has', 'constructor', {}, undefined],
		['profiles in a circle', 'circle', {}, undefined],
		['a process', 'process', {}, undefined],
		['a web identity', 'web', {}, undefined],
		['another config file', undefined, {AWS_CONFIG_FILE: '/nonexistent/config'}, undefined],
	])('%s', async (_, profile, env, expected) => {
		expect((await read(profile, env))?.expiresAt).toBe(expected);
	});

	test.each([
		['no JSON', 'not json'],
		['cut off', '{"accessToken": "x", "expires'],
		['a list', '[]'],
		['null', 'null'],
		['no time', {accessToken: 'x'}],
		['a time that is none', {expiresAt: 'soon'}],
		['a number', {expiresAt: later}],
	])('a cache file with %s', async (_, content) => {
		write(ssoFile('corp'), content);
		expect(await read()).toBeUndefined();
	});

	test('a config file of the person’s own below the home folder is found', async () => {
		write('my/config', `[default]\nsso_session = corp\n`);
		expect(await read(undefined, {AWS_CONFIG_FILE: '~/my/config'})).toMatchObject({expiresAt: later});
	});

	test('renewed credentials are seen', async () => {
		expect(await read()).toMatchObject({expiresAt: later});
		write('.aws/config', `[default]\nsso_session = new\n`);
		write(ssoFile('new'), {expiresAt: iso(later + hour)});
		expect(await read()).toMatchObject({expiresAt: later + hour, command: 'aws sso login --sso-session new'});
	});
});
