import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type ClaudeDirectory, createClaudeDirectory} from '../../source/demo/claude/claude-directory.ts';
import {createWorld, type World} from '../../source/demo/world/world.ts';
import {serveBusyAccount} from '../support/busy-account.ts';
import {fakeKeys, runBedtop} from '../support/cli.ts';

const now = Date.now();
const hour = 3_600_000;
let folder: string;
let world: World;
let claude: ClaudeDirectory;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-busy-'));
	world = createWorld({seed: 11, startAt: now - 60_000});
	claude = await createClaudeDirectory(world, folder);
	await claude.update(now);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Source = {readonly name: string; readonly state: string; readonly problem: {readonly message: string} | null};

test.each([
	['as many as AWS allows', 500],
	['fewer, because colleagues ask too', 1500],
])(
	'60,000 calls and few look-ups a second: ends by its own deadline and says how far it came, %s',
	async (_, everyMs) => {
		const account = await serveBusyAccount({world, now, everyMs, calls: 60_000, spanMs: hour});
		const env = {HOME: folder, CLAUDE_CONFIG_DIR: claude.directory, AWS_ENDPOINT_URL: account.url, ...fakeKeys};
		const {code, stdout, stderr} = await runBedtop(['--json', '--timeout', '12'], env);
		await account.close();
		expect(account.throttled() > 0).toBe(everyMs > 1000);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const {callCount, sources, spend} = JSON.parse(stdout);
		const {ok, refused, throttled, failed, complete, since} = callCount;
		expect(complete).toBe(false);
		const reach = Date.parse(since);
		expect(reach).toBeGreaterThan(now - hour);
		expect(ok).toBeGreaterThanOrEqual(50);
		expect({ok, refused, throttled, failed}).toEqual({
			...{ok: account.countSince(reach), refused: 0, throttled: 0, failed: 0},
		});
		const trail = sources.find(({name}: Source) => name === 'cloudtrail');
		expect(trail).toMatchObject({state: 'late', problem: {message: expect.stringMatching(/\bwithin 12 s\b/)}});
		const others = sources.filter(({name, state}: Source) => name !== 'cloudtrail' && state !== 'off');
		expect(others.map(({name, state}: Source) => [name, state])).toEqual(others.map(({name}: Source) => [name, 'ok']));
		expect(spend.account.usd).toBeGreaterThan(0);
	},
);
