import {parseJson} from '../../domain/common/json.ts';
import {homeRegion} from '../world/people.ts';
import type {World} from '../world/world.ts';
import type {Answer, Place} from './answer.ts';
import {answerBedrock} from './control-plane.ts';
import {getCostAndUsage} from './cost-explorer.ts';
import {answerIam} from './iam.ts';
import {callerIdentity} from './identity.ts';
import {getMetricData, getMetricStatistics, listMetrics} from './metrics.ts';
import {getProducts} from './price-list.ts';
import {listServiceQuotas} from './quotas.ts';
import {lookUpEvents} from './trail.ts';

export type DemoRequest = {
	/** REST services are asked by method and path (with its query); the others always by `POST /`. */
	readonly method?: string;
	readonly path?: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

export type DemoResponse = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

type Operation = (world: World, request: unknown, place: Place) => Answer;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
	['CloudTrail_20131101.LookupEvents', lookUpEvents],
	['GraniteServiceVersion20100801.ListMetrics', listMetrics],
	['GraniteServiceVersion20100801.GetMetricStatistics', getMetricStatistics],
	['GraniteServiceVersion20100801.GetMetricData', getMetricData],
	['AWSInsightsIndexService.GetCostAndUsage', getCostAndUsage],
	['AWSPriceListService.GetProducts', getProducts],
	['ServiceQuotasV20190624.ListServiceQuotas', listServiceQuotas],
]);

/** The region a request is signed for: `Credential=AKIA…/20261123/us-east-1/cloudtrail/aws4_request`. */
export const regionOf = ({headers}: DemoRequest): string =>
	/Credential=[^/]*\/\d+\/([\w-]+)\//.exec(headers.authorization ?? '')?.[1] ?? homeRegion;

/** The operation's name: `x-amz-target`, the `Action` of a query protocol, or a REST service's method and path. */
export const targetOf = ({method = 'POST', path = '/', headers, body}: DemoRequest): string => {
	const named = headers['x-amz-target'] ?? new URLSearchParams(body).get('Action');
	if (named !== null) return named;
	return path === '/' ? '' : `${method} ${path.replace(/\?.*/, '')}`;
};

type Protocol = 'json-1.0' | 'json-1.1' | 'rest' | 'query';

const protocolOf = (request: DemoRequest): Protocol => {
	const target = request.headers['x-amz-target'];
	if (target !== undefined) return target.startsWith('Granite') ? 'json-1.0' : 'json-1.1';
	return (request.path ?? '/').startsWith('/?') || (request.path ?? '/') === '/' ? 'query' : 'rest';
};

const contentTypes: Readonly<Record<Protocol, string>> = {
	'json-1.0': 'application/x-amz-json-1.0',
	'json-1.1': 'application/x-amz-json-1.1',
	rest: 'application/json',
	query: 'text/xml',
};

/** STS and CloudWatch leave the ending off these names; the other services do not (seen over HTTP, November 2026). */
const shortNames = new Set(['AccessDeniedException', 'ExpiredTokenException', 'ThrottlingException']);

const shorten = (name: string) => (shortNames.has(name) ? name.replace('Exception', '') : name);

const restStatus: ReadonlyMap<string, number> = new Map([
	['ResourceNotFoundException', 404],
	['UnknownOperationException', 404],
	['AccessDeniedException', 403],
	['ExpiredTokenException', 403],
	['ThrottlingException', 429],
]);

const queryStatus: ReadonlyMap<string, number> = new Map([
	['AccessDenied', 403],
	['ExpiredToken', 403],
	['NoSuchEntity', 404],
]);

/** An error in the protocol of the service that was asked. */
export const errorResponse = (request: DemoRequest, name: string, message: string): DemoResponse => {
	const protocol = protocolOf(request);
	const headers = {'content-type': contentTypes[protocol]};
	if (protocol === 'query') {
		const code = shorten(name);
		const status = queryStatus.get(code) ?? 400;
		const detail = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
		return {status, headers, body: `<ErrorResponse>${detail}</ErrorResponse>`};
	}
	if (protocol === 'rest') {
		const body = JSON.stringify({message});
		return {status: restStatus.get(name) ?? 400, headers: {...headers, 'x-amzn-errortype': name}, body};
	}
	const type = protocol === 'json-1.0' ? shorten(name) : name;
	return {status: 400, headers, body: JSON.stringify({__type: type, message})};
};

const ask = (world: World, request: DemoRequest, now: number): Answer => {
	const target = targetOf(request);
	const region = regionOf(request);
	const operation = operations.get(target);
	if (operation !== undefined) return operation(world, parseJson(request.body), {region, now});
	const {method = 'POST', path = '/'} = request;
	const isQuery = protocolOf(request) === 'query';
	const iam = isQuery ? answerIam(new URLSearchParams(request.body)) : undefined;
	const isRead = method === 'GET' && protocolOf(request) === 'rest';
	const bedrock = isRead ? answerBedrock(new URL(path, 'https://bedrock'), region) : undefined;
	const error = isQuery ? 'InvalidAction' : 'UnknownOperationException';
	return iam ?? bedrock ?? {error, message: 'The demo account does not know this operation.'};
};

/** Answers one request of the AWS SDK as the simulated account would at that moment (epoch ms). */
export const respond = (world: World, request: DemoRequest, now: number): DemoResponse => {
	const headers = {'content-type': contentTypes[protocolOf(request)]};
	if (targetOf(request) === 'GetCallerIdentity') return {status: 200, headers, body: callerIdentity};
	const answer = ask(world, request, now);
	if ('error' in answer) return errorResponse(request, answer.error, answer.message);
	const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
	return {status: 200, headers, body};
};
