import {mkdir, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parseJson} from '../../domain/common/json.ts';
import {encode} from '../../state/fields/field.ts';
import {readPlainText} from './plain-file.ts';

/** Small things worth keeping between two runs: what was paid for, what rarely changes. Nothing secret. */
export type DiskCache = {
	/** What was kept under that name, as JSON and not yet checked; undefined where there is nothing readable. */
	read(name: string): Promise<unknown>;
	/** Keeps a value, of which a field's schema reads the rest; a disk that is full or read-only loses it. */
	write(name: string, value: unknown): Promise<void>;
};

const noCache: DiskCache = {read: async () => undefined, write: async () => undefined};

const inFolder = (directory: string): DiskCache => ({
	async read(name) {
		const content = await readPlainText(join(directory, `${name}.json`)).catch(() => '');
		return parseJson(content);
	},
	async write(name, value) {
		const path = join(directory, `${name}.json`);
		const draft = `${path}.${process.pid}`;
		try {
			await mkdir(directory, {recursive: true, mode: 0o700});
			await writeFile(draft, JSON.stringify(value, encode), {mode: 0o600});
			await rename(draft, path);
		} catch {
			// The next run asks again.
		}
	},
});

/**
 * JSON files of one folder, readable by their owner only, each replaced as a whole. Without a folder nothing is kept:
 * for runs that are not about this machine.
 */
export const createDiskCache = (directory: string | undefined): DiskCache =>
	directory === undefined ? noCache : inFolder(directory);
