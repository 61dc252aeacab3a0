import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {optionsFor} from '../../source/cli/arguments.ts';
import {commandNames} from '../../source/cli/commands.ts';
import {completionFor} from '../../source/cli/completion.ts';
import {completionScript} from '../../source/cli/completion-script.ts';
import {flagOf} from '../../source/cli/options.ts';
import {runBedtop} from '../support/cli.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-completion-'));
	mkdirSync(join(folder, 'claude code'));
	writeFileSync(join(folder, 'my prices.json'), '{}');
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;
const ask = (shell: string, args: readonly string[]) =>
	execFileSync(shell, args, {cwd: folder, encoding: 'utf8', env: {...process.env, HOME: folder}})
		.split('\n')
		.filter(line => line !== '');

/** What the shell says of a script that it only reads. */
const readBy = (shell: string, script: string) => {
	const file = join(folder, 'script');
	writeFileSync(file, script);
	const {status, stderr} = spawnSync(shell, ['-n', file], {encoding: 'utf8', env: {...process.env, HOME: folder}});
	return {shell, status, stderr};
};
const fine = (shell: string) => ({shell, status: 0, stderr: ''});

/** What bash offers behind these words; the last one is being typed. */
const inBash = (words: readonly string[]): readonly string[] => {
	const script = `${completionFor('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bedtop 2>/dev/null
[ \${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "\${COMPREPLY[@]}"`;
	return ask('bash', ['-c', script, 'bash', ...words]);
};

/** The same in fish, which answers for a command line. */
const inFish = (line: string): readonly string[] => {
	writeFileSync(join(folder, 'bedtop.fish'), completionFor('fish'));
	return ask('fish', ['-N', '-c', `source bedtop.fish; complete -C '${line}'`]).map(text =>
		text.replace(/\/?\t.*|\/$/, ''),
	);
};

type Case = {readonly typed: string; readonly offered: readonly string[]; readonly missing?: readonly string[]};

/** Typed words, and some of what must and must not be offered. */
const cases: readonly Case[] = [
	{typed: 'bedtop ', offered: ['doctor', 'policy', 'prices', 'status', 'completion'], missing: ['--json']},
	{typed: 'bedtop do', offered: ['doctor'], missing: ['policy']},
	{typed: 'bedtop --re', offered: ['--region', '--refresh'], missing: ['--refresh-prices', '--json']},
	{
		typed: 'bedtop -',
		offered: ['--no-aws', '--no-bell', '--claude-dir', '--demo', '--help'],
		missing: ['--aws', '--bell', '--format'],
	},
	{typed: 'bedtop --region us-', offered: ['us-east-1', 'us-west-2'], missing: ['eu-west-1']},
	{typed: 'bedtop --profile ', offered: [], missing: ['doctor', 'default']},
	{typed: 'bedtop --since ', offered: ['1h', '24h', '30d', '7d', 'month', 'today']},
	{typed: 'bedtop doctor --js', offered: ['--json']},
	{typed: 'bedtop doctor ', offered: [], missing: ['policy']},
	{typed: 'bedtop status --', offered: ['--format', '--claude-dir', '--help'], missing: ['--region']},
	{typed: 'bedtop status --format ', offered: ['plain', 'tmux']},
	{typed: 'bedtop completion ', offered: ['bash', 'zsh', 'fish'], missing: ['doctor']},
	{typed: 'bedtop completion -', offered: [], missing: ['--json']},
	{typed: 'bedtop help ', offered: ['prices', 'replay'], missing: ['bash']},
	{typed: 'bedtop --prices my', offered: ['my prices.json']},
	{typed: 'bedtop --claude-dir ', offered: ['claude code'], missing: ['my prices.json']},
];

describe.skipIf(!has('bash'))('bash', () => {
	test.each(cases)('$typed', ({typed, offered, missing = []}) => {
		const reply = inBash(typed.split(' '));
		expect(reply).toEqual(expect.arrayContaining([...offered]));
		for (const word of missing) expect(reply).not.toContain(word);
		if (offered.length === 0) expect(reply).toEqual([]);
	});

	test('does not take a value for a command', () => {
		expect(inBash(['bedtop', '--profile', 'doctor', 'po'])).toEqual(['policy']);
	});

	test('knows --option=value, which it gets as three words', () => {
		expect(inBash(['bedtop', '--region', '=', 'eu-n'])).toEqual(['eu-north-1']);
		expect(inBash(['bedtop', 'status', '--format', '='])).toEqual(['plain', 'tmux']);
		expect(inBash(['bedtop', '--profile', '=', 'doctor', 'pol'])).toEqual(['policy']);
	});
});

describe.skipIf(!has('fish'))('fish', () => {
	test.each(cases)('$typed', ({typed, offered, missing = []}) => {
		const reply = inFish(typed);
		expect(reply).toEqual(expect.arrayContaining([...offered]));
		for (const word of missing) expect(reply).not.toContain(word);
	});
});

test.skipIf(!has('zsh'))('zsh can read its script', () => {
	expect(readBy('zsh', completionFor('zsh'))).toEqual(fine('zsh'));
});

test.each(['bash', 'zsh', 'fish'])(
	'the script for %s names every option and command, and is what is printed',
	async shell => {
		const script = completionFor(shell);
		const typed = [undefined, ...commandNames].flatMap(optionsFor);
		for (const name of new Set(typed)) {
			expect(script).toContain(shell === 'fish' ? ` -l ${flagOf(name).slice(2)} ` : flagOf(name));
		}
		for (const name of commandNames) expect(script).toContain(name);
		expect(await runBedtop(['completion', shell])).toEqual({code: 0, stderr: '', stdout: script});
	},
);

test('quotes whatever stands in the tables', () => {
	const words = `it's "all" [of] $(it) \\ here: \`now\``;
	const option = {flag: '--x', words, hasValue: true, values: ['a', 'b']} as const;
	const table = {options: [option], commands: [{name: 'go', words}]};
	for (const shell of ['bash', 'zsh', 'fish'].filter(has)) {
		expect(readBy(shell, completionScript(shell, table) ?? '')).toEqual(fine(shell));
	}
});

test.each([
	[['completion'], 'completion is for bash, zsh or fish: bedtop completion bash.'],
	[['completion', 'csh'], 'completion is for bash, zsh or fish: bedtop completion bash.'],
	[['completion', 'bash', 'now'], '“now” is one word too many.'],
])('%j is one sentence and exit code 64', async (args, sentence) => {
	expect(await runBedtop(args)).toEqual({code: 64, stdout: '', stderr: `${sentence} Try bedtop --help.\n`});
});
