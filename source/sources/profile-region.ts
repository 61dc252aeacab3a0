import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

type ProfileRegionOptions = {
	readonly profile: string;
	readonly home: string;
	/** `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE`, where set. */
	readonly credentialsFile?: string | undefined;
	readonly configFile?: string | undefined;
};

/** `[default]`, `[x]` in the credentials file; in the config file every profile but the default one is `[profile x]`. */
const profileIn = (line: string, isConfig: boolean): string | undefined => {
	const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1];
	if (section === undefined) return undefined;
	const named = /^profile\s+["']?(.*?)["']?$/.exec(section)?.[1];
	return isConfig ? (named ?? (section === 'default' ? section : '')) : section;
};

/**
 * The region of a profile in the text of an AWS shared file, or undefined. Everything else, keys above all, is
 * passed over. Indented lines belong to a nested setting such as `s3 =` and do not count.
 */
const regionOf = (ini: string, profile: string, isConfig: boolean): string | undefined => {
	let current: string | undefined;
	let region: string | undefined;
	for (const line of ini.split(/\r?\n/)) {
		current = profileIn(line, isConfig) ?? current;
		const value = /^region\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line)?.[1];
		if (current === profile && value) region = value;
	}
	return region;
};

/**
 * Where the AWS profile in effect says it is: the shared credentials file is asked first, then the config file
 * (Claude Code ≥ 2.1.172; docs: amazon-bedrock).
 */
export const readProfileRegion = async ({
	profile,
	home,
	credentialsFile = join(home, '.aws', 'credentials'),
	configFile = join(home, '.aws', 'config'),
}: ProfileRegionOptions): Promise<{readonly region: string; readonly file: string} | undefined> => {
	for (const file of [credentialsFile, configFile]) {
		const path = file.startsWith('~/') ? join(home, file.slice(2)) : file;
		const ini = await readFile(path, 'utf8').catch(() => '');
		const region = regionOf(ini, profile, file === configFile);
		if (region !== undefined) return {region, file: path};
	}
	return undefined;
};
