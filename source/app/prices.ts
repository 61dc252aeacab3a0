import type {Problem} from '../domain/common/problem.ts';
import {shortModelName} from '../domain/models/model-id.ts';
import {discountOf, formatPercent} from '../domain/money/discount.ts';
import type {PriceBook} from '../domain/money/price-book.ts';
import {comparePrices, type Difference, entriesOf, type ListedPrice} from '../domain/money/price-list.ts';
import {checkedOn, type PriceEntry, priceTable, type Row} from '../domain/money/price-table.ts';
import {stringifySafely} from '../output/json/json-text.ts';
import {heading, sheet, table} from '../output/sheet.ts';
import {truncate} from '../screen/text/line.ts';
import {plural} from '../screen/text/plural.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import type {Aws} from '../sources/aws/aws.ts';
import {explainAwsError} from '../sources/aws/problem.ts';
import {createDiskCache} from '../sources/files/disk-cache.ts';
import {entryObject, keepPriceList} from '../sources/prices/price-files.ts';
import {fetchOfferFile, fetchPriceList, priceListAsked} from '../sources/prices/price-list.ts';

type Request = {
	readonly book: PriceBook;
	readonly isJson: boolean;
	/** The region whose list is read; absent: the list is not asked for. */
	readonly refreshFrom?: string | undefined;
	readonly openAws: () => Promise<Aws>;
	readonly cacheDirectory: string | undefined;
	readonly profile?: string | undefined;
	/** Where AWS's public price files are, if not in their usual place. */
	readonly publicPrices?: string | undefined;
	readonly now: () => number;
	readonly print: (text: string) => Promise<void>;
	readonly warn: (sentence: string) => void;
};

const widestCell = 100;

const cells = (row: Row | undefined): Record<string, string> => {
	const [input = '–', output = '–', write5m = '?', write1h = '?', read = '?'] = row ?? [];
	return {in: input, out: output, '5m write': write5m, '1h write': write1h, 'cache read': read};
};

const untilText = ({until}: PriceEntry) => (until === undefined ? '' : ` until ${until}`);

const tableOf = (entries: readonly PriceEntry[], book: PriceBook): readonly Record<string, string>[] =>
	entries.flatMap(entry => {
		const percent = discountOf(book.discounts, entry.model);
		const common = {
			model: shortModelName(entry.model),
			since: [entry.from ?? (entry.until === undefined ? `checked ${checkedOn}` : ''), untilText(entry)]
				.join('')
				.trim(),
		};
		const line = (scope: string, row: Row | undefined, note = '') =>
			row === undefined
				? []
				: [
						{
							...common,
							scope: `${scope}${entry.serviceTier === undefined ? '' : ` ${entry.serviceTier}`}${note}`,
							...cells(row),
							...(percent !== undefined && {discount: formatPercent(percent)}),
							source: entry.source,
						},
					];
		const step = entry.step && ` > ${entry.step.above / 1000}k`;
		return [
			...line('global', entry.global),
			...line('geo, region', entry.regional),
			...line('global', entry.step?.global, step),
			...line('geo, region', entry.step?.regional, step),
		];
	});

const differenceCells = ({model, scope, kind, isLongContext, ours, theirs}: Difference): Record<string, string> => ({
	model: shortModelName(model),
	scope: `${scope === 'global' ? 'global' : 'geo, region'}${isLongContext ? ' long context' : ''}`,
	kind,
	bedtop: ours ?? 'none',
	AWS: theirs ?? 'none',
});

const paragraph = (title: string, rows: readonly Readonly<Record<string, string>>[]): readonly string[] => [
	heading(title),
	...table(
		rows.map(row =>
			Object.fromEntries(Object.entries(row).map(([name, text]) => [name, truncate(sanitize(text), widestCell)])),
		),
	),
];

type Asked = {readonly listed?: readonly ListedPrice[]; readonly problem?: string};

const sentence = ({message, fix}: Problem) => `${message}${fix === undefined ? '' : ` → ${fix}`}`;

/** AWS's list through its API, or else from the public file, which needs no credentials. */
const ask = async ({openAws, profile, publicPrices}: Request, region: string): Promise<Asked> => {
	const {signal} = new AbortController();
	try {
		return {listed: await fetchPriceList(await openAws(), {region, signal})};
	} catch (error) {
		const problem = sentence(explainAwsError(error, {...priceListAsked, profile}));
		try {
			const listed = await fetchOfferFile(region, {signal, ...(publicPrices !== undefined && {base: publicPrices})});
			return {listed, problem: `${problem} The public price file was read instead.`};
		} catch (failure) {
			const reason = failure instanceof Error ? failure.message : String(failure);
			return {problem: `${problem} Nor the public price file: ${reason}. The prices are those known before.`};
		}
	}
};

/**
 * Prints the price book; `refreshFrom` reads AWS's list first, keeps it for the next start, and says where it differs.
 * Answers the exit code: 2 when AWS was asked and did not answer.
 */
export const prices = async (request: Request): Promise<number> => {
	const {book, isJson, refreshFrom, now, cacheDirectory, print, warn} = request;
	let differences: readonly Difference[] | undefined;
	let code = 0;
	if (refreshFrom !== undefined) {
		const {listed, problem} = await ask(request, refreshFrom);
		if (problem !== undefined) warn(problem);
		if (listed === undefined) code = 2;
		else {
			differences = comparePrices(priceTable, listed, {region: refreshFrom, at: now()});
			const fetched = {fetchedAt: new Date(now()).toISOString(), region: refreshFrom};
			await keepPriceList(createDiskCache(cacheDirectory), {...fetched, entries: entriesOf(listed, refreshFrom)});
		}
	}
	const entries = [...book.entries.values()].flat().map(({row}) => row);
	if (isJson) {
		await print(
			`${stringifySafely({unit: 'USD per million tokens', prices: entries.map(entryObject), differences})}\n`,
		);
		return code;
	}
	const found = differences === undefined ? undefined : plural(differences.length, 'difference');
	const known = paragraph('Prices, USD per million tokens', tableOf(entries, book));
	const differing = `${found} from AWS's price list of ${refreshFrom}, kept and used from the next start on`;
	await print(sheet([known, differences === undefined ? [] : paragraph(differing, differences.map(differenceCells))]));
	return code;
};
