import {realpath} from 'node:fs/promises';
import {delimiter, isAbsolute, relative, sep} from 'node:path';
import {configurationVariables, secretVariables, withoutSecret} from '../../domain/routing/configuration-layer.ts';

/** What any program may need to start. */
const common = /^(HOME|USER|LOGNAME|USERPROFILE|SHELL|TERM|TMPDIR|LANG|LC_[A-Z]+|TZ|XDG_[A-Z]+_HOME|SystemRoot)$/;

const isHarmless = (name: string) =>
	common.test(name) || (configurationVariables.has(name) && !secretVariables.has(name));

const isInside = (path: string, folder: string): boolean => {
	const way = relative(folder, path);
	return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
};

const realOf = (path: string): Promise<string> => realpath(path).catch(() => path);

/**
 * The entries of a `PATH` from which a program may be run although others wrote these folders: absolute ones outside of
 * them. A folder that holds the person's home is the person's own.
 */
const safePath = async (path: string, folders: readonly string[], home: string): Promise<string> => {
	const [realHome, ...realFolders] = await Promise.all([home, ...folders].map(realOf));
	const foreign = realFolders.filter(folder => realHome === undefined || !isInside(realHome, folder));
	const entries = path.split(delimiter).filter(isAbsolute);
	const real = await Promise.all(entries.map(realOf));
	return entries.filter((_, index) => !foreign.some(folder => isInside(real[index] ?? '', folder))).join(delimiter);
};

type Question = {
	readonly shell: ReadonlyMap<string, string>;
	/** Folders of sessions, whose content is not trusted. */
	readonly folders: readonly string[];
	readonly home: string;
};

/**
 * All that `claude` gets to see: where it looks for settings, no key and no token. Undefined where it could only be
 * found in a folder that others may have written.
 */
export const claudeEnvironment = async ({
	shell,
	folders,
	home,
}: Question): Promise<Readonly<Record<string, string>> | undefined> => {
	const path = await safePath(shell.get('PATH') ?? '', folders, home);
	// An empty PATH means the folder that the program is run in.
	if (path === '') return undefined;
	const seen = [...shell]
		.filter(([name]) => isHarmless(name))
		.map(([name, value]) => [name, withoutSecret(name, value)]);
	return {...Object.fromEntries(seen), PATH: path};
};
