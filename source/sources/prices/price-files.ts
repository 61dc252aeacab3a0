import {parseJson, record, text} from '../../domain/common/json.ts';
import type {FileProblem} from '../../domain/common/problem.ts';
import type {Discounts} from '../../domain/money/discount.ts';
import {createBook, type PriceBook} from '../../domain/money/price-book.ts';
import {type PriceEntry, priceTable, type Row} from '../../domain/money/price-table.ts';
import {createDiskCache, type DiskCache} from '../files/disk-cache.ts';
import {codeOf} from '../files/file-error.ts';
import {readPlainText} from '../files/plain-file.ts';
import {readPrices} from './price-file.ts';

/** A file that the person named and that cannot be used: `unreadable` is not there or no JSON, `invalid` says nonsense. */
class PriceFileError extends Error {
	override readonly name = 'PriceFileError';
	readonly kind: 'unreadable' | 'invalid';
	/** Where the file system itself says no: then the sentence is made of this. */
	readonly problem: FileProblem | undefined;

	constructor(kind: 'unreadable' | 'invalid', message: string, problem?: FileProblem) {
		super(message);
		this.kind = kind;
		this.problem = problem;
	}
}

const readNamed = async (path: string): Promise<readonly PriceEntry[]> => {
	const content = await readPlainText(path).catch(error => {
		throw new PriceFileError('unreadable', path, {path, code: codeOf(error)});
	});
	const value = parseJson(content);
	if (value === undefined) throw new PriceFileError('unreadable', `${path} is not JSON.`);
	const {entries, faults} = readPrices(value);
	if (faults.length > 0) throw new PriceFileError('invalid', `${path}: ${faults.join('\n')}`);
	return entries;
};

/** AWS's price list as it was kept by `bedtop prices --refresh`. */
export type KeptPriceList = {
	readonly fetchedAt: string;
	readonly region: string;
	readonly entries: readonly PriceEntry[];
};

const cacheName = 'prices';

const rowObject = (row: Row | undefined) => {
	if (row === undefined) return undefined;
	const [input, output, cacheWrite5m, cacheWrite1h, cacheRead] = row;
	return {input, output, cacheWrite5m, cacheWrite1h, cacheRead};
};

/** An entry as a price file has it. */
export const entryObject = ({global, regional, step, ...entry}: PriceEntry) => ({
	...entry,
	global: rowObject(global),
	regional: rowObject(regional),
	...(step !== undefined && {
		step: {above: step.above, global: rowObject(step.global), regional: rowObject(step.regional)},
	}),
});

export const keepPriceList = (cache: DiskCache, {entries, ...list}: KeptPriceList): Promise<void> =>
	cache.write(cacheName, {...list, prices: entries.map(entryObject)});

/** What was kept; undefined where there is nothing, or nothing that can be read any more. */
const readKeptPriceList = async (cache: DiskCache): Promise<KeptPriceList | undefined> => {
	const value = record(await cache.read(cacheName));
	const [fetchedAt, region] = [text(value?.fetchedAt), text(value?.region)];
	if (fetchedAt === undefined || region === undefined) return undefined;
	const {entries, faults} = readPrices(value);
	return faults.length > 0 ? undefined : {fetchedAt, region, entries};
};

const merged = (own: Row | undefined, other: Row | undefined): Row | undefined => {
	if (own === undefined || other === undefined) return own;
	const [input, output, ...cache] = own;
	const [write5m, write1h, read] = [0, 1, 2].map(index => cache[index] ?? other[index + 2]);
	return [input, output, write5m, write1h, read];
};

/** A list that leaves out the cache prices of a model must not make them unknown: what ships stands in. */
const completed = (entry: PriceEntry): PriceEntry => {
	const shipped = priceTable.find(({model, until}) => model === entry.model && until === undefined);
	const [global, regional] = [merged(entry.global, shipped?.global), merged(entry.regional, shipped?.regional)];
	return {...entry, ...(global !== undefined && {global}), ...(regional !== undefined && {regional})};
};

type Sources = {
	readonly cacheDirectory: string | undefined;
	readonly file?: string | undefined;
	readonly discounts: Discounts;
};

/**
 * The book of this run: the person's own file before AWS's list as last fetched, before what ships. Throws
 * PriceFileError.
 */
export const loadBook = async ({cacheDirectory, file, discounts}: Sources): Promise<PriceBook> => {
	const named = file === undefined ? [] : await readNamed(file);
	const kept = await readKeptPriceList(createDiskCache(cacheDirectory));
	return createBook([named, (kept?.entries ?? []).map(completed), priceTable], discounts);
};
