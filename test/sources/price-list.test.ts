import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../source/demo/handler.ts';
import {createWorld} from '../../source/demo/world.ts';
import {comparePrices} from '../../source/domain/price-list.ts';
import {priceTable} from '../../source/domain/price-table.ts';
import {createAws} from '../../source/sources/aws.ts';
import {fetchOfferFile, fetchPriceList} from '../../source/sources/price-list.ts';

const now = Date.UTC(2026, 10, 23, 12);
const {signal} = new AbortController();

test('the real client reads every page; only what is new to the table differs', async () => {
	const counted: string[] = [];
	const world = createWorld({seed: 1, startAt: now});
	const aws = createAws({
		requestHandler: createRequestHandler(world, {now: () => now}) as never,
		credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
		onRequest: operation => counted.push(operation),
	});
	const listed = await fetchPriceList(aws, {region: 'us-east-1', signal});
	expect(counted.length).toBeGreaterThan(3);
	expect(new Set(counted)).toEqual(new Set(['pricing:GetProducts']));
	const differences = comparePrices(priceTable, listed, {region: 'us-east-1', at: now});
	expect(new Set(differences.map(({model}) => model))).toEqual(new Set(['Claude Opus 6']));
	expect(differences).toHaveLength(10);
});

describe('the public file', () => {
	let close = () => undefined as unknown;
	afterEach(() => close());
	const serve = async (status: number, body: string) => {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(request.url ?? '');
			response.writeHead(status);
			response.end(body);
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		close = () => server.close();
		return {base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
	};

	test('joins products and terms by their SKU', async () => {
		const attributes = {
			servicename: 'Claude Opus 5.5 (Amazon Bedrock Edition)',
			regionCode: 'us-east-1',
			usagetype: 'USE1-MP:USE1_input_tokens_global_standard-Units',
		};
		const dimension = {unit: '1M tokens', pricePerUnit: {USD: '4.0000000000'}};
		const term = {effectiveDate: '2026-10-01T00:00:00Z', priceDimensions: {d: dimension}};
		const {base, asked} = await serve(
			200,
			JSON.stringify({
				products: {SKU1: {sku: 'SKU1', attributes}, SKU2: {attributes}},
				terms: {OnDemand: {SKU1: {t: term}}},
			}),
		);
		expect(await fetchOfferFile('us-east-1', {signal, base})).toMatchObject([
			{model: 'anthropic.claude-opus-5-5', scope: 'global', kind: 'input', perMillion: '4', from: '2026-10-01'},
		]);
		expect(asked).toEqual(['/offers/v1.0/aws/AmazonBedrockFoundationModels/current/us-east-1/index.json']);
	});

	test.each([
		[404, 'gone', /answered 404$/],
		[200, '{"products":', /is not a price list$/],
		[200, '[]', /is not a price list$/],
	])('%s %s: one sentence', async (status, body, sentence) => {
		const {base} = await serve(status, body);
		await expect(fetchOfferFile('us-east-1', {signal, base})).rejects.toThrow(sentence);
	});

	test('nobody there: the reason', async () => {
		await expect(fetchOfferFile('us-east-1', {signal, base: 'http://127.0.0.1:1'})).rejects.toThrow(/ECONNREFUSED/);
	});
});
