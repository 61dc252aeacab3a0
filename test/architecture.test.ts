import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {expect, test} from 'vitest';

const source = resolve(import.meta.dirname, '../source');

/** Folder → the folders of ours it may import, and the packages. The rule book of the house. */
const rules: Record<string, {ours: string[]; packages: RegExp}> = {
	domain: {ours: ['domain'], packages: /^$/},
	state: {ours: ['domain', 'state'], packages: /^(valibot|reselect)$/},
	polling: {ours: ['polling'], packages: /^$/},
	sources: {
		ours: ['domain', 'state', 'sources'],
		packages: /^(node:.*|@aws-sdk\/.*|@smithy\/(core\/(config|endpoints|protocols)|signature-v4)|valibot)$/,
	},
	screen: {
		ours: ['domain', 'state', 'screen'],
		packages: /^(chalk|cli-truncate|string-width|sparkly|pretty-ms)$/,
	},
	output: {ours: ['domain', 'state', 'screen', 'output'], packages: /^(chalk|pretty-ms)$/},
	hooks: {ours: ['polling', 'domain', 'state', 'hooks'], packages: /^react$/},
	components: {ours: ['screen', 'components'], packages: /^(react|ink)$/},
	demo: {ours: ['domain', 'demo'], packages: /^node:.*$/},
	app: {
		ours: ['app', 'hooks', 'components', 'output', 'screen', 'sources', 'state', 'domain', 'polling', 'demo'],
		packages: /^(node:.*|react|ink|valibot)$/,
	},
	cli: {
		ours: ['cli', 'app', 'output', 'screen', 'state', 'domain', 'polling', 'sources'],
		packages: /^(node:.*|meow|leven)$/,
	},
};

/** Some layers may know a type of another without depending on its code. */
const typesOnly: Record<string, string[]> = {hooks: ['sources'], components: ['domain'], app: ['cli']};

type Import = {readonly file: string; readonly from: string; readonly isType: boolean};

const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));

const importsOf = (file: string): readonly Import[] => {
	const text = readFileSync(join(source, file), 'utf8');
	const statements = text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm);
	return [...statements].map(([, type, fixed, dynamic]) => ({
		file,
		from: fixed ?? dynamic ?? '',
		isType: type !== undefined,
	}));
};

const layerOf = (path: string): string => {
	const [first = ''] = path.split('/');
	return first.replace(/\.tsx?$/, '');
};

const imports = files.flatMap(importsOf);

const isAllowed = ({file, from, isType}: Import): boolean => {
	const layer = layerOf(file);
	const rule = rules[layer];
	if (from.endsWith('/package.json')) return layer === 'cli';
	if (rule === undefined) return true;
	if (!from.startsWith('.')) return rule.packages.test(from);
	const target = layerOf(relative(source, resolve(source, dirname(file), from)));
	return rule.ours.includes(target) || (isType && (typesOnly[layer] ?? []).includes(target));
};

test('each layer imports only what it may', () => {
	expect(imports.length).toBeGreaterThan(100);
	expect(imports.filter(entry => !isAllowed(entry)).map(({file, from}) => `${file} → ${from}`)).toEqual([]);
});

test('the rule book covers every folder, and only the entry stands above it', () => {
	expect([...new Set(files.map(layerOf))].sort()).toEqual(Object.keys(rules).sort());
	expect(files.filter(file => !file.includes('/'))).toEqual(['cli.tsx']);
});

test('no folder has outgrown 25 files', () => {
	const folders = Map.groupBy(files, dirname);
	expect([...folders].filter(([, inside]) => inside.length > 25).map(([folder]) => folder)).toEqual([]);
});

test('there are no import cycles', () => {
	const graph = new Map(
		files.map(file => [
			file,
			importsOf(file)
				.filter(({from, isType}) => from.startsWith('.') && !isType)
				.map(({from}) => relative(source, resolve(source, dirname(file), from))),
		]),
	);
	const done = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) throw new Error(`cycle: ${[...path, file].join(' → ')}`);
		if (done.has(file)) return;
		for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	expect(done.size).toBeGreaterThanOrEqual(files.length);
});

test('time, chance and the process are touched only where they may be', () => {
	const forbidden = /\bDate\.now\(|\bsetTimeout\(|\bsetInterval\(|Math\.random|process\.(env|stdout|exit)/;
	const free = /^(cli\.tsx|polling\/clock\.ts|(?:app|cli)\/.*)$/;
	const offenders = files.filter(file => !free.test(file) && forbidden.test(readFileSync(join(source, file), 'utf8')));
	expect(offenders).toEqual([]);
	const exits = files.filter(file => /process\.exit\(/.test(readFileSync(join(source, file), 'utf8')));
	expect(exits).toEqual(['cli/run-cli.ts']);
});

/** Comments, strings and patterns, told apart well enough for this code. */
const tokens =
	/\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?:Error\()?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<=[=(,:[!&|?]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

/** Three words in a row; commands are none, and neither is what a bug throws. */
const readsLikeSentence = (token: string): boolean =>
	/^['"`](?!aws )/.test(token) && /\b[a-z]+,? [a-z]+ [a-z]+\b/.test(token.replace(/\$\{[^}]*\}/g, '…'));

test('domain and state speak data, and screen words it; the one exception is the table of causes', () => {
	const wordless = files.filter(file => /^(domain|state)\//.test(file) && !file.startsWith('domain/refusals/causes/'));
	const offenders = wordless.flatMap(file => {
		const found = readFileSync(join(source, file), 'utf8').match(tokens) ?? [];
		return found.filter(readsLikeSentence).map(token => `${file}: ${token}`);
	});
	expect(offenders).toEqual([]);
	const causes = readFileSync(join(source, 'domain/refusals/causes/models.ts'), 'utf8').match(tokens) ?? [];
	expect(causes.filter(readsLikeSentence).length).toBeGreaterThan(10);
});

test('domain and state leave clock times and days as people read them to screen', () => {
	const shown = /\bgetHours\(|toLocale\w*String\(|toFixed\(|Intl\./;
	const inner = files.filter(file => /^(domain|state)\//.test(file));
	expect(inner.filter(file => shown.test(readFileSync(join(source, file), 'utf8')))).toEqual([]);
});

test('no file has outgrown 250 lines', () => {
	const long = files.filter(file => readFileSync(join(source, file), 'utf8').split('\n').length > 251);
	expect(long).toEqual([]);
});

test('the entry loads nothing but node:* before it has looked at the Node version', () => {
	const fixed = importsOf('cli.tsx').filter(({from}) => !from.startsWith('.'));
	expect(fixed.map(({from}) => from)).toEqual(['node:module', 'node:process']);
});

test('the status line reads what is kept on disk without loading anything that draws, parses or asks', () => {
	const seen = new Set<string>();
	const visit = (file: string): void => {
		if (seen.has(file)) return;
		seen.add(file);
		const text = readFileSync(join(source, file), 'utf8');
		for (const [, from = ''] of text.matchAll(/^(?:import|export)\s+(?!type\s)[^'"]*?from\s+'([^']+)'/gm)) {
			if (from.startsWith('.')) visit(relative(source, resolve(source, dirname(file), from)));
			else seen.add(from);
		}
	};
	visit('cli/status-cli.ts');
	const packages = [...seen].filter(name => !name.includes('.ts'));
	expect(packages.sort()).toEqual(['node:fs', 'node:os', 'node:path', 'node:process', 'pretty-ms', 'valibot']);
});
