import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveBedrockRuntime} from '../support/bedrock-runtime.ts';
import {installClaude, runClaude} from '../support/claude-cli.ts';
import {runBedtop} from '../support/cli.ts';
import {keepFixture, linesIn} from '../support/clients/fixtures.ts';
import {calledIn, isRightSum, rightAnswer, toldBy, triesIn} from '../support/clients/right-answers.ts';
import {pinned, type Situation, settle, situationNames, situations} from '../support/clients/situations.ts';
import {clientVersions, newestClient} from '../support/clients/versions.ts';

/**
 * Real clients, old and new, in the same situations: the built program tells the same of each. UPDATE_CLIENTS=1 keeps
 * what they write as fixtures.
 */
const newest = await newestClient();
const versions: readonly string[] = [...new Set([...clientVersions, newest])];
const isUpdate = process.env.UPDATE_CLIENTS === '1';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-clients-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe.each(versions)('%s', version => {
	let claude: string;
	beforeAll(async () => {
		claude = await installClaude(version);
	});

	test.each(situationNames)('%s', {timeout: 90_000}, async name => {
		const situation: Situation = situations[name];
		const home = join(folder, version, name);
		const cwd = join(home, 'shop');
		mkdirSync(cwd, {recursive: true});
		settle(home, situation);
		const server = await serveBedrockRuntime({script: situation.answer});
		const env = {CLAUDE_CODE_MAX_RETRIES: '1', ...situation.env};
		const {exitCode} = await runClaude({claude, home, cwd, baseUrl: server.url, prompt: 'Say hello.', env});
		await server.close();

		const args = ['--no-aws', '--since', '24h'];
		const shell = {HOME: home};
		const [told, checked] = await Promise.all([
			runBedtop(['--json', ...args], shell),
			runBedtop(['--check', ...args], shell),
		]);
		const json = JSON.parse(told.stdout);
		const right = rightAnswer(version, name);
		expect(toldBy(json, checked.code)).toEqual(right);
		const asked = server.requests.filter(({operation}) => operation?.startsWith('InvokeModel'));
		const isAnswered = right.provider !== undefined;
		expect(exitCode === 0).toBe(isAnswered);
		expect(asked.length === 0).toBe(name.endsWith('-credentials'));
		if (isAnswered) {
			// A client that ends does not wait for what it began beside the conversation, and writes no line of it.
			const replies = new Set(
				linesIn(join(home, '.claude/projects'))
					.map(line => (line.message as {id?: string} | undefined)?.id)
					.filter(id => id?.startsWith('msg_bdrk_')),
			);
			const served = asked.filter(({messageId}) => replies.has(messageId));
			expect(served.length).toBe(replies.size);
			expect(served.map(({model}) => model)).toContain(pinned);
			if (served.every(({model}) => model === pinned)) expect(isRightSum(version, json, served.length)).toBe(true);
		} else if (asked.length > 0) {
			const models = new Set(asked.map(({model}) => model));
			expect(calledIn(json).filter(model => !models.has(model))).toEqual([]);
			expect(triesIn(json)).toBeLessThanOrEqual(asked.length);
		}
		if (isUpdate) keepFixture(version, name, home, cwd);
	});
});
