import {join, resolve} from 'node:path';
import {readPlainText} from '../files/plain-file.ts';

type ProfileRegionOptions = {
	readonly profile: string;
	readonly home: string;
	/** What relative paths start from: the folder Claude Code was started in. */
	readonly cwd?: string | undefined;
	/** `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE`, where set. */
	readonly credentialsFile?: string | undefined;
	readonly configFile?: string | undefined;
};

/** The name of a section as the AWS SDK for JavaScript 3.936 reads it: `profile work` becomes `profile.work`. */
const sectionOf = (line: string): string | undefined => {
	if (!line.startsWith('[') || !line.endsWith(']')) return undefined;
	const name = line.slice(1, -1);
	const typed = /^(profile|sso-session|services)\s(["']?)([\w\-@+.%:/]+)\2$/.exec(name);
	return typed ? `${typed[1]}.${typed[3]}` : name;
};

/**
 * The `region` of each section in the text of an AWS shared file. Everything else, keys above all, is passed over.
 * As in the SDK, an indented line after a name without a value (`s3 =`) belongs to that name.
 */
const regionsOf = (ini: string): ReadonlyMap<string, string> => {
	const regions = new Map<string, string>();
	let section: string | undefined;
	let nested = false;
	for (const whole of ini.split(/\r?\n/)) {
		const line = whole.split(/(?:^|\s)[;#]/)[0]?.trim() ?? '';
		const opened = sectionOf(line);
		if (opened !== undefined) {
			section = opened;
			nested = false;
			continue;
		}
		const equals = line.indexOf('=');
		if (section === undefined || equals < 1) continue;
		const value = line.slice(equals + 1).trim();
		if (value === '') {
			nested = true;
			continue;
		}
		nested &&= /^\s/.test(whole);
		const isRegion = !nested && line.slice(0, equals).trim() === 'region';
		if (isRegion) regions.set(section, value);
	}
	return regions;
};

/** In the config file `[profile default]` beats `[default]`; in the credentials file sections have bare names. */
const regionIn = (regions: ReadonlyMap<string, string>, profile: string, isConfig: boolean): string | undefined => {
	if (!isConfig) return regions.get(profile);
	return regions.get(`profile.${profile}`) ?? (profile === 'default' ? regions.get('default') : undefined);
};

/**
 * Where the AWS profile in effect says it is: the shared credentials file is asked first, then the config file
 * (Claude Code ≥ 2.1.172; docs: amazon-bedrock; measured by the region that 2.1.330 signs its calls for).
 */
export const readProfileRegion = async ({
	profile,
	home,
	cwd = home,
	credentialsFile = join(home, '.aws', 'credentials'),
	configFile = join(home, '.aws', 'config'),
}: ProfileRegionOptions): Promise<{readonly region: string; readonly file: string} | undefined> => {
	const files = [
		{file: credentialsFile, isConfig: false},
		{file: configFile, isConfig: true},
	];
	for (const {file, isConfig} of files) {
		const path = file.startsWith('~/') ? join(home, file.slice(2)) : resolve(cwd, file);
		const ini = await readPlainText(path).catch(() => '');
		const region = regionIn(regionsOf(ini), profile, isConfig);
		if (region !== undefined) return {region, file: path};
	}
	return undefined;
};
