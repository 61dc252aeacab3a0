import {access, readdir, stat} from 'node:fs/promises';
import {dirname, join, resolve, sep} from 'node:path';
import type {Configuration} from '../../domain/routing/configuration.ts';
import {type ConfigurationLayer, effectiveValue, layersInEffect} from '../../domain/routing/configuration-layer.ts';
import {resolveConfiguration} from '../../domain/routing/resolve-configuration.ts';
import type {SettingsArgument} from './command-line.ts';
import {readProfileRegion} from './profile-region.ts';
import {type FileKind, keepKnown, layerOf, type ReadLayer, readLayer} from './settings-file.ts';

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
	/** What a running session was started with as `--settings`. */
	readonly settingsArgument?: SettingsArgument | undefined;
};

/**
 * Administrators may also use a macOS profile (`/Library/Managed Preferences/com.anthropic.claudecode.plist`) or the
 * Windows registry (`HKLM\SOFTWARE\Policies\ClaudeCode`), which are not read here.
 */
const managedDirectoryOf = (platform: NodeJS.Platform): string => {
	if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
	return platform === 'win32' ? 'C:\\Program Files\\ClaudeCode' : '/etc/claude-code';
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

/** The administrator's files, highest precedence first: the last fragment by name, at the end the main file. */
const listManaged = async ({managedDirectory, platform}: ReadConfigurationOptions): Promise<readonly string[]> => {
	const managed = managedDirectory ?? managedDirectoryOf(platform);
	const fragments = join(managed, 'managed-settings.d');
	const names = await readdir(fragments).catch(() => []);
	const isFragment = (name: string) => name.endsWith('.json') && !name.startsWith('.');
	const files = names.filter(isFragment).sort().reverse();
	return [...files.map(name => join(fragments, name)), join(managed, 'managed-settings.json')].map(path =>
		resolve(path),
	);
};

/** The settings files of a folder itself, highest precedence first. */
const listOfFolder = async ({cwd, home, platform}: ReadConfigurationOptions): Promise<readonly string[]> => {
	if (cwd === undefined) return [];
	const root = await repositoryRoot(cwd, home, platform);
	const roots = root === undefined ? [cwd] : [root, cwd];
	const local = roots.map(folder => join(folder, '.claude', 'settings.local.json'));
	return [...new Set([...local, join(cwd, '.claude', 'settings.json')].map(path => resolve(path)))];
};

/**
 * Claude Code's state file, whose `env` counts above the shell and below all settings: not documented, but measured
 * with 2.1.330, as is the old name, which is preferred where such a file exists.
 */
const stateFile = async ({claudeDirectory, home, shell}: ReadConfigurationOptions): Promise<string> => {
	const old = join(claudeDirectory, '.config.json');
	const isOld = await access(old).then(
		() => true,
		() => false,
	);
	if (isOld) return old;
	const isDefault = resolve(claudeDirectory) === join(resolve(home), '.claude') && !shell.get('CLAUDE_CONFIG_DIR');
	return join(isDefault ? home : claudeDirectory, '.claude.json');
};

/** `--settings` counts below the administrator's files and above all others. */
const readArgument = async (
	argument: SettingsArgument | undefined,
	shorten: (path: string) => string,
): Promise<ReadLayer> => {
	if (argument === undefined) return {findings: []};
	if ('json' in argument) return layerOf('--settings', argument.json, 'own');
	return readLayer({path: argument.file, name: `--settings ${shorten(argument.file)}`, kind: 'own'});
};

/**
 * What Claude Code would do in a folder, from the settings files and the shell, as of now: saved changes apply to
 * running sessions, except for removed keys. Folders not yet trusted are beyond its sight, and so are an
 * administrator's macOS profile and Windows registry.
 */
export const readConfiguration = async (options: ReadConfigurationOptions): Promise<Configuration> => {
	const {home, shell, cwd} = options;
	const shorten = (path: string) => (path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path);
	const [managed, ofFolder, state] = await Promise.all([
		listManaged(options),
		listOfFolder(options),
		stateFile(options),
	]);
	const own = resolve(options.claudeDirectory, 'settings.json');
	const folderNames = new Set(ofFolder.filter(path => path !== own).map(shorten));
	const readAll = (paths: readonly string[], kind: FileKind) =>
		paths.map(path => readLayer({path, name: shorten(path), kind}));
	const read = await Promise.all([
		...readAll(managed, 'managed'),
		readArgument(options.settingsArgument, shorten),
		...readAll([...new Set([...ofFolder, own])], 'own'),
		...readAll([state], 'state'),
	]);
	const layers: readonly ConfigurationLayer[] = [
		...read.flatMap(({layer}) => (layer === undefined ? [] : {...layer, isOfFolder: folderNames.has(layer.name)})),
		{name: 'the shell', env: keepKnown(shell), isShell: true},
	];
	const inEffect = layersInEffect(layers).layers;
	const profile = effectiveValue(inEffect, 'AWS_PROFILE')?.value ?? 'default';
	// A repository must not choose what is opened on the machine of whoever looks at it.
	const personal = inEffect.filter(({isOfFolder}) => isOfFolder !== true);
	const fileOf = (variable: string) => effectiveValue(personal, variable)?.value;
	const found = await readProfileRegion({
		...{profile, home, cwd},
		credentialsFile: fileOf('AWS_SHARED_CREDENTIALS_FILE'),
		configFile: fileOf('AWS_CONFIG_FILE'),
	});
	const ignored = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'].flatMap(variable => {
		const set = effectiveValue(inEffect, variable);
		return set === undefined || set.value === fileOf(variable) ? [] : [{kind: 'path-of-folder' as const, ...set}];
	});
	const profileRegion = found && {region: found.region, profile, from: shorten(found.file)};
	const configuration = resolveConfiguration({layers, profileRegion});
	const findings = read.flatMap(one => one.findings);
	return {...configuration, findings: [...findings, ...ignored, ...configuration.findings]};
};
