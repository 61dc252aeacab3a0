import type {SessionModel} from '../../domain/replies/turn.ts';
import type {Configuration} from '../../domain/routing/configuration.ts';
import {configurationVariables} from '../../domain/routing/resolve-configuration.ts';
import type {SessionFile} from '../../domain/routing/session.ts';
import type {State} from '../../state/state.ts';
import {explainLocal, requireDirectory} from '../machine.ts';
import {defineSource} from '../source.ts';
import {readModelArgument, readSettingsArgument, type SettingsArgument} from './command-line.ts';
import {createSessions, readLaunchEnvironment} from './sessions.ts';
import {readConfiguration} from './settings.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly sessions: undefined;
	}
}

/** Settings of more folders than this are not looked up: nobody runs so many sessions at once. */
const mostFolders = 32;

const foldersOf = (sessions: readonly SessionFile[], {proofs, spendSince}: State): readonly string[] => {
	const running = sessions.filter(session => session.running).map(({cwd}) => cwd);
	const replied = [...proofs.since(spendSince)].map(({cwd}) => cwd);
	const folders = [...running, ...replied].filter(folder => folder !== undefined);
	return [...new Set(folders)].slice(0, mostFolders);
};

/** Running sessions, and what settings and shell make of each one's folder. */
export const sessions = defineSource({
	name: 'sessions',
	scope: 'once',
	isOn: () => true,
	// A session that dies leaves its file behind, so the pids are looked at again even when no file changes.
	pace: {everyMs: 5000, maxDelayMs: 30_000},
	// They decide which regions are asked; the second time the transcripts have named the folders that replied.
	round: [[], ['transcripts']],
	open({machine, getState}) {
		const {claudeDirectories, home, platform, managedDirectory, isAlive, procStartOf} = machine;
		const files = createSessions({directories: claudeDirectories, isAlive, procStartOf});
		const launchEnvironmentOf = machine.launchEnvironmentOf ?? readLaunchEnvironment;
		const modelArgumentOf = machine.modelArgumentOf ?? readModelArgument;
		const settingsArgumentOf = machine.settingsArgumentOf ?? readSettingsArgument;
		const asked = new Set<string>();
		/** What sessions were started with as their model: their first word on it. A command line never changes. */
		const startedWith = async (found: readonly SessionFile[]): Promise<readonly SessionModel[]> => {
			const words = found.map(async ({pid, sessionId, startedAt, running}) => {
				const key = `${pid} ${sessionId}`;
				if (!running || startedAt === undefined || asked.has(key)) return [];
				asked.add(key);
				const model = await modelArgumentOf(pid);
				return model === undefined ? [] : [{sessionId, model, at: startedAt}];
			});
			return (await Promise.all(words)).flat();
		};
		const claudeDirectory = claudeDirectories[0] ?? home;
		const configure = (
			cwd: string,
			shell: ReadonlyMap<string, string>,
			settingsArgument?: SettingsArgument,
		): Promise<Configuration> =>
			readConfiguration({claudeDirectory, cwd, shell, home, platform, managedDirectory, settingsArgument});
		return {
			async read(dispatch) {
				const [{sessions: found, problems}, base] = await Promise.all([
					files.read(),
					configure(machine.cwd, machine.shell),
				]);
				const pids = new Map(found.filter(({running}) => running).map(({cwd, pid}) => [cwd, pid]));
				const configured = foldersOf(found, getState()).map(async folder => {
					// The shell that launched a session is better evidence than the one this program runs in.
					const pid = pids.get(folder);
					const launched = pid === undefined ? undefined : await launchEnvironmentOf(pid, configurationVariables);
					const argument = pid === undefined ? undefined : await settingsArgumentOf(pid);
					return [folder, await configure(folder, launched ?? machine.shell, argument)] as const;
				});
				const byFolder = new Map(await Promise.all(configured));
				dispatch({type: 'configuration', base, byFolder});
				await requireDirectory(machine);
				dispatch({type: 'sessions', sessions: found});
				const models = await startedWith(found);
				if (models.length > 0) dispatch({type: 'transcripts', turns: [], failures: [], models});
				dispatch({type: 'notes', source: 'sessions', notes: problems});
			},
			explain: explainLocal,
			watch: onChange => files.watch(onChange),
		};
	},
});
