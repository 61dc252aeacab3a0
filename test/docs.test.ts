import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '..');

test.each(['readme.md', 'contributing.md', 'docs/architecture.md'])('every file that %s points at is there', page => {
	const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(
		([, path = '']) => path,
	);
	expect(links.length).toBeGreaterThan(0);
	expect(links.filter(path => !existsSync(join(root, dirname(page), path)))).toEqual([]);
});
