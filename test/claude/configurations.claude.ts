import {execFile, spawn} from 'node:child_process';
import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {askClaude} from '../../source/sources/auth-status/auth-status.ts';
import {installClaude} from '../support/claude-cli.ts';
import {type Answer, build, isManaged, type Row, rows} from '../support/configuration-rows.ts';

/**
 * The recorded answers of `test/domain/configuration-truth.json`, asked of the real CLI again. UPDATE_TRUTH=1 writes
 * them anew. The provider and the endpoint are what `claude auth status` says. The region is the one that the first
 * request of `claude -p` is signed for, sent to this machine: `auth status` does not look into `~/.aws` (2.1.330).
 */
const recordedAt = join(import.meta.dirname, '../domain/routing/configuration-truth.json');
const isUpdate = process.env.UPDATE_TRUTH === '1';
const asked = new Map<string, Answer>();
let claude: string;
let recorded: Readonly<Record<string, Answer>> = {};

beforeAll(async () => {
	claude = await installClaude();
	recorded = JSON.parse(await readFile(recordedAt, 'utf8').catch(() => '{}'));
});
afterAll(async () => {
	if (isUpdate && asked.size > 0) {
		const answers = {...recorded, ...Object.fromEntries(asked)};
		const inOrder = rows.flatMap(({name}) => (answers[name] === undefined ? [] : [[name, answers[name]]]));
		await writeFile(recordedAt, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
	}
});

/** Built from nothing; whatever the CLI wants from the internet ends at a port where nobody listens. */
const environment = (home: string, shell: Readonly<Record<string, string>>) => ({
	PATH: '/usr/bin:/bin',
	HOME: home,
	LANG: 'C.UTF-8',
	XDG_RUNTIME_DIR: home,
	CLAUDE_CODE_TMPDIR: home,
	AWS_EC2_METADATA_DISABLED: 'true',
	CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
	DISABLE_AUTOUPDATER: '1',
	DISABLE_TELEMETRY: '1',
	DISABLE_ERROR_REPORTING: '1',
	HTTP_PROXY: 'http://127.0.0.1:9',
	HTTPS_PROXY: 'http://127.0.0.1:9',
	NO_PROXY: '127.0.0.1',
	...shell,
});

type Machine = Awaited<ReturnType<typeof build>> & {readonly home: string; readonly command: readonly string[]};

const unshare = ['unshare', process.getuid?.() === 0 ? '-m' : '-rm'];

/** A mount namespace of its own shows the CLI another /etc; this machine's is not touched. */
const inOtherEtc = async (home: string, managed: string): Promise<readonly string[]> => {
	const etc = join(home, '.etc');
	await mkdir(etc);
	await cp(managed, join(etc, 'claude-code'), {recursive: true});
	for (const file of ['passwd', 'hosts']) await cp(`/etc/${file}`, join(etc, file));
	return [...unshare, 'sh', '-c', 'mount --bind "$0" /etc && exec "$@"', etc];
};

const canMount = await new Promise<boolean>(resolve => {
	const [program = '', ...words] = [...unshare, 'sh', '-c', 'mount --bind /usr /etc'];
	execFile(program, words, error => resolve(error === null));
});

const run = ({command, cwd, home, shell, flag}: Machine, ...args: readonly string[]): Promise<string> => {
	const flags = flag === undefined ? [] : ['--settings', flag];
	const [program = '', ...words] = [...command, ...flags, ...args];
	return new Promise(resolve => {
		execFile(
			program,
			words,
			{cwd, env: environment(home, shell), timeout: 20_000, killSignal: 'SIGKILL'},
			(_error, stdout) => resolve(stdout),
		).stdin?.end();
	});
};

/** The region in the signature of the first request, or undefined if none comes. */
const signedRegion = async (machine: Machine): Promise<string | undefined> => {
	const {command, cwd, home, shell, flag} = machine;
	let heard: (region: string | undefined) => void = () => {};
	const region = new Promise<string | undefined>(resolve => {
		heard = resolve;
	});
	const server = createServer((request, response) => {
		request.resume();
		response.writeHead(403, {'content-type': 'application/json'}).end('{"message":"no"}');
		heard(/Credential=[^/]+\/\d+\/([^/]+)\/bedrock/.exec(request.headers.authorization ?? '')?.[1]);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const flags = flag === undefined ? [] : ['--settings', flag];
	const [program = '', ...words] = [...command, ...flags, '-p', 'hi'];
	const fake = {
		AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
		AWS_SECRET_ACCESS_KEY: 'none',
		ANTHROPIC_BEDROCK_BASE_URL: `http://127.0.0.1:${port}`,
		CLAUDE_CODE_MAX_RETRIES: '0',
	};
	const env = environment(home, {...fake, ...shell});
	const child = spawn(program, words, {cwd, env, stdio: 'ignore', timeout: 15_000, killSignal: 'SIGKILL'});
	const closed = new Promise(resolve => child.once('close', resolve));
	void closed.then(() => heard(undefined));
	const found = await region;
	child.kill('SIGKILL');
	await closed;
	server.closeAllConnections();
	await new Promise(resolve => server.close(resolve));
	return found;
};

const originIn = (text: string): string | undefined => {
	const address = /^Bedrock base URL: (.*)$/m.exec(text)?.[1];
	return address === undefined ? undefined : new URL(address).origin;
};

const ask = async (row: Row): Promise<Answer> => {
	const home = await mkdtemp(join(tmpdir(), 'bedtop-truth-'));
	try {
		const built = await build(row, home);
		const command = [...(isManaged(row) ? await inOtherEtc(home, built.managed) : []), claude];
		const machine = {...built, home, command};
		const provider = String(JSON.parse(await run(machine, 'auth', 'status')).apiProvider);
		const text = await run(machine, 'auth', 'status', '--text');
		const isMantle = /^API provider: Amazon Bedrock \+ /m.test(text);
		const baseUrl = originIn(text);
		// A row that has an address of its own would send the request there, out of this machine perhaps.
		const isSafe = !JSON.stringify(row).includes('BASE_URL');
		const region = provider === 'bedrock' && isSafe ? await signedRegion(machine) : undefined;
		return {provider, region, baseUrl, ...(isMantle ? {mantle: true} : {})};
	} finally {
		await rm(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 100});
	}
};

/** Each answer takes three runs of a large program: three at a time are enough for a laptop. */
const mostAtOnce = 3;
let running = 0;
const waiting: (() => void)[] = [];
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
	if (running === mostAtOnce) await new Promise<void>(resolve => waiting.push(resolve));
	else running += 1;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next === undefined) running -= 1;
		else next();
	}
};

describe('the recorded truth', {concurrent: true}, () => {
	test.each(rows.map(row => [row.name, row] as const))('%s', {timeout: 60_000}, async (name, row) => {
		if (isManaged(row) && !canMount) return;
		const answer = JSON.parse(JSON.stringify(await inTurn(() => ask(row))));
		asked.set(name, answer);
		if (!isUpdate) expect(answer).toEqual(recorded[name]);
	});
});

test.each([
	[{}, 'first-party'],
	[{CLAUDE_CODE_USE_BEDROCK: '1'}, 'bedrock'],
	[{CLAUDE_CODE_USE_MANTLE: '1'}, 'mantle'],
	[{CLAUDE_CODE_USE_VERTEX: '1'}, 'vertex'],
	[{CLAUDE_CODE_USE_FOUNDRY: '1'}, 'foundry'],
	[{CLAUDE_CODE_USE_ANTHROPIC_AWS: '1'}, 'anthropic-aws'],
	[{CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: '1'}, undefined],
])('asked as second opinion with %o, it says %s', async (shell: Readonly<Record<string, string>>, provider) => {
	const home = await mkdtemp(join(tmpdir(), 'bedtop-opinion-'));
	const env = environment(home, shell);
	const opinion = await askClaude({cwd: home, env, home, timeoutMs: 20_000, command: claude});
	await rm(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 100});
	expect(opinion?.provider).toBe(provider);
});
