import {readFileSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {build, type Metafile, type Plugin} from 'esbuild';

type Output = Metafile['outputs'][string];

type Program = {
	/** Where the files are. */
	readonly outdir: string;
	/** The file that all goes into, by its name there. */
	readonly entry: string;
	readonly outputs: Metafile['outputs'];
	/** What stands at the beginning of each file, and then once at the beginning of the one. */
	readonly banner: string;
};

/** What an output imports before it runs, and what that imports in turn. */
const importedAtOnce = (outputs: Metafile['outputs'], path: string, seen = new Set<string>()): ReadonlySet<string> => {
	for (const {path: next, kind} of (outputs[path] as Output).imports) {
		if (kind !== 'import-statement' || outputs[next] === undefined || seen.has(next)) continue;
		seen.add(next);
		importedAtOnce(outputs, next, seen);
	}
	return seen;
};

const list = (names: readonly string[]): string => `{${names.join(',')}}`;
const from = (path: string): string => JSON.stringify(path.startsWith('.') ? path : `./${path}`);

/**
 * Makes one file of an entry and of all that it imports at once: each file to open costs, and there are some thirty
 * because what is loaded later shares them. Those stay as the names of what is now in the one.
 */
export const toOneFile = async ({outdir, entry, outputs, banner}: Program): Promise<void> => {
	const nameOf = (path: string) => relative(outdir, resolve(path));
	const main = Object.keys(outputs).find(path => nameOf(path) === entry) as string;
	const parts = [...importedAtOnce(outputs, main)].map((path, number) => {
		const names = (outputs[path] as Output).exports.map(name => [name, `part${number}_${name}`] as const);
		return {name: nameOf(path), names};
	});
	const exported = [
		{name: entry, names: (outputs[main] as Output).exports.map(name => [name, name] as const)},
		...parts,
	];
	const contents = exported.map(({name, names}) =>
		names.length === 0
			? `import ${from(name)};`
			: `export ${list(names.map(([own, shared]) => `${own} as ${shared}`))} from ${from(name)};`,
	);
	const asOne: Plugin = {
		name: 'as-one',
		setup({onResolve, onLoad}) {
			onResolve({filter: /^\./}, ({path, kind, resolveDir}) =>
				kind === 'dynamic-import'
					? {path: `./${relative(outdir, resolve(resolveDir, path))}`, external: true}
					: {path: resolve(resolveDir, path), sideEffects: true},
			);
			onLoad({filter: /\.js$/}, ({path}) => ({contents: readFileSync(path, 'utf8').replace(banner, '')}));
		},
	};
	const {outputFiles} = await build({
		stdin: {contents: contents.join('\n'), resolveDir: outdir, sourcefile: 'parts.js'},
		...{bundle: true, format: 'esm', platform: 'node', target: 'node22', minify: true, write: false},
		...{banner: {js: banner}, legalComments: 'none', logLevel: 'warning', plugins: [asOne]},
	});
	writeFileSync(join(outdir, entry), (outputFiles[0] as (typeof outputFiles)[number]).contents);
	for (const {name, names} of parts) {
		const one = join(relative(dirname(name), '.'), basename(entry));
		const again = list(names.map(([own, shared]) => `${shared} as ${own}`));
		writeFileSync(
			join(outdir, name),
			names.length === 0 ? `import ${from(one)};\n` : `export${again}from${from(one)};\n`,
		);
	}
};
