import {closestMatch} from 'leven';
import {UsageError} from './usage-error.ts';

const shown = (name: string) => (name.startsWith('-') ? name : `“${name}”`);

/** ` Did you mean --budget?` where a known name is near what was written, else nothing. */
export const didYouMean = (error: unknown): string => {
	if (!(error instanceof UsageError) || error.misspelling === undefined) return '';
	const {written, known} = error.misspelling;
	const [bare, names] = [
		written.replace(/^-+/, '').toLowerCase(),
		new Map(known.map(name => [name.replace(/^-+/, ''), name])),
	];
	if (bare.length < 3) return '';
	const near =
		closestMatch(bare, [...names.keys()], {maxDistance: Math.floor(bare.length / 3)}) ??
		[...names.keys()].find(name => name.startsWith(bare));
	return near === undefined ? '' : ` Did you mean ${shown(names.get(near) ?? near)}?`;
};
