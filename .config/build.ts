import {readdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {build, type Plugin} from 'esbuild';
import {thirdPartyNotices} from './notices.ts';

const root = join(import.meta.dirname, '..');
const entry = process.argv[2] ?? join(root, 'source/cli.tsx');
const outdir = process.argv[3] ?? join(root, 'dist');

/** Bundled on its own: chunks shared with the monitor would be a dozen files to open before one line can be printed. */
const apart = /\/status-cli\.ts$/;

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
		// Bundled CommonJS may require Node's own modules.
		banner: {
			js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
		},
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
	await bundle(entry, [leaveApart]),
	...(isProgram ? [await bundle(join(root, 'source/cli/status-cli.ts'))] : []),
].map(({metafile}) => metafile.outputs);
if (isProgram) {
	const notices = thirdPartyNotices(outputs.flatMap(Object.values), root);
	writeFileSync(join(outdir, 'third-party-notices.txt'), notices);
}

// Old chunks go last, so that a program that is just starting always finds its files.
const written = new Set(outputs.flatMap(Object.keys).map(path => relative(outdir, path)));
for (const file of readdirSync(outdir, {recursive: true, encoding: 'utf8'})) {
	if (file.endsWith('.js') && !written.has(file)) rmSync(join(outdir, file));
}
