import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {renderSvg} from '../../.config/svg.ts';
import {readCells} from '../support/cells.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

test('the committed pictures show what the demo draws now: else npm run pictures', async () => {
	await run(process.execPath, [join(root, '.config/pictures.ts'), '--check']);
});

test('there is one for each of three sizes, small enough for a readme', () => {
	const pictures = readdirSync(join(root, 'pictures')).filter(name => name.endsWith('.svg'));
	expect(pictures.sort()).toEqual(['100x30.svg', '160x50.svg', '60x15.svg']);
	for (const name of pictures) expect(readFileSync(join(root, 'pictures', name)).length).toBeLessThan(150_000);
});

const caption = {title: 'A <title> & more', description: '"Described"'};

/** What a terminal of 20 columns shows after that was written to it, as a picture. */
const picture = async (written: string): Promise<string> => {
	const terminal = new xterm.Terminal({cols: 20, rows: 2, allowProposedApi: true});
	await new Promise<void>(resolve => terminal.write(written, resolve));
	return renderSvg(readCells(terminal), caption);
};

/** The texts of a terminal's content: attributes and what is written. The first is the window's title. */
const texts = (svg: string) =>
	[...svg.matchAll(/<text class="(\w+)" ([^>]*)>([^<]*)<\/text>/g)].slice(1).map(([, , fit, text]) => [fit, text]);

const paths = (svg: string) => [...svg.matchAll(/<path (.*) d="(.*)"\/>/g)].map(([, look, path]) => [look, path]);

/** Every tag closed in its turn, nothing unescaped between them. */
const isWellFormed = (svg: string): boolean => {
	const open: string[] = [];
	for (const [, text = '', end, name = '', attributes = '', alone] of svg.matchAll(
		/([^<]*)<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>\n?/gy,
	)) {
		const isEscaped = !/&(?!amp;|lt;|gt;|quot;)/.test(text + attributes) && !text.includes('>');
		if (!isEscaped || (end === '/' && open.pop() !== name)) return false;
		if (end === '' && alone === '') open.push(name);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
		if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(text)) return false;
		if (name === 'svg' && end === '/') return open.length === 0;
	}
	return false;
};

describe('a picture', () => {
	test('is named and described, and escapes what others wrote', async () => {
		const svg = await picture('<script>&"\'');
		expect(svg).toContain('<title id="title">A &lt;title&gt; &amp; more</title>');
		expect(svg).toContain('<desc id="description">&quot;Described&quot;</desc>');
		expect(texts(svg)).toEqual([[expect.anything(), "&lt;script&gt;&amp;&quot;'"]]);
	});

	test('is well-formed whatever was on the screen', async () => {
		const strings = fc.oneof(fc.string({unit: 'binary'}), fc.string({unit: 'grapheme'}));
		await fc.assert(
			fc.asyncProperty(strings, async written => {
				expect(isWellFormed(await picture(written))).toBe(true);
			}),
		);
		expect(isWellFormed('<svg><a></svg>')).toBe(false);
	});

	test('holds letters to their columns in any font, and begins anew after a gap', async () => {
		expect(texts(await picture('one word  another'))).toEqual([
			['y="44.8" x="14" textLength="64"', 'one word'],
			['y="44.8" x="94" textLength="56"', 'another'],
		]);
	});

	test('leaves wide characters and unusual signs to themselves, so that they move nothing', async () => {
		expect(texts(await picture('ab项目≥cd'))).toEqual([
			['y="44.8" x="22" text-anchor="middle"', 'ab'],
			['y="44.8" x="38" text-anchor="middle"', '项'],
			['y="44.8" x="54" text-anchor="middle"', '目'],
			['y="44.8" x="66" text-anchor="middle"', '≥'],
			['y="44.8" x="78" text-anchor="middle"', 'cd'],
		]);
	});

	test.each([
		['▁', 'M14 47.13h8v1.88h-8z', undefined],
		['▄█', 'M14 41.5h8v7.5h-8zM22 34h8v15h-8z', undefined],
		['▏', 'M14 32h1v17h-1z', undefined],
		['░', 'M14 32h8v17h-8z', 'fill-opacity="0.25"'],
		['───', 'M14 40.5H38', 'stroke-width="1"'],
		['│', 'M17.5 32V49', 'stroke-width="1"'],
		['├', 'M17.5 40.5H22M17.5 32V49', 'stroke-width="1"'],
		['⡀', 'M16 46.85h0', 'stroke-width="2.4"'],
		['─ ─', 'M14 40.5H22M30 40.5H38', 'stroke-width="1"'],
	])('draws %s instead of setting it', async (written, path, look) => {
		const svg = await picture(written);
		expect(texts(svg)).toEqual([]);
		expect(paths(svg)).toEqual([[look === undefined ? expect.anything() : expect.stringContaining(look), path]]);
	});

	test.each(['✓', '✗', '▲', '▸', '→', '←', '↑', '↓', '⇧'])('draws %s within its cell', async sign => {
		const svg = await picture(sign);
		expect(texts(svg)).toEqual([]);
		expect(paths(svg)).toHaveLength(1);
	});

	test.each([
		['as it is', '', 'fill:#d9dce3', undefined],
		['bold', '1', 'fill:#d9dce3;font-weight:700', undefined],
		['dim', '2', 'fill:#8f9197', undefined],
		['red', '31', 'fill:#ff7b72', undefined],
		['bright red', '91', 'fill:#ffa198', undefined],
		['inverse', '7', 'fill:#15171c', '#d9dce3'],
		['green behind', '42', 'fill:#d9dce3', '#7ee087'],
	])('shows text that is %s', async (_, code, style, behind) => {
		const svg = await picture(`\u001b[${code}mtext`);
		expect(svg).toContain(`.t0{${style}}`);
		expect(paths(svg)[0]?.[0]).toBe(behind && `fill="${behind}"`);
	});
});
