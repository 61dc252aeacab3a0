import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

type Output = {readonly inputs: Readonly<Record<string, {readonly bytesInOutput: number}>>};

/** The folder of the package that a bundled file is from: `node_modules/@aws-sdk/core`, innermost where they nest. */
const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const isLicence = /^(?:licen[cs]e|copying)/i;
const isNotice = /^notice/i;

type Package = {
	readonly name: string;
	readonly version: string;
	/** SPDX expression, as the package itself says. */
	readonly licence: string;
	readonly texts: readonly string[];
	/** Who published it, by name or address. */
	readonly author: string;
};

const readPackage = (folder: string): Package => {
	const {
		name,
		version,
		license: licence,
		author,
		repository,
	} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const files = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isFile());
	const texts = files
		.map(({name: file}) => file)
		.filter(file => isLicence.test(file) || isNotice.test(file))
		.sort()
		.map(file => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
	const by = author?.name ?? author ?? repository?.url ?? repository;
	return {name, version, licence, texts, author: by};
};

const titleOf = ({name, version, licence}: Package) => `${name} ${version} (${licence})`;

/** A package that names its licence and forgot the text of it: whose it is, and where the same text stands. */
const textless = (of: Package, packages: readonly Package[]): string => {
	const other = packages.find(({licence, texts}) => licence === of.licence && texts.length > 0);
	if (other === undefined) throw new Error(`${titleOf(of)} is bundled, and the text of its licence is nowhere.`);
	return `By ${of.author}. The package brings no text of its licence (${of.licence}); see that of ${titleOf(other)}.`;
};

const rule = '-'.repeat(80);

/**
 * The notices that the licences of what is bundled ask for: every package of which a byte is in the outputs, with the
 * text of its licence and its own notice (Apache-2.0 section 4, MIT, ISC, BSD). Packages with the same text share it.
 * Throws where the text of a licence is in none of them.
 */
export const thirdPartyNotices = (outputs: readonly Output[], root: string): string => {
	const bundled = outputs.flatMap(({inputs}) =>
		Object.entries(inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
	);
	const folders = new Set(bundled.flatMap(path => packageFolder.exec(path)?.[0] ?? []));
	const packages = [...folders].map(folder => readPackage(join(root, folder)));
	const byText = new Map<string, string[]>();
	for (const it of packages) {
		const text = it.texts.length === 0 ? textless(it, packages) : it.texts.join('\n\n');
		byText.set(text, [...(byText.get(text) ?? []), titleOf(it)]);
	}
	const sections = [...byText]
		.map(([text, names]) => ({names: [...new Set(names)].sort(), text}))
		.sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
	return [
		'bedtop is bundled with the packages below. These are their licences and notices.\n',
		...sections.map(({names, text}) => `${rule}\n${names.join('\n')}\n\n${text}\n`),
	].join('\n');
};
