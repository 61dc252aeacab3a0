import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {notification} from '../../source/app/terminal.ts';
import {command, runBedtop} from '../support/cli.ts';
import {type Pty, spawnPty} from '../support/pty.ts';

let home: string;
let pty: Pty | undefined;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-notify-'));
	mkdirSync(join(home, '.config', 'bedtop'), {recursive: true});
});
afterEach(async () => {
	pty?.child.kill('SIGKILL');
	await pty?.exited;
	pty = undefined;
	rmSync(home, {recursive: true, force: true});
});

const configure = (settings: unknown) =>
	writeFileSync(join(home, '.config', 'bedtop', 'config.json'), JSON.stringify(settings));
const open = (...args: readonly string[]) => {
	pty = spawnPty(command(...args), {
		columns: 60,
		rows: 15,
		env: {HOME: home, XDG_CONFIG_HOME: join(home, '.config'), TMUX: ''},
	});
	return pty;
};

const refused = `${JSON.stringify({
	type: 'system',
	subtype: 'api_error',
	sessionId: 's1',
	uuid: '1',
	timestamp: new Date().toISOString(),
	cwd: '/home/dev/shop',
	error: {
		status: 403,
		message:
			'403 User: arn:aws:iam::123456789012:user/alice is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5 because no identity-based policy allows the bedrock:InvokeModel action',
	},
})}\n`;

describe('what is newly wrong', () => {
	test('is told to the terminal where one asks for it, besides the bell', async () => {
		const folder = join(home, '.claude', 'projects', 'shop');
		mkdirSync(folder, {recursive: true});
		const opened = open('--no-aws', '--notify', 'osc9');
		await opened.waitFor(/files now/);
		writeFileSync(join(folder, 's1.jsonl'), refused);
		const visible = () => opened.output().replaceAll('\u001b', '<esc>').replaceAll('\u0007', '<bel>');
		const notified = /<esc>\]9;✗ opus-5\.5 no IAM policy allows it[^<]*<bel>/;
		await expect.poll(visible, {timeout: 15_000}).toMatch(notified);
		expect(visible().replace(/<esc>\][^<]*<bel>/g, '')).toContain('<bel>');
	}, 60_000);

	test.each([
		['osc9', false, '\u001b]9;✗ a, b\u0007'],
		['osc777', false, '\u001b]777;notify;bedtop;✗ a, b\u0007'],
		['osc9', true, '\u001bPtmux;\u001b\u001b]9;✗ a, b\u0007\u001b\\'],
	] as const)('%s, in tmux: %s', (protocol, isInTmux, sequence) => {
		expect(notification(protocol, '✗ a; b', isInTmux)).toBe(sequence);
	});
});

describe('the config file', () => {
	test('gives keys, theme and signs of one’s own', async () => {
		configure({keys: {quit: 'Q', freeze: 'F'}, theme: 'high-contrast', ascii: true});
		const opened = open('--demo');
		await opened.waitFor('+ bedrock');
		opened.write('qF');
		await opened.waitFor('frozen');
		expect(opened.output()).not.toContain('✓');
		opened.write('Q');
		expect(await opened.exited).toBe(0);
	}, 60_000);

	test.each([
		[{keys: {freeze: 'q'}}, '“keys”: The key “q” is given to both “quit” and “freeze”.'],
		[{theme: 'neon'}, '“theme” is one of default, dim, high-contrast, colour-blind, not “neon”.'],
		[{notify: true}, '“notify” needs a value.'],
		[{keys: 'q'}, '“keys” is an object of commands and their keys.'],
	])('%j is one sentence and exit code 64', async (settings, sentence) => {
		configure(settings);
		const {code, stderr} = await runBedtop(['--demo', '--once'], {
			HOME: home,
			XDG_CONFIG_HOME: join(home, '.config'),
		});
		expect({code, stderr}).toEqual({
			code: 64,
			stderr: `~/.config/bedtop/config.json: ${sentence} Try bedtop --help.\n`,
		});
	});
});

test('with a screen reader the screen is sentences, trouble first, and no more than fit', async () => {
	pty = spawnPty(command('--demo'), {columns: 100, rows: 24, env: {HOME: home, INK_SCREEN_READER: 'true'}});
	await pty.waitFor('Refused: fable-5.2');
	await pty.waitFor('Proven: the sessions are routed through Bedrock.');
	expect(pty.output()).not.toMatch(/[✓✗▲│▁-█]/);
	pty.write('q');
	expect(await pty.exited).toBe(0);
}, 60_000);
