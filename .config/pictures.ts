import '../test/support/env.ts';
import './jsx.ts';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {renderSvg} from './svg.ts';

// Times are local, and React's development build says more than it draws.
Object.assign(process.env, {TZ: 'UTC', NODE_ENV: 'production'});
const {demoScreens} = await import('./demo-screen.tsx');

const folder = join(import.meta.dirname, '../pictures');
const sizes = [
	{columns: 60, rows: 15},
	{columns: 100, rows: 30},
	{columns: 160, rows: 50},
] as const;

const converters = [
	['rsvg-convert', '--zoom', '2', '--output', 'PNG', 'SVG'],
	['inkscape', '--export-dpi', '192', '--export-filename', 'PNG', 'SVG'],
	['magick', '-density', '192', 'SVG', 'PNG'],
] as const;

/** By the first program there is. They stay out of the repository: each machine's fonts make other pixels. */
const convert = (path: string): void => {
	const names: Readonly<Record<string, string>> = {SVG: path, PNG: path.replace(/\.svg$/, '.png')};
	const isDone = converters.some(([command, ...words]) => {
		return (
			spawnSync(
				command,
				words.map(word => names[word] ?? word),
			).status === 0
		);
	});
	if (!isDone) throw new Error('For PNGs one of rsvg-convert, inkscape and magick has to be installed.');
};

const isCheck = process.argv.includes('--check');
const screens = await demoScreens(sizes);
if (!isCheck) mkdirSync(folder, {recursive: true});
for (const [index, {columns, rows}] of sizes.entries()) {
	const path = join(folder, `${columns}x${rows}.svg`);
	const svg = renderSvg(screens[index] ?? [], {
		title: `bedtop --demo, ${columns}×${rows}`,
		description: `The screen of bedtop in a terminal of ${columns} columns and ${rows} rows, over the simulated account of its demo.`,
	});
	if (!isCheck) writeFileSync(path, svg);
	else if (!existsSync(path) || readFileSync(path, 'utf8') !== svg) {
		console.error(`pictures/${columns}x${rows}.svg is not what the demo shows now: npm run pictures`);
		process.exitCode = 1;
	}
	if (process.argv.includes('--png')) convert(path);
}
