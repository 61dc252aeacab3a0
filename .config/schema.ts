import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {configSchema} from '../source/cli/config-schema.ts';

/** Writes config.schema.json, which the package ships for editors, from the table of options. */
writeFileSync(join(import.meta.dirname, '../config.schema.json'), `${JSON.stringify(configSchema(), undefined, 2)}\n`);
