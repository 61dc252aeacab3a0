import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {configDirectory} from '../app/machine.ts';
import {noDiscounts} from '../domain/money/discount.ts';
import {type ConfigFile, readConfigFile} from './config-file.ts';
import {UsageError} from './options.ts';

/** What stands in the person's config file. Throws UsageError where that cannot be used. */
export const readConfig = (): ConfigFile => {
	const path = join(configDirectory(), 'config.json');
	if (!existsSync(path)) return {flags: {}, discounts: noDiscounts};
	const file = readConfigFile(path);
	if (file.fault !== undefined) throw new UsageError(file.fault);
	return file;
};
