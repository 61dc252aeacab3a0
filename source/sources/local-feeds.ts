import {access} from 'node:fs/promises';
import type {Note} from '../domain/common/note.ts';
import type {Problem} from '../domain/common/problem.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import {configurationVariables} from '../domain/routing/resolve-configuration.ts';
import type {SessionFile} from '../domain/routing/session.ts';
import type {State} from '../state/state.ts';
import type {Feed} from './feed.ts';
import {readSettingsArgument, type SettingsArgument} from './sessions/command-line.ts';
import {createSessions, readLaunchEnvironment} from './sessions/sessions.ts';
import {readConfiguration} from './sessions/settings.ts';
import {createTranscripts, type TranscriptProgress} from './transcripts/transcripts.ts';

/** This machine as the local sources see it; everything ambient comes from here. */
export type Machine = {
	/** Claude Code's configuration folders, the most important first. */
	readonly claudeDirectories: readonly string[];
	readonly home: string;
	/** Where this program was started: Claude Code started there would read that folder's settings. */
	readonly cwd: string;
	readonly platform: NodeJS.Platform;
	readonly shell: ReadonlyMap<string, string>;
	readonly now: () => number;
	readonly managedDirectory?: string | undefined;
	/** Stands in for the real process table where the sessions are made up. */
	readonly isAlive?: ((pid: number) => boolean) | undefined;
	readonly procStartOf?: ((pid: number) => Promise<string | undefined>) | undefined;
	readonly launchEnvironmentOf?: typeof readLaunchEnvironment | undefined;
	readonly settingsArgumentOf?: typeof readSettingsArgument | undefined;
};

class NoClaudeDirectory extends Error {}

const isThere = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	);

const requireDirectory = async (directories: readonly string[]) => {
	const found = await Promise.all(directories.map(isThere));
	if (!found.includes(true)) throw new NoClaudeDirectory(`no Claude Code folder at ${directories.join(' or ')}`);
};

const explainLocal = (error: unknown): Problem => {
	const message = error instanceof Error ? error.message : String(error);
	if (error instanceof NoClaudeDirectory) {
		return {kind: 'unexpected', message: `There is ${message}.`, fix: 'name it with --claude-dir'};
	}
	return {kind: 'unexpected', message: `Files of this machine cannot be read: ${message}`};
};

/** Reading that takes longer than this shows how far it is. */
const patienceMs = 500;

/** Replies and failed calls from the transcripts of this machine. */
export const createTranscriptsFeed = (machine: Machine, getState: () => State): Feed => {
	let report: ((progress: TranscriptProgress) => void) | undefined;
	const open = () =>
		createTranscripts({directories: machine.claudeDirectories, onProgress: progress => report?.(progress)});
	let transcripts = open();
	let reachesBackTo = Number.POSITIVE_INFINITY;
	let corruptLines = 0;
	/** Lines before the history were read and let go: a longer one begins again. */
	const reachBack = (since: number) => {
		const isLonger = Number.isFinite(reachesBackTo) && since < reachesBackTo;
		if (isLonger) [transcripts, corruptLines] = [open(), 0];
		reachesBackTo = Math.min(reachesBackTo, since);
	};
	return {
		name: 'transcripts',
		async read(dispatch, signal) {
			await requireDirectory(machine.claudeDirectories);
			const startedAt = machine.now();
			let isShown = false;
			report = ({bytes, bytesDone}) => {
				isShown ||= machine.now() - startedAt > patienceMs;
				if (isShown) dispatch({type: 'progress', progress: {bytes, bytesDone}});
			};
			const {historySince} = getState();
			reachBack(historySince);
			const batch = await transcripts.read({touchedSince: historySince, signal});
			if (isShown) dispatch({type: 'progress', progress: undefined});
			corruptLines += batch.corruptLines;
			const corrupt: readonly Note[] = corruptLines === 0 ? [] : [{kind: 'skipped-lines', lines: corruptLines}];
			const unreadable = batch.unreadable.map((problem): Note => ({kind: 'unreadable', ...problem}));
			dispatch({type: 'transcripts', turns: batch.turns, failures: batch.failures, models: batch.models});
			dispatch({type: 'notes', source: 'transcripts', notes: [...corrupt, ...unreadable]});
		},
		explain: explainLocal,
		watch: onChange => transcripts.watch(onChange),
	};
};

/** Settings of more folders than this are not looked up: nobody runs so many sessions at once. */
const mostFolders = 32;

const foldersOf = (sessions: readonly SessionFile[], {proofs, spendSince}: State): readonly string[] => {
	const running = sessions.filter(session => session.running).map(({cwd}) => cwd);
	const replied = [...proofs.values()].filter(({at}) => at >= spendSince).map(({cwd}) => cwd);
	const folders = [...running, ...replied].filter(folder => folder !== undefined);
	return [...new Set(folders)].slice(0, mostFolders);
};

/** Running sessions, and what settings and shell make of each one's folder. */
export const createSessionsFeed = (machine: Machine, getState: () => State): Feed => {
	const {claudeDirectories, home, platform, managedDirectory, isAlive, procStartOf} = machine;
	const sessions = createSessions({directories: claudeDirectories, isAlive, procStartOf});
	const launchEnvironmentOf = machine.launchEnvironmentOf ?? readLaunchEnvironment;
	const settingsArgumentOf = machine.settingsArgumentOf ?? readSettingsArgument;
	const claudeDirectory = claudeDirectories[0] ?? home;
	const configure = (
		cwd: string,
		shell: ReadonlyMap<string, string>,
		settingsArgument?: SettingsArgument,
	): Promise<Configuration> =>
		readConfiguration({claudeDirectory, cwd, shell, home, platform, managedDirectory, settingsArgument});
	return {
		name: 'sessions',
		async read(dispatch) {
			const [{sessions: files, problems}, base] = await Promise.all([
				sessions.read(),
				configure(machine.cwd, machine.shell),
			]);
			const pids = new Map(files.filter(({running}) => running).map(({cwd, pid}) => [cwd, pid]));
			const configured = foldersOf(files, getState()).map(async folder => {
				// The shell that launched a session is better evidence than the one this program runs in.
				const pid = pids.get(folder);
				const launched = pid === undefined ? undefined : await launchEnvironmentOf(pid, configurationVariables);
				const argument = pid === undefined ? undefined : await settingsArgumentOf(pid);
				return [folder, await configure(folder, launched ?? machine.shell, argument)] as const;
			});
			const byFolder = new Map(await Promise.all(configured));
			dispatch({type: 'configuration', base, byFolder});
			await requireDirectory(claudeDirectories);
			dispatch({type: 'sessions', sessions: files});
			dispatch({type: 'notes', source: 'sessions', notes: problems});
		},
		explain: explainLocal,
		watch: onChange => sessions.watch(onChange),
	};
};
