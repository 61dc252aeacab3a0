import {get as getHttp} from 'node:http';
import {get as getHttps} from 'node:https';
import {parseJson, record} from '../../domain/common/json.ts';
import {type ListedPrice, readProduct} from '../../domain/money/price-list.ts';
import type {Aws} from '../aws/aws.ts';
import {firstPages} from '../aws/pages.ts';
import {emptyAnswer} from '../aws/problem.ts';

export const priceListAsked = {service: 'Price List', actions: ['pricing:GetProducts']};

const serviceCode = 'AmazonBedrockFoundationModels';
const mostPages = 50;

/** AWS's prices of one region through `pricing:GetProducts`, which is free. Rejects with the SDK's error. */
export const fetchPriceList = async (
	aws: Aws,
	{region, signal}: {readonly region: string; readonly signal: AbortSignal},
): Promise<readonly ListedPrice[]> => {
	const {client, sdk} = await aws.pricing();
	const listed: ListedPrice[] = [];
	const input = {
		ServiceCode: serviceCode,
		Filters: [{Type: 'TERM_MATCH' as const, Field: 'regionCode', Value: region}],
		FormatVersion: 'aws_v1',
		MaxResults: 100,
	};
	const pages = sdk.paginateGetProducts({client}, input, {abortSignal: signal});
	for await (const {PriceList: products} of firstPages(pages, mostPages)) {
		if (products === undefined) throw emptyAnswer('GetProducts');
		listed.push(...(products as readonly unknown[]).flatMap(product => readProduct(parseJson(String(product)))));
	}
	return listed;
};

/** Where AWS publishes its price files, which need no credentials. */
const publicPrices = 'https://pricing.us-east-1.amazonaws.com';

const largestFile = 50_000_000;
const patienceMs = 30_000;

const download = (url: string, signal: AbortSignal): Promise<string> =>
	new Promise((resolve, reject) => {
		const get = url.startsWith('https:') ? getHttps : getHttp;
		const request = get(url, {signal, timeout: patienceMs}, response => {
			const chunks: Buffer[] = [];
			let size = 0;
			if (response.statusCode !== 200) {
				response.resume();
				reject(new Error(`${url} answered ${response.statusCode}`));
				return;
			}
			response.on('data', (chunk: Buffer) => {
				size += chunk.length;
				chunks.push(chunk);
				if (size <= largestFile) return;
				reject(new Error(`${url} is larger than ${largestFile / 1e6} MB`));
				request.destroy();
			});
			response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
			// Node says no more than “aborted” when the server hangs up.
			response.on('error', error => reject(error.message === 'aborted' ? new Error(`${url} broke off`) : error));
		});
		request.on('timeout', () => request.destroy(new Error(`${url} did not answer in time`)));
		request.on('error', reject);
	});

/** The same prices from the public offer file of the region. Rejects with one sentence. */
export const fetchOfferFile = async (
	region: string,
	{signal, base = publicPrices}: {readonly signal: AbortSignal; readonly base?: string},
): Promise<readonly ListedPrice[]> => {
	const url = `${base}/offers/v1.0/aws/${serviceCode}/current/${region}/index.json`;
	const file = record(parseJson(await download(url, signal)));
	const [products, terms] = [record(file?.products), record(record(file?.terms)?.OnDemand)];
	if (products === undefined || terms === undefined) throw new Error(`${url} is not a price list`);
	return Object.entries(products).flatMap(([sku, product]) => readProduct({product, terms: {OnDemand: terms[sku]}}));
};
