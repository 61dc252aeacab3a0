import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {configSchema} from '../source/cli/config-schema.ts';
import {help} from '../source/cli/help.ts';

/** Writes what follows from the table of options into files that are read without running it; tests tell when it is stale. */
const root = join(import.meta.dirname, '..');
writeFileSync(join(root, 'config.schema.json'), `${JSON.stringify(configSchema(), undefined, 2)}\n`);

const readme = join(root, 'readme.md');
const usage = /(?<=^## Usage\n\n```\n)[\s\S]*?(?=^```)/m;
writeFileSync(
	readme,
	readFileSync(readme, 'utf8').replace(usage, () => help),
);
