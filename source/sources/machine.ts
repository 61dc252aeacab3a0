import {access} from 'node:fs/promises';
import type {Problem} from '../domain/common/problem.ts';
import type {readModelArgument, readSettingsArgument} from './sessions/command-line.ts';
import type {readLaunchEnvironment} from './sessions/sessions.ts';

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
	readonly modelArgumentOf?: typeof readModelArgument | undefined;
};

class NoClaudeDirectory extends Error {}

const isThere = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	);

/** Rejects where none of Claude Code's folders exists. */
export const requireDirectory = async ({claudeDirectories}: Machine): Promise<void> => {
	const found = await Promise.all(claudeDirectories.map(isThere));
	if (!found.includes(true)) {
		throw new NoClaudeDirectory(`no Claude Code folder at ${claudeDirectories.join(' or ')}`);
	}
};

export const explainLocal = (error: unknown): Problem => {
	const message = error instanceof Error ? error.message : String(error);
	if (error instanceof NoClaudeDirectory) {
		return {kind: 'unexpected', message: `There is ${message}.`, fix: 'name it with --claude-dir'};
	}
	return {kind: 'unexpected', message: `Files of this machine cannot be read: ${message}`};
};
