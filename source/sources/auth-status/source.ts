import type {ConfiguredProvider} from '../../domain/routing/configuration.ts';
import {mapOf} from '../../state/fields/field.ts';
import {configuredProvider} from '../../state/fields/routing.ts';
import {folder} from '../../state/fields/values.ts';
import {defineSource} from '../source.ts';
import {askClaude} from './auth-status.ts';
import {claudeEnvironment} from './claude-program.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		/** By folder; `''` is where bedtop was started. */
		readonly 'auth-status': ReadonlyMap<string, ConfiguredProvider>;
	}
}

/** Folders of running sessions are many, and each question starts a program. */
const mostFolders = 4;
const patienceMs = 3000;
const hourMs = 3_600_000;

/** What `claude auth status` answers here and in the folders of running sessions. */
export const authStatus = defineSource({
	name: 'auth-status',
	scope: 'once',
	isOn: ({purpose, isDemo}) => purpose === 'doctor' && !isDemo,
	pace: {everyMs: hourMs, maxDelayMs: hourMs},
	round: [['sessions', 'identity']],
	slice: mapOf(folder, configuredProvider),
	open: ({machine: {cwd, home, shell}, getState}) => ({
		async read(dispatch) {
			const running = getState()
				.sessions.filter(session => session.running)
				.map(session => session.cwd);
			const folders = [...new Set([cwd, ...running])].slice(0, mostFolders);
			const env = await claudeEnvironment({shell, folders, home});
			const opinions = new Map<string, ConfiguredProvider>();
			for (const one of folders) {
				const said = env && (await askClaude({cwd: one, home, env, timeoutMs: patienceMs}));
				if (said !== undefined) opinions.set(one === cwd ? '' : one, said.provider);
			}
			dispatch({type: 'slice', source: 'auth-status', value: opinions});
		},
		explain: error => ({kind: 'unexpected', message: `claude auth status cannot be run: ${String(error)}`}),
	}),
});
