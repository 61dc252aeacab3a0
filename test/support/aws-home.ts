import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach} from 'vitest';
import {readCredentialExpiry} from '../../source/sources/credentials/credential-expiry.ts';

export const now = Date.UTC(2026, 10, 23, 15, 0, 0);
export const hour = 3_600_000;
export const later = now + hour;
export const iso = (at: number) => new Date(at).toISOString();

export let home: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-expiry-'));
});
afterEach(() => {
	rmSync(home, {recursive: true, force: true});
});

export const write = (path: string, content: unknown) => {
	mkdirSync(dirname(join(home, path)), {recursive: true});
	writeFileSync(join(home, path), typeof content === 'string' ? content : JSON.stringify(content));
};
export const ssoFile = (key: string) => `.aws/sso/cache/${createHash('sha1').update(key).digest('hex')}.json`;
export const loginFile = (session: string, folder = '.aws/login/cache') =>
	`${folder}/${createHash('sha256').update(session).digest('hex')}.json`;
export const read = (profile?: string, env: Readonly<Record<string, string>> = {}, at = now) =>
	readCredentialExpiry({home, env, profile, now: at});

export const corp = '[sso-session corp]\nsso_start_url = https://corp.example.com/start\nsso_region = us-east-1\n';
export const startUrl = 'https://old.example.com/start';
export const loginSession = 'arn:aws:iam::123456789012:user/dev';

/** Everything the SDK needs to renew an SSO token by itself. */
export const refreshable = {
	refreshToken: 'r',
	clientId: 'c',
	clientSecret: 's',
	registrationExpiresAt: iso(now + 90 * 24 * hour),
};
