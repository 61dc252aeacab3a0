import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {type JsonRecord, parseJson, record, text} from '../../domain/common/json.ts';
import type {Expiry} from '../../domain/routing/session.ts';
import {readPlainText} from '../files/plain-file.ts';

type Question = {
	readonly home: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The profile in effect; undefined where neither an option nor AWS_PROFILE names one. */
	readonly profile?: string | undefined;
	/** Epoch ms. */
	readonly now: number;
};

type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** A section by its name; only what the file itself says, not what every object has. */
const section = (sections: Sections, name: string): Readonly<Record<string, string | undefined>> =>
	Object.hasOwn(sections, name) ? (sections[name] ?? {}) : {};

/**
 * Epoch ms of the times these caches hold: ISO 8601, with a space or a `T`, and with `Z`, an offset, or botocore's old
 * `UTC` at the end. Undefined for a time without a zone, which different tools mean differently.
 */
export const expiryInstant = (value: unknown): number | undefined => {
	const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z|UTC)|([+-]\d\d):?(\d\d))$/i;
	const [, day, time, zulu, hours, minutes] = shape.exec(text(value)?.trim() ?? '') ?? [];
	const at = Date.parse(`${day}T${time}${zulu === undefined ? `${hours}:${minutes}` : 'Z'}`);
	return Number.isFinite(at) ? at : undefined;
};

/** One argument of a command line as a shell reads it back. */
const argument = (value: string): string =>
	/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

const hourMs = 3_600_000;

/** `aws login` renews itself for so long (https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html). */
const longestLoginMs = 12 * hourMs;

/**
 * A token that the SDK renews by itself, with the refresh token beside it, does not end when it expires; when the session
 * behind it does is written nowhere. So an end is only told where nothing can renew the token.
 */
const renewsSsoItself = (token: JsonRecord, expiresAt: number): boolean => {
	const hasParts = [token.refreshToken, token.clientId, token.clientSecret].every(part => text(part) !== undefined);
	const registeredUntil = expiryInstant(token.registrationExpiresAt) ?? Number.POSITIVE_INFINITY;
	return hasParts && registeredUntil > expiresAt;
};

const renewsLoginItself = (token: JsonRecord, expiresAt: number, now: number): boolean =>
	text(token.refreshToken) !== undefined && now < expiresAt + longestLoginMs;

const readJson = async (path: string): Promise<JsonRecord | undefined> =>
	record(parseJson(await readPlainText(path).catch(() => '')));

const hash = (algorithm: 'sha1' | 'sha256', value: string): string => createHash(algorithm).update(value).digest('hex');

type Found = Pick<Expiry, 'kind' | 'expiresAt' | 'command'>;

const ofSso = async (
	home: string,
	session: string | undefined,
	key: string,
	name: string,
): Promise<Found | undefined> => {
	const token = await readJson(join(home, '.aws', 'sso', 'cache', `${hash('sha1', key)}.json`));
	const expiresAt = expiryInstant(token?.expiresAt);
	if (token === undefined || expiresAt === undefined) return undefined;
	// Profiles without an sso-session are never renewed, whatever is in the file.
	if (session !== undefined && renewsSsoItself(token, expiresAt)) return undefined;
	const which = session === undefined ? `--profile ${argument(name)}` : `--sso-session ${argument(session)}`;
	return {kind: 'sso', expiresAt, command: `aws sso login ${which}`};
};

const ofLogin = async ({home, env, now}: Question, session: string, name: string): Promise<Found | undefined> => {
	const folder = text(env.AWS_LOGIN_CACHE_DIRECTORY) ?? join(home, '.aws', 'login', 'cache');
	const token = await readJson(join(folder, `${hash('sha256', session)}.json`));
	const expiresAt = expiryInstant(record(token?.accessToken)?.expiresAt);
	if (token === undefined || expiresAt === undefined) return undefined;
	if (renewsLoginItself(token, expiresAt, now)) return undefined;
	return {kind: 'login', expiresAt, command: `aws login --profile ${argument(name)}`};
};

/** More profiles than this do not lead to one another in earnest; a circle does. */
const longestChain = 8;

/** Where a profile's credentials come from, in the order in which the SDK itself looks. */
const ofProfile = async (question: Question, profiles: Sections, start: string): Promise<Found | undefined> => {
	let name = start;
	for (let step = 0; step < longestChain; step += 1) {
		const it = section(profiles, name);
		const source = it.role_arn === undefined ? undefined : it.source_profile;
		if (source !== undefined && source !== name) {
			name = source;
			continue;
		}
		if (it.aws_access_key_id !== undefined) {
			const expiresAt = expiryInstant(it.aws_expiration) ?? expiryInstant(it.x_security_token_expires);
			if (it.aws_session_token === undefined || expiresAt === undefined) return undefined;
			// Which tool wrote the keys is not known, so neither is its command.
			return {kind: 'session', expiresAt, command: `get new keys for profile ${argument(name)}`};
		}
		const isElsewhere = it.web_identity_token_file !== undefined || it.credential_process !== undefined;
		if (isElsewhere) return undefined;
		if (it.sso_session !== undefined) return ofSso(question.home, it.sso_session, it.sso_session, name);
		if (it.sso_start_url !== undefined) return ofSso(question.home, undefined, it.sso_start_url, name);
		return it.login_session === undefined ? undefined : ofLogin(question, it.login_session, name);
	}
	return undefined;
};

const readProfiles = async ({home, env}: Question): Promise<Sections> => {
	const place = (path: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
	const {loadSharedConfigFiles} = await import('@smithy/core/config');
	const {configFile, credentialsFile} = await loadSharedConfigFiles({
		configFilepath: place(text(env.AWS_CONFIG_FILE) ?? join(home, '.aws', 'config')),
		filepath: place(text(env.AWS_SHARED_CREDENTIALS_FILE) ?? join(home, '.aws', 'credentials')),
		ignoreCache: true,
	});
	const names = [...Object.keys(configFile), ...Object.keys(credentialsFile)];
	const merged = names.map(name => [name, {...section(configFile, name), ...section(credentialsFile, name)}] as const);
	return Object.fromEntries(merged);
};

/**
 * When the credentials of a profile end, from the caches that the AWS tools keep, and the command that renews them.
 * Undefined where nobody wrote it down, where they renew themselves, and for files that are missing or corrupt. Of the
 * tokens and keys beside the times nothing is kept.
 */
export const readCredentialExpiry = async (question: Question): Promise<Expiry | undefined> => {
	const {env} = question;
	const named = text(question.profile);
	const isKeyInShell = text(env.AWS_ACCESS_KEY_ID) !== undefined && named === undefined;
	if (isKeyInShell || text(env.AWS_SESSION_TOKEN) !== undefined) return undefined;
	const profile = named ?? 'default';
	const found = await ofProfile(question, await readProfiles(question), profile);
	return found === undefined ? undefined : {...found, profile};
};
