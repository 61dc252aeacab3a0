import {record, text} from '../../domain/common/json.ts';
import type {World} from '../world/world.ts';
import {type Answer, failure, type Place} from './answer.ts';
import {type Product, productsAt, serviceCode} from './price-list-products.ts';

const maxPage = 100;
/** AWS's own codes for on-demand terms and their rates; the same in every list. */
const [onDemandCode, rateCode] = ['JRTCKXETXF', '6YS6EN2CT7'];

const isoDay = (now: number) => new Date(now).toISOString().slice(0, 10);

/** An entry of `PriceList`: JSON in a string. */
const entryOf = ({sku, attributes, unit, usd, from}: Product, now: number): string => {
	const term = `${sku}.${onDemandCode}`;
	const rate = `${term}.${rateCode}`;
	const dimension = {unit, endRange: 'Inf', beginRange: '0', rateCode: rate, appliesTo: [], pricePerUnit: {USD: usd}};
	const offer = {
		priceDimensions: {[rate]: dimension},
		sku,
		effectiveDate: `${from}T00:00:00Z`,
		offerTermCode: onDemandCode,
		termAttributes: {},
	};
	return JSON.stringify({
		product: {attributes, sku},
		serviceCode,
		terms: {OnDemand: {[term]: offer}},
		version: `${isoDay(now).replaceAll('-', '')}000000`,
		publicationDate: `${isoDay(now)}T00:00:00Z`,
	});
};

type Filter = (product: Product) => boolean;

/** A filter of the request; undefined for the kinds that the demo does not know. */
const readFilter = (asked: unknown): Filter | undefined => {
	const {Type: type, Field: field, Value: value} = record(asked) ?? {};
	const name = text(field);
	const isKnown = type === 'TERM_MATCH' && name !== undefined && text(value) !== undefined;
	return isKnown ? ({attributes}) => new Map(Object.entries(attributes)).get(name) === value : undefined;
};

const isFilter = (filter: Filter | undefined): filter is Filter => filter !== undefined;

const invalid = (message: string) => failure('InvalidParameterException', message);

/** The price list's GetProducts: at most 100 a page; services other than that of today's Claude models sell nothing. */
export const getProducts = (_: World, request: unknown, {now}: Place): Answer => {
	const {ServiceCode: code, Filters, MaxResults: most = maxPage, NextToken: token} = record(request) ?? {};
	if (text(code) === undefined) return invalid('ServiceCode is required.');
	if (!(Number(most) >= 1 && Number(most) <= maxPage)) return invalid('MaxResults must be between 1 and 100.');
	const asked = Array.isArray(Filters) ? Filters.map(readFilter) : [];
	const filters = asked.filter(isFilter);
	if (filters.length < asked.length) return invalid('The demo account answers TERM_MATCH filters only.');
	const from = token === undefined ? 0 : Number(token);
	const products = code === serviceCode ? productsAt(now) : [];
	const found = products.filter(product => filters.every(matches => matches(product)));
	const isPosition = Number.isSafeInteger(from) && from >= 0 && from <= found.length;
	if (!isPosition) return failure('InvalidNextTokenException', 'The pagination token is invalid.');
	const to = from + Number(most);
	return {
		body: {
			FormatVersion: 'aws_v1',
			PriceList: found.slice(from, to).map(product => entryOf(product, now)),
			...(found.length > to && {NextToken: String(to)}),
		},
	};
};
