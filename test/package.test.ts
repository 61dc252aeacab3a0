import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';

const root = join(import.meta.dirname, '..');
const [packed] = JSON.parse(
	execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: root, encoding: 'utf8'}),
);
const paths: readonly string[] = packed.files.map(({path}: {path: string}) => path);

describe('the package', () => {
	test('holds the program, its notices and what one reads first, and nothing else', () => {
		const others = paths.filter(path => !/^dist\/(?:chunks\/)?[\w-]+\.js$/.test(path)).sort();
		expect(others).toEqual([
			'config.schema.json',
			'dist/third-party-notices.txt',
			'license',
			'package.json',
			'readme.md',
		]);
		expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/status-cli.js']));
	});

	test('is at most 3 MB', () => {
		expect(packed.size).toBeLessThanOrEqual(3_000_000);
	});
});

describe('the notices of third parties', () => {
	const notices = readFileSync(join(root, 'dist/third-party-notices.txt'), 'utf8');

	test.each(['ink', 'react', 'yoga-layout', 'valibot', '@aws-sdk/client-cloudtrail', '@smithy/core', 'bowser'])(
		'name %s with its version and licence',
		name => {
			const {version, license} = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
			expect(notices).toContain(`\n${name} ${version} (${license})\n`);
		},
	);

	test('hold the texts that MIT and Apache-2.0 ask for', () => {
		expect(notices).toMatch(/Permission is hereby granted, free of charge/);
		expect(notices).toMatch(/Apache License\s+Version 2\.0, January 2004/);
	});

	test('name nothing that only builds or tests', () => {
		expect(notices).not.toMatch(/^(?:vitest|typescript|esbuild|@xterm\/headless|fast-check) \d/m);
	});
});
