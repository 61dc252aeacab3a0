import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';

const root = join(import.meta.dirname, '../../transcripts/clients');

/** What one client wrote in one situation, as `projects/` holds it. */
export const fixtureOf = (version: string, situation: string): string => join(root, version, situation);

/** The transcripts below a folder. */
const transcriptsIn = (folder: string): readonly string[] =>
	existsSync(folder)
		? readdirSync(folder, {recursive: true, encoding: 'utf8'})
				.filter(name => name.endsWith('.jsonl'))
				.sort()
				.map(name => join(folder, name))
		: [];

const linesOf = (file: string): readonly Record<string, unknown>[] =>
	readFileSync(file, 'utf8')
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line));

/** All lines of a situation, in the order of their files. */
export const linesIn = (folder: string): readonly Record<string, unknown>[] => transcriptsIn(folder).flatMap(linesOf);

const isModelLine = ({attachment}: Record<string, unknown>) =>
	(attachment as {type?: string} | undefined)?.type === 'model';
const kept: ReadonlySet<unknown> = new Set(['assistant', 'system', 'cost-state']);

/** Keeps what a client wrote: prompts, attachments and requests left out, the folder renamed, all else as it was. */
export const keepFixture = (version: string, situation: string, home: string, cwd: string): void => {
	const folder = fixtureOf(version, situation);
	rmSync(folder, {recursive: true, force: true});
	const projects = join(home, '.claude/projects');
	for (const file of transcriptsIn(projects)) {
		const lines = linesOf(file).filter(line => kept.has(line.type) || isModelLine(line));
		if (lines.length === 0) continue;
		const text = lines.map(line => JSON.stringify(line).replaceAll(cwd, '/home/dev/shop')).join('\n');
		if (text.includes(home)) throw new Error(`${file} names the home it was written in`);
		mkdirSync(join(folder, '-home-dev-shop'), {recursive: true});
		writeFileSync(join(folder, '-home-dev-shop', basename(file)), `${text}\n`);
	}
};

/** Puts a fixture where a client of that home would have written it. */
export const placeFixture = (version: string, situation: string, home: string): void =>
	cpSync(fixtureOf(version, situation), join(home, '.claude/projects'), {recursive: true});
