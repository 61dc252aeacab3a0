import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {knownModels} from '../../../source/domain/models/known-models.ts';
import {createBook} from '../../../source/domain/money/price-book.ts';
import {comparePrices, entriesOf, type ListedPrice, readProduct} from '../../../source/domain/money/price-list.ts';
import {priceTable} from '../../../source/domain/money/price-table.ts';
import {quote} from '../../../source/domain/money/quote.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import {readPrices} from '../../../source/sources/prices/price-file.ts';
import {entryObject} from '../../../source/sources/prices/price-files.ts';

const at = Date.UTC(2026, 10, 23, 12);

/** A product in the shape that the price list has (recorded by several public tools). */
const product = (
	usagetype: string,
	usd = '3.3000000000',
	others: {name?: string; unit?: string; from?: string} = {},
) => ({
	product: {
		sku: 'ABC',
		productFamily: 'Amazon Bedrock',
		attributes: {
			servicecode: 'AmazonBedrockFoundationModels',
			servicename: others.name ?? 'Claude Sonnet 4.6 (Amazon Bedrock Edition)',
			regionCode: 'us-east-1',
			usagetype,
		},
	},
	terms: {
		OnDemand: {
			'ABC.JRTCKXETXF': {
				effectiveDate: `${others.from ?? '2026-09-01'}T00:00:00Z`,
				priceDimensions: {'ABC.1': {unit: others.unit ?? '1M tokens', pricePerUnit: {USD: usd}}},
			},
		},
	},
});

const kinds = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
const oldKinds = ['Input', 'Output', 'CacheWriteInput', 'CacheWrite1hInput', 'CacheReadInput'];
const newKinds = ['input_tokens', 'output_tokens', 'cache_write_tokens', 'cache_write_tokens_1h', 'cache_read_tokens'];

/** A model's name as AWS sells it: the version came first before the 4 generation. */
const nameOf = (short: string) => {
	const [family = '', version = '', ...revision] = short.split('-');
	const capital = family.charAt(0).toUpperCase() + family.slice(1);
	return ['Claude', ...(Number(version) < 4 ? [version, capital] : [capital, version]), ...revision].join(' ');
};

const standard = {scope: 'regional', tier: 'standard', isLongContext: false};

describe('both naming schemes', () => {
	test.each<[string, object]>([
		['USE1-MP:USE1_InputTokenCount-Units', {...standard, kind: 'input'}],
		['USE1-MP:USE1_OutputTokenCount-Units', {...standard, kind: 'output'}],
		['USE1-MP:USE1_CacheReadInputTokenCount-Units', {...standard, kind: 'cacheRead'}],
		['USE1-MP:USE1_CacheWriteInputTokenCount-Units', {...standard, kind: 'cacheWrite5m'}],
		['USE1-MP:USE1_CacheWrite1hInputTokenCount-Units', {...standard, kind: 'cacheWrite1h'}],
		['USE1-MP:USE1_InputTokenCount_Global-Units', {...standard, kind: 'input', scope: 'global'}],
		['APN1-MP:APN1_InputTokenCount_Batch-Units', {...standard, kind: 'input', tier: 'batch'}],
		[
			'EUN1-MP:EUN1_CacheWrite1hInputTokenCount_Global_Batch-Units',
			{kind: 'cacheWrite1h', scope: 'global', tier: 'batch'},
		],
		['USE1-MP:USE1_input_tokens_standard-Units', {...standard, kind: 'input'}],
		['USE1-MP:USE1_input_tokens_global_standard-Units', {...standard, kind: 'input', scope: 'global'}],
		['USE1-MP:USE1_output_tokens_flex-Units', {...standard, kind: 'output', tier: 'flex'}],
		['USE1-MP:USE1_output_tokens_global_priority-Units', {kind: 'output', tier: 'priority', scope: 'global'}],
		['USE1-MP:USE1_cache_write_tokens_1h_global_standard-Units', {...standard, kind: 'cacheWrite1h', scope: 'global'}],
		['USE1-MP:USE1_cache_write_tokens_standard-Units', {...standard, kind: 'cacheWrite5m'}],
		['USE1-MP:USE1_cache_read_tokens_standard-Units', {...standard, kind: 'cacheRead'}],
		['USE1-MP:USE1_cache_read_tokens_batch-Units', {...standard, kind: 'cacheRead', tier: 'batch'}],
		['USE1-MP:USE1_input_tokens_long_ctx_standard-Units', {...standard, kind: 'input', isLongContext: true}],
		[
			'USE1-MP:USE1_cache_write_tokens_1h_long_ctx_global_standard-Units',
			{kind: 'cacheWrite1h', scope: 'global', isLongContext: true},
		],
	])('%s', (usagetype, expected) => {
		const [read] = readProduct(product(usagetype));
		expect(read).toMatchObject({
			...expected,
			name: 'Claude Sonnet 4.6',
			model: 'anthropic.claude-sonnet-4-6',
			perMillion: '3.3',
			from: '2026-09-01',
		});
	});

	const read = (usagetype: string) =>
		readProduct(product(usagetype)).map(({scope, tier, kind, isLongContext}) => ({scope, tier, kind, isLongContext}));

	test.each(kinds)('every combination of scope, tier and context of %s', kind => {
		const [oldKind, newKind] = [oldKinds[kinds.indexOf(kind)], newKinds[kinds.indexOf(kind)]];
		for (const scope of ['global', 'regional'] as const) {
			for (const tier of ['standard', 'batch', 'flex', 'priority'] as const) {
				for (const isLongContext of [false, true]) {
					const words = [
						newKind,
						...(isLongContext ? ['long_ctx'] : []),
						...(scope === 'global' ? ['global'] : []),
						tier,
					];
					expect(read(`USW2-MP:USW2_${words.join('_')}-Units`)).toEqual([{scope, tier, kind, isLongContext}]);
				}
			}
			for (const tier of ['standard', 'batch'] as const) {
				const suffix = `${scope === 'global' ? '_Global' : ''}${tier === 'batch' ? '_Batch' : ''}`;
				const expected = [{scope, tier, kind, isLongContext: false}];
				expect(read(`USW2-MP:USW2_${oldKind}TokenCount${suffix}-Units`)).toEqual(expected);
			}
		}
	});

	test.each(['EU', 'APN1', 'APS3', 'UGW1', 'SAE1'])('the same under the region code %s', code => {
		expect(read(`${code}-MP:${code}_input_tokens_global_standard-Units`)).toMatchObject([
			{kind: 'input', scope: 'global'},
		]);
		expect(read(`${code}-MP:${code}_OutputTokenCount-Units`)).toMatchObject([{kind: 'output', scope: 'regional'}]);
	});

	test('the number is per million tokens whatever the unit is called', () => {
		const [read] = readProduct(
			product('USE1-MP:USE1_cache_write_tokens_long_ctx_standard-Units', '0.6875', {unit: 'Units'}),
		);
		expect(read?.perMillion).toBe('0.6875');
	});

	test.each([
		['USE1-MP:USE1_Reserved_1Month_InputTPM_Geo-Units'],
		['USE1-MP:USE1_input_tokens_someday_standard-Units'],
		['USE1-MP:USE1_input_tokens_1h_standard-Units'],
		['USE1-MP:USE1_input_tokens_batch_flex-Units'],
		['USE1-MP:USE1_cache_write_tokens_30m_standard-Units'],
		['USE1-MP:USE1_InputTokenCount_LCtx-Units'],
		['APN1-MP:APN1_MillionBatchInputTokens-Units'],
		['USE1-Guardrail-Units'],
		[''],
	])('what is not understood is nothing: “%s”', usagetype => expect(readProduct(product(usagetype))).toEqual([]));

	test.each(['free', '-1', '0.00000001', '0.0000000000001', '1.0000000000001', ''])('a price of “%s” is none', usd => {
		expect(readProduct(product('USE1-MP:USE1_InputTokenCount-Units', usd))).toEqual([]);
	});

	test.each([
		['2026-10-07T00:00:00Z', '2026-10-07'],
		['2026-10-07', '2026-10-07'],
		['2026-10-07T01:00:00+02:00', '2026-10-06'],
		['2026-13-45T00:00:00Z', undefined],
		['9999-99-99', undefined],
		['9999-12-31T23:00:00-02:00', undefined],
		['soon', undefined],
		[20_261_007, undefined],
		[undefined, undefined],
	])('since %s, in UTC; without a day there is no price', (effectiveDate, from) => {
		const {product: sold, terms} = product('USE1-MP:USE1_InputTokenCount-Units');
		const [term] = Object.values(terms.OnDemand);
		const found = readProduct({product: sold, terms: {OnDemand: {t: {...term, effectiveDate}}}});
		expect(found.map(price => price.from)).toEqual(from === undefined ? [] : [from]);
	});
});

describe('names', () => {
	test.each([...knownModels])('%s is %s', (model, short) => {
		const [read] = readProduct(
			product('X-MP:X_input_tokens_standard-Units', '1', {name: `${nameOf(short)} (Amazon Bedrock Edition)`}),
		);
		expect(read).toMatchObject({model});
	});

	test.each([
		['Claude Opus 6 (Amazon Bedrock Edition)', 'Claude Opus 6'],
		['Claude Opus 5.5 Preview (Amazon Bedrock Edition)', 'Claude Opus 5.5 Preview'],
		['Claude Opus (Amazon Bedrock Edition)', 'Claude Opus'],
		['Claude 5.5 Opus (Amazon Bedrock Edition)', 'Claude 5.5 Opus'],
		['Claude Opus 5.5 5.5 (Amazon Bedrock Edition)', 'Claude Opus 5.5 5.5'],
		['Claude v2 3.5 Sonnet (Amazon Bedrock Edition)', 'Claude v2 3.5 Sonnet'],
		['Claude 3.5 Sonnet v3 (Amazon Bedrock Edition)', 'Claude 3.5 Sonnet v3'],
	])('%s is no model known here', (name, short) => {
		const [read] = readProduct(product('X-MP:X_input_tokens_standard-Units', '1', {name}));
		expect(read).toMatchObject({name: short, model: undefined});
	});

	test.each(['Amazon Bedrock', 'Claude Opus 5.5', ''])('“%s” is not Claude on Bedrock', name => {
		expect(readProduct(product('X-MP:X_input_tokens_standard-Units', '1', {name}))).toEqual([]);
	});
});

/** What AWS would list today if it charged what the table says. */
const listedAsTable = (): readonly ListedPrice[] =>
	priceTable
		.filter(({from = '2000-01-01', until = '2100-01-01'}) => Date.parse(from) <= at && at < Date.parse(until))
		.flatMap(entry =>
			[false, true].flatMap(isLongContext =>
				(['global', 'regional'] as const).flatMap(scope =>
					kinds.flatMap((kind, column): ListedPrice[] => {
						const perMillion = (isLongContext ? entry.step : entry)?.[scope]?.[column];
						const common = {name: 'x', model: entry.model, region: 'us-east-1', from: entry.from ?? '2026-01-01'};
						return perMillion === undefined
							? []
							: [{...common, scope, kind, isLongContext, tier: 'standard', perMillion}];
					}),
				),
			),
		);

describe('compared with the table', () => {
	const listed = listedAsTable();
	const options = {region: 'us-east-1', at};

	test('what AWS lists as we have it is no difference', () => {
		expect(comparePrices(priceTable, listed, options)).toEqual([]);
	});

	test('and priced from that list alone, every reply costs the same', () => {
		const book = createBook([entriesOf(listed, 'us-east-1')]);
		const usage = {...noUsage, input: 3, output: 5, cacheRead: 7, cacheWrite5m: 11};
		const long = {...usage, cacheRead: 150_000};
		for (const model of new Set(listed.map(price => price.model as string))) {
			for (const scope of ['global', 'geo'] as const) {
				for (const tokens of [usage, long]) {
					const asked = {model, scope, at};
					const [own, theirs] = [createBook([priceTable]), book].map(one => quote(one, tokens, asked));
					if (own?.state !== 'priced') continue;
					expect(theirs, `${model} ${scope}`).toMatchObject({state: 'priced', amount: own.amount});
				}
			}
		}
	});

	test.each(priceTable.map(entry => [entry.model, entry.until ?? 'today', entry] as const))(
		'what AWS would sell %s for until %s is read back without a difference',
		(model, _, entry) => {
			const name = `${nameOf(knownModels.get(model) ?? '')} (Amazon Bedrock Edition)`;
			const sold = (words: readonly (string | undefined)[], usd: string | undefined) =>
				usd === undefined
					? []
					: readProduct(product(`USE1-MP:USE1_${words.filter(Boolean).join('_')}-Units`, `${usd}`, {name}));
			const news = [entry, entry.step].flatMap((rows, long) =>
				(['global', 'regional'] as const).flatMap(scope =>
					newKinds.flatMap((kind, column) => {
						const context = long === 1 ? 'long_ctx' : undefined;
						const isGlobal = scope === 'global' ? 'global' : undefined;
						return sold([kind, context, isGlobal, 'standard'], rows?.[scope]?.[column]);
					}),
				),
			);
			const olds = (['global', 'regional'] as const).flatMap(scope =>
				oldKinds.flatMap((kind, column) =>
					sold([`${kind}TokenCount`, scope === 'global' ? 'Global' : undefined], entry[scope]?.[column]),
				),
			);
			const then = entry.until === undefined ? at : Date.parse(entry.until) - 1;
			expect(news.length).toBeGreaterThan(1);
			expect(comparePrices(priceTable, news, {region: 'us-east-1', at: then})).toEqual([]);
			// The older scheme has no name for a long context.
			const table = priceTable.map(({step: _, ...rest}) => rest);
			expect(comparePrices(table, olds, {region: 'us-east-1', at: then})).toEqual([]);
		},
	);

	test.each(['batch', 'flex', 'priority'] as const)('prices of the %s tier are no prices of this table', tier => {
		const others = listed.map(price => ({...price, tier, perMillion: '0.5', from: '2026-11-20'}));
		expect(entriesOf(others, 'us-east-1')).toEqual([]);
		expect(entriesOf([...listed, ...others], 'us-east-1')).toEqual(entriesOf(listed, 'us-east-1'));
		expect(comparePrices(priceTable, others, options)).toEqual([]);
	});

	test('what is kept of it can be read back, figure by figure', () => {
		const entries = entriesOf(listed, 'us-east-1');
		const kept = readPrices(JSON.parse(JSON.stringify(entries.map(entryObject))));
		expect(kept.faults).toEqual([]);
		expect(kept.entries).toEqual(entries);
	});

	test('a model whose step is not listed is left out, and does not take the rest of the list with it', () => {
		const haiku = 'anthropic.claude-haiku-5-5';
		const short = listed.filter(({isLongContext}) => !isLongContext);
		const entries = entriesOf(short, 'us-east-1');
		expect(entries.map(({model}) => model)).not.toContain(haiku);
		expect(entries).toHaveLength(entriesOf(listed, 'us-east-1').length - 1);
		expect(readPrices(JSON.parse(JSON.stringify(entries.map(entryObject)))).faults).toEqual([]);
		const differences = comparePrices(priceTable, short, options);
		expect(differences).toHaveLength(10);
		const missing = {model: haiku, isLongContext: true, theirs: undefined};
		for (const difference of differences) expect(difference).toMatchObject(missing);
	});

	test('a changed, a missing and a new figure are each one difference', () => {
		const opus = (price: ListedPrice) => price.model === 'anthropic.claude-opus-5-5' && price.scope === 'global';
		const changed = listed.flatMap(price => {
			if (opus(price) && price.kind === 'input') return [{...price, perMillion: '3.9'}];
			return opus(price) && price.kind === 'cacheRead' ? [] : [price];
		});
		const added: ListedPrice = {
			...(listed[0] as ListedPrice),
			name: 'Claude Opus 6',
			model: undefined,
			perMillion: '6',
		};
		expect(comparePrices(priceTable, [...changed, added], options)).toEqual([
			{
				model: 'anthropic.claude-opus-5-5',
				scope: 'global',
				kind: 'input',
				isLongContext: false,
				ours: '4',
				theirs: '3.9',
			},
			{
				model: 'anthropic.claude-opus-5-5',
				scope: 'global',
				kind: 'cacheRead',
				isLongContext: false,
				ours: '0.2',
				theirs: undefined,
			},
			{
				model: 'Claude Opus 6',
				scope: added.scope,
				kind: added.kind,
				isLongContext: false,
				ours: undefined,
				theirs: '6',
			},
		]);
	});

	test('a model that nobody knows here gets no entry', () => {
		const unknown = listed.map(price => ({...price, name: 'Claude Opus 6', model: undefined}));
		expect(entriesOf(unknown, 'us-east-1')).toEqual([]);
		expect(entriesOf([...listed, ...unknown], 'us-east-1')).toEqual(entriesOf(listed, 'us-east-1'));
	});

	test('nor does one without an input and an output price', () => {
		expect(
			entriesOf(
				listed.filter(({kind}) => kind !== 'output'),
				'us-east-1',
			),
		).toEqual([]);
	});

	test('an entry counts from its first day on until the day before its last', () => {
		const model = 'anthropic.claude-opus-5-5';
		const opus = listed.filter(price => price.model === model && price.scope === 'regional');
		const row = entriesOf(opus, 'us-east-1')[0]?.regional ?? ['0', '0'];
		const table = [
			{model, from: '2026-12-01', regional: row, source: 'later'},
			{model, until: '2026-12-01', regional: ['1', '1'] as const, source: 'now'},
		];
		const first = Date.UTC(2026, 11, 1);
		expect(comparePrices(table, opus, {region: 'us-east-1', at: first})).toEqual([]);
		const before = comparePrices(table, opus, {region: 'us-east-1', at: first - 1});
		expect(before.map(({ours}) => ours)).toEqual(['1', '1', undefined, undefined, undefined]);
	});

	test('other regions and other tiers are not compared', () => {
		const elsewhere = listed.map(price => ({...price, region: 'eu-west-1', perMillion: '99'}));
		const batch = listed.map(price => ({...price, tier: 'batch' as const, perMillion: '99'}));
		expect(comparePrices(priceTable, [...listed, ...elsewhere, ...batch], options)).toEqual([]);
	});

	test('the newest price of a kind counts', () => {
		const newer = listed.map(price => ({...price, from: '2026-11-20', perMillion: '99'}));
		for (const both of [
			[...listed, ...newer],
			[...newer, ...listed],
		]) {
			const differences = comparePrices(priceTable, both, options);
			expect(differences).toHaveLength(listed.length);
			expect(new Set(differences.map(({theirs}) => theirs))).toEqual(new Set(['99']));
		}
	});
});

test('whatever the list contains, reading it never throws', () => {
	fc.assert(fc.property(fc.anything(), value => Array.isArray(readProduct(value))));
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.string(), (usagetype, usd, name) => {
			const read = readProduct(product(usagetype, usd, {name}));
			expect(comparePrices(priceTable, read, {region: 'us-east-1', at})).toEqual(expect.any(Array));
		}),
	);
});
