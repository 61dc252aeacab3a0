import {
	GetProductsCommand,
	type GetProductsCommandInput,
	PricingClient,
	paginateGetProducts,
} from '@aws-sdk/client-pricing';
import {describe, expect, test} from 'vitest';
import {knownModels} from '../../../source/domain/models/known-models.ts';
import {hour, openedAt, startAt} from '../opened.ts';

const ServiceCode = 'AmazonBedrockFoundationModels';
const client = (now = startAt) => new PricingClient(openedAt(now).config);
const match = (Field: string, Value: string) => ({Type: 'TERM_MATCH' as const, Field, Value});
const inRegion = (region: string) => ({ServiceCode, Filters: [match('regionCode', region)]});

type Entry = {
	readonly product: {readonly sku: string; readonly attributes: Readonly<Record<string, string>>};
	readonly terms: {
		readonly OnDemand: Readonly<
			Record<
				string,
				{
					readonly effectiveDate: string;
					readonly priceDimensions: Readonly<
						Record<string, {readonly unit: string; readonly pricePerUnit: {readonly USD: string}}>
					>;
				}
			>
		>;
	};
};

const fetchAll = async (input: GetProductsCommandInput, now = startAt): Promise<readonly Entry[]> => {
	const entries: Entry[] = [];
	for await (const {PriceList = []} of paginateGetProducts({client: client(now)}, {...input})) {
		if (PriceList.length > (input.MaxResults ?? 100)) throw new Error('the page is too long');
		for (const json of PriceList as string[]) entries.push(JSON.parse(String(json)));
	}
	return entries;
};

const priceOf = ({terms}: Entry) => {
	const [term] = Object.values(terms.OnDemand);
	const [dimension] = Object.values(term?.priceDimensions ?? {});
	return {usd: dimension?.pricePerUnit.USD, unit: dimension?.unit};
};

/** The prices of one model in us-east-1, by the part of the usage type that varies. */
const pricesOf = async (name: string, now = startAt) => {
	const entries = await fetchAll(inRegion('us-east-1'), now);
	const ofModel = entries.filter(({product}) => product.attributes.servicename === `${name} (Amazon Bedrock Edition)`);
	return new Map(
		ofModel.map(entry => {
			const usage = /^USE1-MP:USE1_(.+)-Units$/.exec(entry.product.attributes.usagetype ?? '')?.[1];
			return [usage, priceOf(entry)] as const;
		}),
	);
};

const perMillion = (usd: string) => ({usd, unit: '1M tokens'});

test('an entry has the shape of AWS’s, as JSON in a string', async () => {
	const {PriceList = [], FormatVersion} = await client().send(
		new GetProductsCommand({
			ServiceCode,
			Filters: [
				match('regionCode', 'us-west-2'),
				match('usagetype', 'USW2-MP:USW2_input_tokens_global_standard-Units'),
			],
		}),
	);
	expect(FormatVersion).toBe('aws_v1');
	const entries = (PriceList as string[]).map(json => JSON.parse(String(json)));
	const [opus] = entries.filter(({product}) => product.attributes.servicename.startsWith('Claude Opus 5.5 '));
	expect(opus).toMatchObject({
		product: {
			attributes: {
				servicecode: ServiceCode,
				servicename: 'Claude Opus 5.5 (Amazon Bedrock Edition)',
				regionCode: 'us-west-2',
				location: 'US West (Oregon)',
				usagetype: 'USW2-MP:USW2_input_tokens_global_standard-Units',
				operation: '',
			},
		},
		serviceCode: ServiceCode,
	});
	expect(opus.product.attributes).not.toHaveProperty('model');
	expect(priceOf(opus)).toEqual(perMillion('4.0000000000'));
});

describe('the prices of', () => {
	test('a model from 4.7 on, in the new scheme', async () => {
		const prices = await pricesOf('Claude Opus 5.5');
		expect(Object.fromEntries(prices)).toEqual({
			input_tokens_standard: perMillion('4.4000000000'),
			output_tokens_standard: perMillion('22.0000000000'),
			cache_write_tokens_standard: perMillion('5.5000000000'),
			cache_write_tokens_1h_standard: perMillion('8.8000000000'),
			cache_read_tokens_standard: perMillion('0.2200000000'),
			input_tokens_batch: perMillion('2.2000000000'),
			output_tokens_batch: perMillion('11.0000000000'),
			cache_write_tokens_batch: perMillion('2.7500000000'),
			cache_write_tokens_1h_batch: perMillion('4.4000000000'),
			cache_read_tokens_batch: perMillion('0.1100000000'),
			input_tokens_global_standard: perMillion('4.0000000000'),
			output_tokens_global_standard: perMillion('20.0000000000'),
			cache_write_tokens_global_standard: perMillion('5.0000000000'),
			cache_write_tokens_1h_global_standard: perMillion('8.0000000000'),
			cache_read_tokens_global_standard: perMillion('0.2000000000'),
			input_tokens_global_batch: perMillion('2.0000000000'),
			output_tokens_global_batch: perMillion('10.0000000000'),
			cache_write_tokens_global_batch: perMillion('2.5000000000'),
			cache_write_tokens_1h_global_batch: perMillion('4.0000000000'),
			cache_read_tokens_global_batch: perMillion('0.1000000000'),
		});
	});

	test('a model of 4.5 or 4.6, in the old scheme, with reserved capacity among them', async () => {
		const prices = await pricesOf('Claude Haiku 4.5');
		expect(prices.get('InputTokenCount')).toEqual(perMillion('1.1000000000'));
		expect(prices.get('OutputTokenCount_Global')).toEqual(perMillion('5.0000000000'));
		expect(prices.get('CacheReadInputTokenCount_Batch')).toEqual(perMillion('0.0550000000'));
		expect(prices.get('CacheWriteInputTokenCount')).toEqual(perMillion('1.3750000000'));
		expect(prices.get('CacheWrite1hInputTokenCount_Global_Batch')).toEqual(perMillion('1.0000000000'));
		expect(prices.get('Reserved_1Month_InputTPM_Geo')).toEqual({usd: '0.0660000000', unit: '1M TPM Hour'});
		expect([...prices.keys()].filter(usage => /tokens_|LCtx/.test(usage ?? ''))).toEqual([]);
		expect(prices.size).toBe(23);
		expect((await pricesOf('Claude Opus 4.6')).has('InputTokenCount_Global')).toBe(true);
		expect((await pricesOf('Claude Opus 4.7')).has('input_tokens_global_standard')).toBe(true);
	});

	test('Haiku 5.5 above its step, one of them under a unit that says nothing', async () => {
		const prices = await pricesOf('Claude Haiku 5.5');
		expect(prices.get('input_tokens_standard')).toEqual(perMillion('0.1100000000'));
		expect(prices.get('input_tokens_long_ctx_standard')).toEqual(perMillion('0.5500000000'));
		expect(prices.get('output_tokens_long_ctx_global_standard')).toEqual(perMillion('2.5000000000'));
		expect(prices.get('cache_write_tokens_1h_long_ctx_global_batch')).toEqual(perMillion('0.5000000000'));
		expect(prices.get('cache_write_tokens_long_ctx_standard')).toEqual({usd: '0.6875000000', unit: 'Units'});
		const entries = await fetchAll(inRegion('us-east-1'));
		expect(entries.map(priceOf).filter(({unit}) => unit === 'Units')).toHaveLength(1);
		const long = entries.filter(({product}) => product.attributes.usagetype?.includes('long_ctx'));
		expect(new Set(long.map(({product}) => product.attributes.servicename))).toEqual(
			new Set(['Claude Haiku 5.5 (Amazon Bedrock Edition)']),
		);
	});

	test('a model before 4, without global profiles and with no price that nobody knows', async () => {
		const prices = await pricesOf('Claude 3 Sonnet');
		expect([...prices.keys()].sort()).toEqual([
			'InputTokenCount',
			'InputTokenCount_Batch',
			'OutputTokenCount',
			'OutputTokenCount_Batch',
		]);
		expect((await pricesOf('Claude 3.5 Sonnet v2')).get('InputTokenCount')?.usd).toBe('6.0000000000');
	});

	test('the day, where they change', async () => {
		const read = async (now: number) =>
			(await pricesOf('Claude Sonnet 5.5', now)).get('cache_read_tokens_global_standard')?.usd;
		expect(await read(Date.UTC(2026, 9, 7) - 1)).toBe('0.2000000000');
		expect(await read(Date.UTC(2026, 9, 7))).toBe('0.1000000000');
		expect((await pricesOf('Claude Haiku 5.5', Date.UTC(2026, 9, 7) - 1)).size).toBe(0);
		const [entry] = (await fetchAll(inRegion('us-east-1'))).filter(
			({product}) => product.attributes.servicename === 'Claude Sonnet 5.5 (Amazon Bedrock Edition)',
		);
		expect(Object.values(entry?.terms.OnDemand ?? {})[0]?.effectiveDate).toBe('2026-10-07T00:00:00Z');
	});
});

test('every model that has a price is named as AWS names it, one that no table knows, and not the newest', async () => {
	const entries = await fetchAll(inRegion('us-east-1'));
	const names = new Set(
		entries.map(({product}) => product.attributes.servicename?.replace(' (Amazon Bedrock Edition)', '')),
	);
	expect([...names].sort()).toEqual([
		...['Claude 3 Haiku', 'Claude 3 Opus', 'Claude 3 Sonnet', 'Claude 3.5 Haiku', 'Claude 3.5 Sonnet'],
		...['Claude 3.5 Sonnet v2', 'Claude 3.7 Sonnet', 'Claude Fable 5', 'Claude Fable 5.1', 'Claude Haiku 4.5'],
		...['Claude Haiku 5.5', 'Claude Mythos 5', 'Claude Mythos 5.1', 'Claude Opus 4', 'Claude Opus 4.1'],
		...['Claude Opus 4.5', 'Claude Opus 4.6', 'Claude Opus 4.7', 'Claude Opus 4.8', 'Claude Opus 5', 'Claude Opus 5.5'],
		...['Claude Opus 6', 'Claude Sonnet 4', 'Claude Sonnet 4.5', 'Claude Sonnet 4.6', 'Claude Sonnet 5'],
		'Claude Sonnet 5.5',
	]);
	expect([...knownModels.values()]).not.toContain('opus-6');
	expect((await pricesOf('Claude Opus 6')).get('input_tokens_global_standard')).toEqual(perMillion('6.0000000000'));
});

describe('GetProducts', () => {
	test.each([100, 33])('pages of %i give each product once, and the same ones again', async MaxResults => {
		const entries = await fetchAll({...inRegion('us-east-1'), MaxResults});
		const skus = entries.map(({product}) => product.sku);
		expect(skus.length).toBeGreaterThan(300);
		expect(new Set(skus).size).toBe(skus.length);
		expect(await fetchAll(inRegion('us-east-1'), startAt + hour)).toEqual(entries);
	});

	test('a page is full until the last one', async () => {
		const first = await client().send(new GetProductsCommand(inRegion('us-east-1')));
		expect(first.PriceList).toHaveLength(100);
		expect(first.NextToken).toBeDefined();
		const whole = await fetchAll(inRegion('us-east-1'));
		const last = {...inRegion('us-east-1'), NextToken: String(Math.floor(whole.length / 100) * 100)};
		expect((await client().send(new GetProductsCommand(last))).NextToken).toBeUndefined();
	});

	test('answers one region, or all of them', async () => {
		const everywhere = await fetchAll({ServiceCode});
		const regions = new Set(everywhere.map(({product}) => product.attributes.regionCode));
		expect(regions).toEqual(new Set(['us-east-1', 'us-east-2', 'us-west-2', 'ap-northeast-1']));
		const tokyo = await fetchAll(inRegion('ap-northeast-1'));
		expect(tokyo.length).toBe(everywhere.length / regions.size);
		expect(tokyo.every(({product}) => product.attributes.usagetype?.startsWith('APN1-MP:APN1_'))).toBe(true);
	});

	test.each([
		['another service', {ServiceCode: 'AmazonBedrock'}],
		['another region', inRegion('eu-central-2')],
		['a field that Claude’s products leave empty', {ServiceCode, Filters: [match('model', 'Claude Opus 5.5')]}],
		['a field of every object', {ServiceCode, Filters: [match('constructor', 'Object')]}],
	])('has nothing of %s', async (_, input) => {
		expect(await fetchAll(input)).toEqual([]);
	});

	test.each([
		['InvalidParameterException', {ServiceCode, MaxResults: 101}],
		['InvalidParameterException', {ServiceCode, Filters: [{...match('regionCode', 'us'), Type: 'CONTAINS' as const}]}],
		['InvalidNextTokenException', {ServiceCode, NextToken: 'made-up'}],
		['InvalidNextTokenException', {ServiceCode, NextToken: '1000000'}],
	])('answers %s', async (name, input) => {
		await expect(client().send(new GetProductsCommand(input))).rejects.toMatchObject({name, $fault: 'client'});
	});
});
