import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {serveWorld} from '../../source/demo/aws/serve.ts';
import {type ClaudeDirectory, createClaudeDirectory} from '../../source/demo/claude/claude-directory.ts';
import {createWorld} from '../../source/demo/world/world.ts';
import {fakeKeys, runBedtop} from '../support/cli.ts';

/** The built `doctor` and `policy` over the simulated account, whole and with its services failing. */
const now = Date.now();
let folder: string;
let claude: ClaudeDirectory;
let served: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-doctor-'));
	const world = createWorld({seed: 11, startAt: now - 60_000});
	claude = await createClaudeDirectory(world, folder);
	await claude.update(now);
	served = await serveWorld(world, {now: () => now});
});
afterAll(async () => {
	await served.close();
	rmSync(folder, {recursive: true, force: true});
});
const services = ['cloudtrail', 'cloudwatch', 'sts', 'bedrock', 'iam', 'quotas'] as const;
afterEach(() => {
	for (const service of services) served.fail(service, undefined);
});

const env = () => ({...fakeKeys, HOME: folder, CLAUDE_CONFIG_DIR: claude.directory, AWS_ENDPOINT_URL: served.url});

type Check = {
	readonly id: string;
	readonly title: string;
	readonly state: string;
	readonly evidence: string;
	readonly fix: string | null;
};
const diagnose = async (...args: readonly string[]) => {
	const {code, stdout, stderr} = await runBedtop(['doctor', '--json', ...args], env());
	expect(stderr).toBe('');
	const json = JSON.parse(stdout) as {
		verdict: string;
		checks: readonly Check[];
		gates: readonly {gate: string; profile: string; model: string; state: string}[];
		refusals: readonly {cause: string; fix: {text: string; policy: object | null}}[];
	};
	return {code, ...json, byId: (id: string) => json.checks.find(check => check.id === id)};
};

describe('doctor', () => {
	test('names what is wrong with its fix, and exits 1', async () => {
		const {code, verdict, byId, refusals, gates} = await diagnose();
		// Nobody's process runs here, so the one that replied from elsewhere this morning counts too.
		expect(verdict).toBe('mixed');
		expect(byId('provider-switch')).toMatchObject({state: 'pass', fix: null});
		expect(byId('reply-proof')).toMatchObject({
			state: 'warn',
			evidence: expect.stringMatching(/^last msg_bdrk_ reply/),
		});
		expect(byId('audit')).toMatchObject({state: 'pass', evidence: expect.stringMatching(/by request id$/)});
		expect(byId('account')).toMatchObject({state: 'pass', evidence: 'account 123456789012 as SSO alice@example.com'});
		expect(byId('same-principal')).toMatchObject({state: 'pass'});
		expect(byId('elsewhere')).toMatchObject({
			state: 'warn',
			evidence: expect.stringMatching(/^1 reply directly from Anthropic since .*at list price$/),
		});
		expect(byId('invocation-logging')).toMatchObject({state: 'pass', evidence: expect.stringContaining('off')});
		expect(byId('iam-permission')?.evidence).toContain('fable-5');
		expect(byId('refusals')).toMatchObject({state: 'fail'});
		expect(byId('quota')).toMatchObject({state: 'fail', evidence: expect.stringMatching(/^0 tokens a minute/)});
		const fable = gates.filter(({profile}) => profile === 'us.anthropic.claude-fable-5-2');
		expect(fable.map(({gate, state}) => `${gate} ${state}`)).toEqual([
			...['access fail', 'quota fail', 'iam fail', 'retention unknown'],
		]);
		expect(new Set(gates.filter(({model}) => model === 'anthropic.claude-opus-5-5').map(({state}) => state))).toEqual(
			new Set(['pass']),
		);
		expect(code).toBe(1);
		const [refusal] = refusals;
		expect(refusal?.cause).toBe('identity-policy');
		const policy = JSON.stringify(refusal?.fix.policy);
		for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
			expect(policy).toContain(`arn:aws:bedrock:${region}::foundation-model/anthropic.claude-fable-5-2`);
		}
		expect(policy).toContain('arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-fable-5-2');
		expect(policy).not.toContain('*');
	});

	test('without any permission routing is still proven, and every missing permission is named', async () => {
		for (const service of ['cloudtrail', 'cloudwatch', 'bedrock', 'iam', 'quotas'] as const)
			served.fail(service, 'denied');
		const {verdict, byId} = await diagnose();
		expect(verdict).toBe('mixed');
		expect(byId('reply-proof')).toMatchObject({evidence: expect.stringMatching(/^last msg_bdrk_ reply/)});
		expect(byId('audit')).toMatchObject({state: 'unknown', fix: 'allow cloudtrail:LookupEvents on Resource "*"'});
		for (const [id, action] of [
			['inference-profile', 'bedrock:ListInferenceProfiles'],
			['model-access', 'bedrock:GetFoundationModelAvailability'],
			['use-case-form', 'bedrock:GetUseCaseForModelAccess'],
			['iam-permission', 'iam:SimulatePrincipalPolicy'],
			['invocation-logging', 'bedrock:GetModelInvocationLoggingConfiguration'],
			['data-retention', 'bedrock:GetAccountDataRetention'],
		] as const) {
			expect(byId(id), id).toMatchObject({state: 'unknown'});
			expect(`${byId(id)?.evidence} ${byId(id)?.fix}`, id).toContain(action);
		}
	});

	test('nothing of AWS at all: 0 where this machine proves it', async () => {
		const home = join(folder, 'local');
		const projects = join(home, '.claude', 'projects', '-shop');
		mkdirSync(projects, {recursive: true});
		writeFileSync(join(home, '.claude', 'settings.json'), '{"env": {"CLAUDE_CODE_USE_BEDROCK": "1"}}');
		const usage = {input_tokens: 1, output_tokens: 1};
		const message = {
			id: 'msg_bdrk_01A',
			model: 'claude-opus-5-5',
			role: 'assistant',
			content: [],
			stop_reason: 'end_turn',
			usage,
		};
		const line = {
			type: 'assistant',
			uuid: 'a',
			sessionId: 's',
			cwd: join(home, 'shop'),
			timestamp: new Date(now).toISOString(),
			message,
		};
		writeFileSync(join(projects, 's.jsonl'), `${JSON.stringify(line)}\n`);
		const {code, stdout} = await runBedtop(['doctor', '--json', '--no-aws', '--since', '1h'], {HOME: home});
		const {verdict, checks} = JSON.parse(stdout);
		expect(verdict).toBe('bedrock');
		expect(checks.filter(({state}: Check) => state === 'fail')).toEqual([]);
		expect(code).toBe(0);
	});

	test('nothing at all: 2', async () => {
		const empty = join(folder, 'empty');
		mkdirSync(join(empty, '.claude'), {recursive: true});
		writeFileSync(join(empty, '.claude', 'settings.json'), '{"env": {"CLAUDE_CODE_USE_BEDROCK": "1"}}');
		const {code, stdout} = await runBedtop(['doctor', '--json', '--no-aws'], {HOME: empty});
		expect(JSON.parse(stdout).verdict).toBe('unproven');
		expect(code).toBe(2);
	});

	test('a switch that looks set but is not: 1, in words', async () => {
		const home = join(folder, 'enabled');
		mkdirSync(join(home, '.claude'), {recursive: true});
		writeFileSync(join(home, '.claude', 'settings.json'), '{"env": {"CLAUDE_CODE_USE_BEDROCK": "enabled"}}');
		const {code, stdout} = await runBedtop(['doctor', '--json', '--no-aws'], {HOME: home});
		const [first] = JSON.parse(stdout).checks;
		expect(first).toMatchObject({
			id: 'provider-switch',
			state: 'fail',
			evidence: expect.stringContaining('CLAUDE_CODE_USE_BEDROCK=enabled in ~/.claude/settings.json does nothing'),
			fix: expect.stringContaining('CLAUDE_CODE_USE_BEDROCK'),
		});
		expect(code).toBe(1);
	});

	test('prints a table for a person', async () => {
		const {stdout} = await runBedtop(['doctor'], env());
		expect(stdout).toMatch(/^bedtop doctor: mixed\n┌/);
		expect(stdout).toMatch(/│ ✓ pass +│ Bedrock is switched on +│/);
		expect(stdout).toMatch(/│ ✗ fail +│ Refused calls +│ .*fable-5\.2/);
	});
});

describe('policy', () => {
	const actions = async (...args: readonly string[]) => {
		const {code, stdout} = await runBedtop(['policy', ...args], env());
		expect(code).toBe(0);
		const policy = JSON.parse(stdout) as {Version: string; Statement: {Effect: string; Action: string[]}[]};
		expect(policy.Version).toBe('2012-10-17');
		return policy.Statement.flatMap(({Action}) => Action);
	};

	test('names what is asked, and nothing that is switched off', async () => {
		expect(await actions()).toEqual(
			expect.arrayContaining(['cloudtrail:LookupEvents', 'cloudwatch:GetMetricStatistics']),
		);
		expect(await actions()).not.toContain('ce:GetCostAndUsage');
		expect(await actions('--cost-explorer')).toContain('ce:GetCostAndUsage');
		expect(await actions('--max-watch-cost', '0')).not.toContain('cloudwatch:ListMetrics');
		expect(await actions('--no-aws')).toEqual([]);
	});

	test('covers every request that is really made', async () => {
		const allowed = await actions('--cost-explorer');
		const {stdout} = await runBedtop(['--json', '--cost-explorer'], env());
		const made = Object.keys(JSON.parse(stdout).watch.calls).filter(operation => operation !== 'sts:GetCallerIdentity');
		expect(made.length).toBeGreaterThan(4);
		for (const operation of made) expect(allowed).toContain(operation);
	});
});
