import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {count, parseJson, record, text} from '../../domain/common/json.ts';
import type {Note} from '../../domain/common/note.ts';
import {withoutSecret} from '../../domain/routing/configuration-layer.ts';
import type {SessionFile} from '../../domain/routing/session.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {readPlainBytes, readPlainText} from '../files/plain-file.ts';
import {watchTrees} from '../files/watch.ts';
import {existsAsProcess} from './process.ts';

type SessionsOptions = {
	/** Claude Code's configuration folders, such as `~/.claude`. */
	readonly directories: readonly string[];
	/** When the process with this pid started, in the unit of `procStart`; undefined where that cannot be known. */
	readonly procStartOf?: ((pid: number) => Promise<string | undefined>) | undefined;
	readonly isAlive?: ((pid: number) => boolean) | undefined;
};

export type Sessions = {
	/** All registered sessions, running or left behind; `problems` has one per file that could not be used. */
	read(): Promise<{readonly sessions: readonly SessionFile[]; readonly problems: readonly Note[]}>;
	/** Calls back on every change of the folders, uncoalesced; the result stops watching. */
	watch(onChange: () => void): () => void;
};

type Registration = Omit<SessionFile, 'running'> & {readonly procStart?: string | undefined};

/**
 * Field 22 of `/proc/<pid>/stat`, which Claude Code writes down as `procStart`; undefined off Linux.
 * Field 2 is the command in parentheses and may itself hold blanks and parentheses: the last `)` ends it.
 */
const linuxProcStart = async (pid: number): Promise<string | undefined> => {
	const stat = await readPlainText(`/proc/${pid}/stat`).catch(() => '');
	const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return text(fieldsFromThird[22 - 3]);
};

const readRegistration = (value: unknown, pidInName: number): Registration | undefined => {
	const file = record(value);
	const sessionId = text(file?.sessionId);
	const cwd = text(file?.cwd);
	if (file === undefined || sessionId === undefined || cwd === undefined) return undefined;
	return {
		pid: pidInName,
		sessionId,
		cwd,
		startedAt: count(file.startedAt),
		version: text(file.version),
		entrypoint: text(file.entrypoint),
		status: text(file.status),
		procStart: text(file.procStart) ?? count(file.procStart)?.toString(),
	};
};

/**
 * The Claude Code processes of this machine, from `sessions/<pid>.json`. Undocumented by Claude Code; shape measured
 * with 2.1.330. The `.key` files beside them hold secrets and are never opened.
 */
export const createSessions = ({
	directories,
	procStartOf = linuxProcStart,
	isAlive = existsAsProcess,
}: SessionsOptions): Sessions => {
	const roots = directories.map(directory => join(directory, 'sessions'));
	const lastGood = new Map<string, Registration>();

	const isRunning = async ({pid, procStart}: Registration): Promise<boolean> => {
		if (pid === 0 || !isAlive(pid)) return false;
		if (procStart === undefined) return true;
		const actual = await procStartOf(pid).catch(() => undefined);
		return actual === undefined || actual === procStart;
	};

	/** A file caught while it is rewritten is broken for a moment: what it said before stands in, once. */
	const readOne = async (path: string, pid: number, problems: Note[]): Promise<Registration | undefined> => {
		try {
			const good = readRegistration(parseJson(await readPlainText(path)), pid);
			if (good !== undefined) {
				lastGood.set(path, good);
				return good;
			}
		} catch (error) {
			lastGood.delete(path);
			if (!isGone(error)) problems.push({kind: 'unreadable', path, code: codeOf(error)});
			return undefined;
		}
		const before = lastGood.get(path);
		lastGood.delete(path);
		if (before === undefined) problems.push({kind: 'not-a-session', path});
		return before;
	};

	const list = async (root: string, problems: Note[]): Promise<readonly string[]> => {
		try {
			return (await readdir(root)).filter(name => /^\d+\.json$/.test(name)).sort();
		} catch (error) {
			if (!isGone(error)) problems.push({kind: 'unreadable', path: root, code: codeOf(error)});
			return [];
		}
	};

	return {
		async read() {
			const problems: Note[] = [];
			const sessions = new Map<string, SessionFile>();
			for (const root of roots) {
				for (const name of await list(root, problems)) {
					const registration = await readOne(join(root, name), Number.parseInt(name, 10), problems);
					if (registration === undefined) continue;
					const {procStart: _, ...session} = registration;
					const key = `${session.pid} ${session.sessionId}`;
					const running = await isRunning(registration);
					if (!sessions.get(key)?.running) sessions.set(key, {...session, running});
				}
			}
			return {sessions: [...sessions.values()], problems};
		},
		watch: onChange => watchTrees({roots, onChange}),
	};
};

/**
 * The given variables of the environment a process was launched with (Linux; undefined where it cannot be read).
 * A hint only: what Claude Code takes from settings files never shows here. Other variables are not even decoded; of
 * secrets only that they are set is kept.
 */
export const readLaunchEnvironment = async (
	pid: number,
	names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string> | undefined> => {
	const bytes = await readPlainBytes(`/proc/${pid}/environ`).catch(() => undefined);
	if (bytes === undefined) return undefined;
	const wanted = new Map<string, string>();
	for (let start = 0; start < bytes.length; ) {
		const nul = bytes.indexOf(0, start);
		const end = nul === -1 ? bytes.length : nul;
		const equals = bytes.indexOf('=', start);
		const hasName = equals !== -1 && equals < end;
		const name = hasName ? bytes.toString('utf8', start, equals) : '';
		if (names.has(name)) wanted.set(name, withoutSecret(name, bytes.toString('utf8', equals + 1, end)));
		start = end + 1;
	}
	bytes.fill(0);
	return wanted;
};
