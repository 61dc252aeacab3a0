import {homedir} from 'node:os';
import {parseJson, record} from '../domain/common/json.ts';
import {formatFolder} from '../screen/text/format.ts';
import {fileReason} from '../screen/words/file-problem.ts';
import {codeOf, isGone} from '../sources/files/file-error.ts';
import {readPlainTextSync} from '../sources/files/plain-file-sync.ts';
import {UsageError} from './usage-error.ts';

/** What the person wrote into the config file, not yet checked, by the options' names in the table. */
export type ConfigFile = {
	/** As sentences name it. */
	readonly path: string;
	readonly settings: Readonly<Record<string, unknown>>;
};

/** Reads the config file; one that is not there says nothing. Throws UsageError where it cannot be used. */
export const readConfigFile = (file: string): ConfigFile => {
	const path = formatFolder(file, homedir());
	let content: string;
	try {
		content = readPlainTextSync(file);
	} catch (error) {
		if (isGone(error)) return {path, settings: {}};
		throw new UsageError(`${path} cannot be read (${fileReason(codeOf(error))}).`);
	}
	const written = record(parseJson(content));
	if (written === undefined) throw new UsageError(`${path} is not a JSON object.`);
	const {$schema: _, ...settings} = written;
	return {path, settings};
};
