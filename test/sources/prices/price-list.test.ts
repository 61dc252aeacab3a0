import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../../source/demo/aws/handler.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {comparePrices} from '../../../source/domain/money/price-list.ts';
import {priceTable} from '../../../source/domain/money/price-table.ts';
import {createAws} from '../../../source/sources/aws/aws.ts';
import {explainAwsError} from '../../../source/sources/aws/problem.ts';
import {fetchOfferFile, fetchPriceList, priceListAsked} from '../../../source/sources/prices/price-list.ts';
import {type Exchange, recordingHandler, replayingHandler} from '../../support/cassette.ts';

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

describe('GetProducts', () => {
	const target = 'AWSPriceListService.GetProducts';
	const attributes = {
		servicename: 'Claude Opus 5.5 (Amazon Bedrock Edition)',
		regionCode: 'us-east-1',
		usagetype: 'USE1-MP:USE1_input_tokens_global_standard-Units',
	};
	const item = (usd: string) => {
		const term = {effectiveDate: '2026-10-01T00:00:00Z', priceDimensions: {d: {pricePerUnit: {USD: usd}}}};
		return JSON.stringify({product: {attributes}, terms: {OnDemand: {t: term}}});
	};
	const answer = (response: unknown, status = 200): Exchange => {
		const headers = {'content-type': 'application/x-amz-json-1.1'};
		return {target, request: undefined, status, headers, response};
	};
	const open = (exchanges: readonly Exchange[]) => {
		const asked: unknown[] = [];
		const counted: string[] = [];
		const aws = createAws({
			requestHandler: recordingHandler(replayingHandler(exchanges), ({request}) => asked.push(request)) as never,
			credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
			onRequest: operation => counted.push(operation),
		});
		return {asked, counted, listed: fetchPriceList(aws, {region: 'us-east-1', signal})};
	};

	test('asks for the region page by page, and passes over what is not JSON', async () => {
		const {asked, counted, listed} = open([
			answer({PriceList: [item('4'), '{"product":'], NextToken: 'two'}),
			answer({PriceList: [], NextToken: 'three'}),
			answer({PriceList: [item('5')], NextToken: ''}),
		]);
		expect((await listed).map(({perMillion}) => perMillion)).toEqual(['4', '5']);
		const first = {
			ServiceCode: 'AmazonBedrockFoundationModels',
			Filters: [{Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1'}],
			FormatVersion: 'aws_v1',
			MaxResults: 100,
		};
		expect(asked).toEqual([first, {...first, NextToken: 'two'}, {...first, NextToken: 'three'}]);
		expect(counted).toEqual(Array(3).fill('pricing:GetProducts'));
	});

	test('a list without an end is read for 50 pages', async () => {
		const {asked, listed} = open([answer({PriceList: [item('4')], NextToken: 'again'})]);
		expect(await listed).toHaveLength(50);
		expect(asked).toHaveLength(50);
	});

	test.each([
		[
			400,
			{__type: 'AccessDeniedException', message: 'no'},
			{kind: 'denied', fix: 'allow pricing:GetProducts on Resource "*"'},
		],
		[400, {__type: 'ThrottlingException', message: 'slow down'}, {kind: 'throttled'}],
		[400, {__type: 'ExpiredTokenException', message: 'expired'}, {kind: 'credentials'}],
		[200, '', {kind: 'unexpected', message: expect.stringContaining('GetProducts answered without content')}],
		[200, {}, {kind: 'unexpected', message: expect.stringContaining('GetProducts answered without content')}],
	])('%s %j is said in a sentence, after one request', async (status, response, problem) => {
		const {counted, listed} = open([answer(response, status)]);
		const error = await listed.catch(reason => reason);
		expect(explainAwsError(error, priceListAsked)).toMatchObject(problem);
		expect(counted).toHaveLength(1);
	});

	test('what was read before a refusal is not taken for the list', async () => {
		const refusal = answer({__type: 'ThrottlingException', message: 'slow down'}, 400);
		const {listed} = open([answer({PriceList: [item('4')], NextToken: 'two'}), refusal]);
		await expect(listed).rejects.toMatchObject({name: 'ThrottlingException'});
	});
});

describe('the public file', () => {
	let close = () => undefined as unknown;
	afterEach(() => close());
	const serveBy = async (listener: RequestListener) => {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(request.url ?? '');
			listener(request, response);
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		close = () => {
			server.closeAllConnections();
			server.close();
		};
		return {base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
	};
	const serve = (status: number, body: string) =>
		serveBy((_, response) => {
			response.writeHead(status);
			response.end(body);
		});

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
		[301, '', /answered 301$/],
		[200, '', /is not a price list$/],
		[200, '{"products":', /is not a price list$/],
		[200, '[]', /is not a price list$/],
	])('%s %s: one sentence', async (status, body, sentence) => {
		const {base} = await serve(status, body);
		await expect(fetchOfferFile('us-east-1', {signal, base})).rejects.toThrow(sentence);
	});

	test('more than 50 MB: one sentence, without waiting for the end', async () => {
		const {base} = await serveBy((_, response) => {
			const megabyte = Buffer.alloc(1_000_000, ' ');
			const fill = () => {
				while (!response.destroyed && response.write(megabyte));
			};
			response.on('drain', fill);
			fill();
		});
		await expect(fetchOfferFile('us-east-1', {signal, base})).rejects.toThrow(/is larger than 50 MB$/);
	});

	test('an answer that breaks off: one sentence', async () => {
		const {base} = await serveBy((_, response) => {
			response.writeHead(200, {'content-length': '1000'});
			response.write('{"products":', () => response.destroy());
		});
		await expect(fetchOfferFile('us-east-1', {signal, base})).rejects.toThrow(/index\.json broke off$/);
	});

	test('can be given up in the middle', async () => {
		const giveUp = new AbortController();
		const {base} = await serveBy((_, response) => response.write('{', () => giveUp.abort()));
		const listed = fetchOfferFile('us-east-1', {signal: giveUp.signal, base});
		await expect(listed).rejects.toMatchObject({name: 'AbortError'});
	});

	test('nobody there: the reason', async () => {
		await expect(fetchOfferFile('us-east-1', {signal, base: 'http://127.0.0.1:1'})).rejects.toThrow(/ECONNREFUSED/);
	});
});
