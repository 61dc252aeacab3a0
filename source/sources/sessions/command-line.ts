import {readlink} from 'node:fs/promises';
import {resolve} from 'node:path';
import {record} from '../../domain/common/json.ts';
import {parseModelId} from '../../domain/models/model-id.ts';
import {readPlainText} from '../files/plain-file.ts';

/** What `claude --settings` was given: a file, or the settings themselves. */
export type SettingsArgument = {readonly file: string} | {readonly json: unknown};

/** The last `--name X` or `--name=X` before a lone `--`; the first word is the program. */
const optionValue = (words: readonly string[], name: string): string | undefined => {
	const end = words.indexOf('--');
	const options = words.slice(1, end === -1 ? undefined : end);
	let found: string | undefined;
	for (const [index, word] of options.entries()) {
		if (word === name) found = options[index + 1] ?? found;
		if (word.startsWith(`${name}=`)) found = word.slice(name.length + 1);
	}
	return found === undefined || found.trim() === '' ? undefined : found;
};

/** Claude Code takes what reads as a JSON object for settings and all else for a path (measured with 2.1.330). */
const parseInline = (value: string): unknown => {
	try {
		return record(JSON.parse(value));
	} catch {
		return undefined;
	}
};

const wordsOf = async (pid: number, proc: string): Promise<readonly string[]> => {
	const line = await readPlainText(`${proc}/${pid}/cmdline`).catch(() => '');
	return line.split('\0').slice(0, -1);
};

/**
 * The id that a running session was started with as `--model`, from `/proc/<pid>/cmdline`: Linux only. An alias such as
 * `opus` names no profile, and nothing else of the command line is kept.
 */
export const readModelArgument = async (pid: number, proc = '/proc'): Promise<string | undefined> => {
	const {kind, profile} = parseModelId(optionValue(await wordsOf(pid, proc), '--model') ?? '');
	return kind === 'unknown' || kind === 'bare' ? undefined : profile;
};

/**
 * What a running session was started with as `--settings`, from `/proc/<pid>/cmdline`: Linux only, undefined
 * elsewhere and where it cannot be read. The text may hold secrets: hand it to `readConfiguration` and nowhere else.
 */
export const readSettingsArgument = async (pid: number, proc = '/proc'): Promise<SettingsArgument | undefined> => {
	const value = optionValue(await wordsOf(pid, proc), '--settings');
	if (value === undefined) return undefined;
	const json = parseInline(value);
	if (json !== undefined) return {json};
	const cwd = await readlink(`${proc}/${pid}/cwd`).catch(() => undefined);
	// A relative path means nothing without the folder the session was started in.
	if (cwd === undefined && !value.startsWith('/')) return undefined;
	return {file: resolve(cwd ?? '/', value)};
};
