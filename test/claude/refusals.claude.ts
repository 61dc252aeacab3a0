import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Refusal, serveBedrockRuntime} from '../support/bedrock-runtime.ts';
import {installClaude, runClaude} from '../support/claude-cli.ts';
import {command, runBedtop} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

/** The real Claude Code CLI against a Bedrock that refuses: what it writes is on the screen within two seconds. */
let folder: string;
let claude: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-refusals-'));
	claude = await installClaude();
});
afterAll(() => {
	rmSync(folder, {recursive: true, force: true});
});

const user = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const action = 'bedrock:InvokeModelWithResponseStream';
const notAuthorized = (model: string, why: string) =>
	`User: ${user} is not authorized to perform: ${action} on resource: arn:aws:bedrock:us-west-2:123456789012:inference-profile/${model} ${why}`;
const scp = 'arn:aws:organizations::123456789012:policy/o-exampleorgid/service_control_policy/p-examplepol';

type Scene = readonly [name: string, cause: string, shown: RegExp, refuse: (model: string) => Refusal];
const denied = (message: string): Refusal => ({status: 403, error: 'AccessDeniedException', message});

const scenes: readonly Scene[] = [
	[
		'no identity policy',
		'identity-policy',
		/no IAM policy allows it/,
		model => denied(notAuthorized(model, `because no identity-based policy allows the ${action} action`)),
	],
	[
		'an explicit deny',
		'explicit-deny',
		/denied by policy/,
		model => denied(notAuthorized(model, 'with an explicit deny in an identity-based policy')),
	],
	[
		'an SCP',
		'scp',
		/denied by an SCP/,
		model => denied(notAuthorized(model, `with an explicit deny in a service control policy: ${scp}`)),
	],
	[
		'a permissions boundary',
		'permissions-boundary',
		/outside permissions boundary/,
		model => denied(notAuthorized(model, `because no permissions boundary allows the ${action} action`)),
	],
	[
		'the use-case form',
		// This version keeps AWS's words to itself: which 404 it was, only Bedrock or CloudTrail can tell.
		'model-access',
		/no access to the model/,
		() => ({
			status: 404,
			error: 'ResourceNotFoundException',
			message:
				'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
		}),
	],
	[
		'throttling',
		'throttled',
		/throttled/,
		() => ({status: 429, error: 'ThrottlingException', message: 'Too many requests, please wait before trying again.'}),
	],
	[
		'a daily quota',
		'quota',
		/daily quota used up/,
		() => ({
			status: 429,
			error: 'ThrottlingException',
			message: 'Too many tokens per day, please wait before trying again.',
		}),
	],
];

const hasFailure = (home: string): boolean => {
	const projects = join(home, '.claude', 'projects');
	try {
		const files = readdirSync(projects, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.jsonl'));
		return files.some(file =>
			/"api_error"|"isApiErrorMessage":\s*true/.test(readFileSync(join(projects, file), 'utf8')),
		);
	} catch {
		return false;
	}
};

test.each(scenes)(
	'%s: cause, model and fix within two seconds of the line',
	async (name, cause, shown, refuse) => {
		const home = join(folder, name.replaceAll(' ', '-'));
		const cwd = join(home, 'shop');
		mkdirSync(cwd, {recursive: true});
		mkdirSync(join(home, '.claude'));
		const server = await serveBedrockRuntime({script: ({model}) => refuse(model)});
		const env = {HOME: home, AWS_REGION: 'us-west-2', CLAUDE_CODE_USE_BEDROCK: '1'};
		const bedtop = spawnPty(command('--no-aws'), {columns: 100, rows: 30, env});
		await bedtop.waitFor('unproven');
		const running = runClaude({
			claude,
			home,
			cwd,
			baseUrl: server.url,
			prompt: 'Say hello.',
			env: {CLAUDE_CODE_MAX_RETRIES: '1'},
		});
		await expect.poll(() => hasFailure(home), {timeout: 60_000, interval: 5}).toBe(true);
		const writtenAt = performance.now();
		await bedtop.waitFor(shown);
		const lagMs = performance.now() - writtenAt;
		process.stdout.write(`${name}: on screen ${lagMs.toFixed(0)} ms after its line was seen\n`);
		expect(lagMs).toBeLessThan(2000);
		await running;
		await server.close();
		bedtop.write('q');
		await bedtop.exited;

		const {stdout} = await runBedtop(['--json', '--no-aws'], env);
		const {refusals} = JSON.parse(stdout);
		const refusal = refusals.find((one: {cause: string}) => one.cause === cause);
		expect(refusal).toMatchObject({model: expect.stringContaining('anthropic.claude-'), seenBy: ['transcript']});
		expect(refusal.fix.text.length).toBeGreaterThan(10);
		if (refusal.fix.policy !== null) expect(JSON.stringify(refusal.fix.policy)).not.toContain('*');
	},
	120_000,
);
