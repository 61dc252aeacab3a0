import {homedir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {systemClock} from '../polling/clock.ts';
import type {Machine} from '../sources/machine.ts';

/** A folder of ours where the XDG rules put it. */
const ownFolder = (
	variable: 'XDG_CACHE_HOME' | 'XDG_CONFIG_HOME' | 'XDG_STATE_HOME',
	...otherwise: readonly string[]
) => join(process.env[variable] || join(homedir(), ...otherwise), 'bedtop');

/** What can be asked for again. */
export const cacheDirectory = (): string => ownFolder('XDG_CACHE_HOME', '.cache');
/** What the person wrote. */
export const configFile = (): string => join(ownFolder('XDG_CONFIG_HOME', '.config'), 'config.json');
/** What a running program keeps for others. */
export const stateDirectory = (): string => ownFolder('XDG_STATE_HOME', '.local', 'state');

const claudeDirectories = (asked: readonly string[], home: string): readonly string[] => {
	if (asked.length > 0) return asked;
	const configured = (process.env.CLAUDE_CONFIG_DIR ?? '').split(',').map(path => path.trim());
	const named = configured.filter(path => path !== '');
	if (named.length > 0) return named;
	return [join(home, '.claude'), join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'claude')];
};

/** This machine as the process sees it, with the folders of Claude Code that were asked for. */
export const localMachine = (asked: readonly string[]): Machine => {
	const home = homedir();
	const shell = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		claudeDirectories: claudeDirectories(asked, home),
		home,
		cwd: process.cwd(),
		platform: process.platform,
		shell: new Map(shell),
		now: systemClock.now,
	};
};
