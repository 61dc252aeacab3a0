import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {readConfiguration} from '../../../source/sources/sessions/settings.ts';
import {type Answer, build, type Row, rows} from '../../support/configuration-rows.ts';

/** What Claude Code 2.1.330 answered on the same machines: see `test/claude/configurations.claude.ts`. */
const truth: Readonly<Record<string, Answer>> = JSON.parse(
	await readFile(new URL('../../domain/routing/configuration-truth.json', import.meta.url), 'utf8'),
);

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bedtop-truth-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

const ourNames: Readonly<Record<string, string>> = {
	firstParty: 'first-party',
	anthropicAws: 'anthropic-aws',
	anthropicGoogleCloud: 'unknown',
};

/** `--settings` as `readSettingsArgument` would have it. */
const argumentOf = (flag: string | undefined, cwd: string) => {
	if (flag === undefined) return undefined;
	return flag.startsWith('{') ? {json: JSON.parse(flag)} : {file: join(flag.startsWith('/') ? '' : cwd, flag)};
};

const ours = async (row: Row): Promise<Answer> => {
	const home = await mkdtemp(join(folder, 'home-'));
	const {cwd, shell, flag, managed} = await build(row, home);
	const {provider, region, baseUrl, mantle} = await readConfiguration({
		claudeDirectory: shell.CLAUDE_CONFIG_DIR ?? join(home, '.claude'),
		cwd,
		shell: new Map(Object.entries(shell)),
		home,
		platform: 'linux',
		managedDirectory: managed,
		settingsArgument: argumentOf(flag, cwd),
	});
	return {provider, region, baseUrl, mantle};
};

test('the table is large, and each row has a name and an answer of its own', () => {
	const names = rows.map(({name}) => name);
	expect(names.length).toBeGreaterThan(200);
	expect(new Set(names).size).toBe(names.length);
	expect(Object.keys(truth).sort()).toEqual(names.sort());
});

test.each(rows.map(row => [row.name, row] as const))('%s', async (name, row) => {
	const theirs = truth[name];
	const provider = ourNames[theirs?.provider ?? ''] ?? theirs?.provider;
	const expected = {...theirs, provider, ...row.deliberate?.ours};
	const answer = await ours(row);
	// Only where the CLI signed a request is its region known.
	const region = expected.region ?? answer.region;
	expect(answer).toEqual({...expected, region});
});

test('each answer that differs on purpose still does, and says why', () => {
	for (const {name, deliberate} of rows.filter(row => row.deliberate !== undefined)) {
		expect(deliberate?.because).not.toBe('');
		expect(truth[name]).not.toMatchObject(deliberate?.ours ?? {});
	}
});
