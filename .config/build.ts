import {readdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {build, type Plugin} from 'esbuild';
import {builtins} from './builtins.ts';
import {thirdPartyNotices} from './notices.ts';
import {toOneFile} from './one-file.ts';

const root = join(import.meta.dirname, '..');
const entry = process.argv[2] ?? join(root, 'source/cli.tsx');
const outdir = process.argv[3] ?? join(root, 'dist');

/**
 * Bundled on their own: chunks shared with the monitor would be a dozen files to open before one line can be printed,
 * and the program itself is one file up to its first frame.
 */
const apart = /\/(?:status|run)-cli\.ts$/;

/** Bundled CommonJS may require Node's own modules. */
const banner = "const require=process.getBuiltinModule?.('node:module').createRequire(import.meta.url);";

const bundle = (entryPoint: string, plugins: readonly Plugin[] = []) =>
	build({
		entryPoints: [entryPoint],
		outdir,
		bundle: true,
		// Chunks: nothing of the AWS SDK is read before the first frame is on screen.
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		format: 'esm',
		platform: 'node',
		target: 'node22',
		mainFields: ['module', 'main'],
		minify: true,
		external: ['react-devtools-core'],
		define: {
			// React's development build costs 1.6 times as much per frame.
			'process.env.NODE_ENV': '"production"',
			// Yoga asks for fetch to load its WebAssembly from a data URL, and with that pulls in all of undici: 20 ms.
			// Without it the same bytes are decoded in place. Nothing else in the bundle fetches; the AWS SDK uses node:http.
			fetch: 'undefined',
		},
		banner: {js: banner},
		legalComments: 'none',
		logLevel: 'warning',
		metafile: true,
		plugins: [...plugins],
	});

const leaveApart: Plugin = {
	name: 'apart',
	setup({onResolve}) {
		onResolve({filter: apart}, ({path, kind}) =>
			kind === 'dynamic-import' ? {path: `./${basename(path, '.ts')}.js`, external: true} : undefined,
		);
	},
};

const isProgram = process.argv[2] === undefined;
const outputs = [
	await bundle(entry, isProgram ? [leaveApart, builtins] : []),
	...(isProgram
		? [
				await bundle(join(root, 'source/cli/status-cli.ts'), [builtins]),
				await bundle(join(root, 'source/cli/run-cli.ts'), [builtins]),
			]
		: []),
].map(({metafile}) => metafile.outputs);
if (isProgram) {
	await toOneFile({outdir, entry: 'run-cli.js', outputs: Object.assign({}, ...outputs), banner});
	const notices = thirdPartyNotices(outputs.flatMap(Object.values), root);
	writeFileSync(join(outdir, 'third-party-notices.txt'), notices);
}

// Old chunks go last, so that a program that is just starting always finds its files.
const written = new Set(outputs.flatMap(Object.keys).map(path => relative(outdir, path)));
for (const file of readdirSync(outdir, {recursive: true, encoding: 'utf8'})) {
	if (file.endsWith('.js') && !written.has(file)) rmSync(join(outdir, file));
}
