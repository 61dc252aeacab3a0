import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {createKeymap} from '../../source/screen/input/keymap.ts';
import {keySign} from '../../source/screen/input/keys.ts';
import {runBedtop} from '../support/cli.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'readme.md'), 'utf8');
const blocks = [...readme.matchAll(/```(?:\w*)\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');

test('shows --help as it is', async () => {
	const {stdout} = await runBedtop(['--help']);
	expect(blocks.map(block => block.trimEnd())).toContain(stdout.trimEnd());
});

test('gives the test command that CI runs', () => {
	const ci = readFileSync(join(root, '.ci/run'), 'utf8');
	expect(ci).toContain('\nnpm ci && npm test\n');
	expect(readme).toContain('npm ci && npm test ');
	expect(readme).toContain('npm ci && npm run demo ');
	expect(packageJson.scripts).toHaveProperty('demo');
});

test('shows a frame of the demo with all four panes', () => {
	const frame = blocks.find(block => block.startsWith('bedtop DEMO')) ?? '';
	for (const title of ['1 Routing', '2 Spend', '3 Models', '4 Calls', '? help']) expect(frame).toContain(title);
});

test('names every key', () => {
	const keys = readme.slice(readme.indexOf('## Keys'), readme.indexOf('## What it asks'));
	for (const {keys: bound} of createKeymap().bindings) {
		for (const key of bound) expect(keys).toContain(`\`${keySign(key)}\``);
	}
});
