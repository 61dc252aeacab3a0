import {readdir, readFile, stat} from 'node:fs/promises';
import {dirname, join, resolve, sep} from 'node:path';
import type {Configuration} from '../domain/configuration.ts';
import {record} from '../domain/json.ts';
import {
	type ConfigurationLayer,
	configurationVariables,
	effectiveValue,
	resolveConfiguration,
} from '../domain/resolve-configuration.ts';
import {complaint, isGone} from './file-error.ts';
import {readProfileRegion} from './profile-region.ts';

type ReadConfigurationOptions = {
	/** Where the person's own `settings.json` lies, such as `~/.claude`. */
	readonly claudeDirectory: string;
	/** The folder a session was started in; without one, only what holds everywhere is read. */
	readonly cwd?: string | undefined;
	/** The environment Claude Code was started with, as far as it is known. */
	readonly shell: ReadonlyMap<string, string>;
	readonly home: string;
	readonly platform: NodeJS.Platform;
	/** Where the administrator's settings lie, if not in the platform's place. */
	readonly managedDirectory?: string | undefined;
};

/** Administrators may also use a macOS profile or the Windows registry, which are not read here. */
const managedDirectoryOf = (platform: NodeJS.Platform): string => {
	if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
	return platform === 'win32' ? 'C:\\Program Files\\ClaudeCode' : '/etc/claude-code';
};

/** Where V8 stopped reading. The rest of its message quotes the file, which may hold secrets. */
const placeIn = (error: unknown): string => {
	const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
	return place ? ` (line ${place[1]}, column ${place[2]})` : '';
};

/** Only the variables that matter stay in memory: a settings file may hold keys and tokens. */
const keepKnown = (entries: Iterable<readonly [string, unknown]>): ReadonlyMap<string, string> => {
	const known = new Map<string, string>();
	for (const [name, value] of entries) {
		const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
		if (configurationVariables.has(name) && isScalar) known.set(name, String(value));
	}
	return known;
};

/** Claude Code takes a repository that belongs to somebody else for no repository. */
const isOwnedLike = async (path: string, home: string): Promise<boolean> => {
	const [here, there] = await Promise.all([stat(path), stat(home)]).catch(() => []);
	return here === undefined || here.uid === there?.uid;
};

/**
 * Where `.claude/settings.local.json` counts from Claude Code 2.1.211 on: the repository's root, except on Windows,
 * outside a repository, and where the root is the home folder or somebody else's (docs: settings).
 */
const repositoryRoot = async (cwd: string, home: string, platform: NodeJS.Platform): Promise<string | undefined> => {
	if (platform === 'win32') return undefined;
	for (let folder = resolve(cwd); ; folder = dirname(folder)) {
		const isRoot = await stat(join(folder, '.git')).then(
			() => true,
			() => false,
		);
		if (isRoot) return folder !== resolve(home) && (await isOwnedLike(folder, home)) ? folder : undefined;
		if (folder === dirname(folder)) return undefined;
	}
};

/** The settings files that bear on a folder, highest precedence first. */
const listFiles = async (options: ReadConfigurationOptions): Promise<readonly string[]> => {
	const {claudeDirectory, cwd, home, platform} = options;
	const managed = options.managedDirectory ?? managedDirectoryOf(platform);
	const fragments = join(managed, 'managed-settings.d');
	const names = await readdir(fragments).catch(() => []);
	const isFragment = (name: string) => name.endsWith('.json') && !name.startsWith('.');
	const files = names.filter(isFragment).sort().reverse();
	const paths = [...files.map(name => join(fragments, name)), join(managed, 'managed-settings.json')];
	if (cwd !== undefined) {
		const root = await repositoryRoot(cwd, home, platform);
		const roots = root === undefined ? [cwd] : [root, cwd];
		paths.push(...roots.map(folder => join(folder, '.claude', 'settings.local.json')));
		paths.push(join(cwd, '.claude', 'settings.json'));
	}
	return [...new Set([...paths, join(claudeDirectory, 'settings.json')].map(path => resolve(path)))];
};

/**
 * What Claude Code would do in a folder, from the settings files and the shell, as of now: saved changes apply to
 * running sessions, except for removed keys. Flags (`--settings`) and folders not yet trusted are beyond its sight.
 */
export const readConfiguration = async (options: ReadConfigurationOptions): Promise<Configuration> => {
	const {home, shell} = options;
	const findings: string[] = [];
	const shorten = (path: string) => (path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path);

	/** Strict JSON, as Claude Code reads it: one comment or trailing comma drops the whole file. */
	const readLayer = async (path: string): Promise<ConfigurationLayer | undefined> => {
		const name = shorten(path);
		const source = await readFile(path, 'utf8').catch((error: unknown) => {
			if (!isGone(error)) findings.push(`cannot read ${complaint(name, error)}`);
			return undefined;
		});
		if (source === undefined) return undefined;
		try {
			const settings = record(JSON.parse(source));
			if (settings === undefined) findings.push(`${name} is not a JSON object: Claude Code ignores the whole file`);
			return {name, env: keepKnown(Object.entries(record(settings?.env) ?? {}))};
		} catch (error) {
			findings.push(`${name} is not valid JSON${placeIn(error)}: Claude Code ignores the whole file`);
			return undefined;
		}
	};

	const files = await Promise.all((await listFiles(options)).map(readLayer));
	const layers: readonly ConfigurationLayer[] = [
		...files.filter(layer => layer !== undefined),
		{name: 'the shell', env: keepKnown(shell), isShell: true},
	];
	const profile = effectiveValue(layers, 'AWS_PROFILE')?.value ?? 'default';
	const found = await readProfileRegion({
		profile,
		home,
		credentialsFile: effectiveValue(layers, 'AWS_SHARED_CREDENTIALS_FILE')?.value,
		configFile: effectiveValue(layers, 'AWS_CONFIG_FILE')?.value,
	});
	const profileRegion = found && {region: found.region, from: `profile ${profile} in ${shorten(found.file)}`};
	const configuration = resolveConfiguration({layers, profileRegion});
	return {...configuration, findings: [...findings.sort(), ...configuration.findings]};
};
