import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveWorld} from '../../../source/demo/aws/serve.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {command, runBedtop} from '../../support/cli.ts';
import {spawnPty} from '../../support/pty.ts';

/** A secret in every place that holds some, and a search for it through everything the program puts out. */
const now = Date.now();
let folder: string;
let served: Awaited<ReturnType<typeof serveWorld>>;
let planted = 0;

const canary = (place: string) => `CANARY${planted++}${place.replace(/[^a-z]/gi, '')}`;

const write = (path: string, content: unknown) => {
	mkdirSync(join(folder, path, '..'), {recursive: true});
	writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
};

const secretEnv = (place: string) => ({
	CLAUDE_CODE_USE_BEDROCK: '1',
	AWS_BEARER_TOKEN_BEDROCK: canary(`${place}bearer`),
	AWS_SECRET_ACCESS_KEY: canary(`${place}secret`),
	AWS_SESSION_TOKEN: canary(`${place}session`),
	ANTHROPIC_API_KEY: canary(`${place}apikey`),
	ANTHROPIC_AUTH_TOKEN: canary(`${place}authtoken`),
	ANTHROPIC_CUSTOM_HEADERS: `X-Key: ${canary(`${place}header`)}`,
	ANTHROPIC_BEDROCK_BASE_URL: `https://user:${canary(`${place}password`)}@gateway.example.com/x?key=${canary(`${place}query`)}`,
	HTTPS_PROXY: `http://user:${canary(`${place}proxy`)}@proxy.example.com:3128`,
	MY_OWN: canary(`${place}own`),
});

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-canaries-'));
	const project = join(folder, 'shop');
	write('.claude/settings.json', {
		env: secretEnv('user'),
		awsCredentialExport: `echo ${canary('export')}`,
		awsAuthRefresh: `echo ${canary('refresh')}`,
		apiKeyHelper: `echo ${canary('helper')}`,
	});
	write('shop/.claude/settings.json', {env: secretEnv('project')});
	write('shop/.claude/settings.local.json', {env: secretEnv('local')});
	write('.claude.json', {oauthAccount: {token: canary('oauth')}, primaryApiKey: canary('primary')});
	write('.claude/.credentials.json', {claudeAiOauth: {accessToken: canary('access')}});
	write(`.claude/sessions/${process.pid}.json`, {pid: process.pid, sessionId: 's1', cwd: project, version: '2.1.330'});
	write(`.claude/sessions/${process.pid}.abc.key`, canary('peerkey'));
	write('.aws/credentials', `[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = ${canary('file')}\n`);
	write(
		'.aws/config',
		'[default]\nregion = us-east-1\nsso_session = corp\n[sso-session corp]\nsso_start_url = https://corp.example.com/start\nsso_region = us-east-1\n',
	);
	for (const name of ['7505d64a54e061b7acd54ccd58b49dc43500b635', '9f2fe0d3']) {
		const token = {accessToken: canary('sso'), refreshToken: canary('ssorefresh'), clientSecret: canary('ssoclient')};
		write(`.aws/sso/cache/${name}.json`, {
			...token,
			expiresAt: new Date(now + 600_000).toISOString(),
			startUrl: 'https://corp.example.com/start',
		});
	}
	const common = {sessionId: 's1', cwd: project, version: '2.1.330', timestamp: new Date(now - 60_000).toISOString()};
	const usage = {input_tokens: 10, output_tokens: 20};
	const content = [
		{type: 'text', text: canary('reply')},
		{type: 'tool_use', id: 'toolu_bdrk_1', input: {command: canary('tool')}},
	];
	const lines = [
		{...common, type: 'user', uuid: 'u1', message: {role: 'user', content: canary('prompt')}},
		{
			...common,
			type: 'assistant',
			uuid: 'a1',
			requestId: 'r1',
			requestedModel: 'us.anthropic.claude-opus-5-5',
			message: {
				id: 'msg_bdrk_01A',
				model: 'claude-opus-5-5',
				role: 'assistant',
				content,
				stop_reason: 'end_turn',
				usage,
			},
		},
		{...common, type: 'system', subtype: 'local_command', content: canary('command')},
		{...common, type: 'api-request', body: canary('body')},
	];
	write('.claude/projects/-shop/s1.jsonl', `${lines.map(line => JSON.stringify(line)).join('\n')}\n`);
	served = await serveWorld(createWorld({seed: 3, startAt: now - 60_000}), {now: () => now});
});
afterAll(async () => {
	await served.close();
	rmSync(folder, {recursive: true, force: true});
});

const env = () => ({
	...secretEnv('shell'),
	HOME: folder,
	AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
	AWS_ENDPOINT_URL: served.url,
	AWS_REGION: 'us-east-1',
	AWS_CONFIG_FILE: join(folder, '.aws/config'),
	AWS_SHARED_CREDENTIALS_FILE: join(folder, '.aws/credentials'),
	// No proxy is spoken to: everything stays on loopback.
	NO_PROXY: '127.0.0.1',
});

const filesBelow = (path: string): readonly string[] =>
	readdirSync(path).flatMap(name => {
		const file = join(path, name);
		return statSync(file).isDirectory() ? filesBelow(file) : [file];
	});

describe('no secret, prompt or reply comes out anywhere', () => {
	test.each([
		[['--json']],
		[['--once']],
		[['--check']],
		[['doctor']],
		[['doctor', '--json']],
		[['policy']],
		[['prices', '--json']],
		[['--json', '--cost-explorer', '--budget', '1']],
	])(
		'%s',
		async args => {
			const {stdout, stderr} = await runBedtop(args, env());
			expect(stdout + stderr).not.toContain('CANARY');
			expect(stdout.length + stderr.length).toBeGreaterThan(0);
		},
		30_000,
	);

	test('the live screen', async () => {
		const kept = join(folder, 'kept');
		const args = ['--record', join(folder, 'recording.jsonl'), '--black-box', kept];
		const pty = spawnPty(command(...args), {columns: 160, rows: 50, env: env()});
		await pty.waitFor('calls/h');
		await pty.waitFor('shop');
		pty.write('1\r');
		await pty.waitFor('Claude Code');
		pty.write('?');
		await pty.waitFor('not known (yet)');
		pty.write('\u001b\u001bq');
		await pty.exited;
		expect(pty.output()).not.toContain('CANARY');
	}, 30_000);

	test('a recording and the black box, in which nobody of this account or machine is left either', () => {
		for (const file of [join(folder, 'recording.jsonl'), ...filesBelow(join(folder, 'kept'))]) {
			const content = readFileSync(file, 'utf8');
			expect(content.length).toBeGreaterThan(1000);
			expect(content).not.toMatch(/CANARY|123456789012|alice|AKIA|example\.com\/|r1"|a1"/);
			expect(content).not.toContain(folder);
		}
	});

	test('the files it keeps', () => {
		const kept = join(folder, '.cache/bedtop');
		for (const file of filesBelow(kept)) expect(readFileSync(file, 'utf8')).not.toContain('CANARY');
		expect(planted).toBeGreaterThan(40);
	});
});
