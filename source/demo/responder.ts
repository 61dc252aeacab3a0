import {parseJson} from '../domain/json.ts';
import {getMetricStatistics, listMetrics} from './metrics.ts';
import {accountId, alice, homeRegion} from './people.ts';
import {type Answer, lookUpEvents} from './trail.ts';
import type {World} from './world.ts';

export type DemoRequest = {
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

export type DemoResponse = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

type Operation = (world: World, request: unknown, place: {region: string; now: number}) => Answer;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
	['CloudTrail_20131101.LookupEvents', lookUpEvents],
	['GraniteServiceVersion20100801.ListMetrics', listMetrics],
	['GraniteServiceVersion20100801.GetMetricStatistics', getMetricStatistics],
]);

/** The region a request is signed for: `Credential=AKIA…/20261123/us-east-1/cloudtrail/aws4_request`. */
export const regionOf = ({headers}: DemoRequest): string =>
	/Credential=[^/]*\/\d+\/([\w-]+)\//.exec(headers.authorization ?? '')?.[1] ?? homeRegion;

/** The operation's name: `x-amz-target`, or the `Action` of a query protocol. */
export const targetOf = ({headers, body}: DemoRequest): string =>
	headers['x-amz-target'] ?? new URLSearchParams(body).get('Action') ?? '';

const json = (status: number, body: object): DemoResponse => ({
	status,
	headers: {'content-type': 'application/x-amz-json-1.1'},
	body: JSON.stringify(body),
});

const xml = (status: number, body: string): DemoResponse => ({status, headers: {'content-type': 'text/xml'}, body});

const callerIdentity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${alice.arn}</Arn><UserId>AROAEXAMPLE:${alice.name}</UserId><Account>${accountId}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** An error in the protocol of the service that was asked: STS speaks XML and leaves out the `Exception`. */
export const errorResponse = (request: DemoRequest, name: string, message: string): DemoResponse => {
	if (request.headers['x-amz-target'] !== undefined) return json(400, {__type: name, message});
	const code = name.replace(/Exception$/, '');
	return xml(
		403,
		`<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
	);
};

/** Answers one request of the AWS SDK as the simulated account would at that moment (epoch ms). */
export const respond = (world: World, request: DemoRequest, now: number): DemoResponse => {
	const target = targetOf(request);
	if (target === 'GetCallerIdentity') return xml(200, callerIdentity);
	const operation = operations.get(target);
	if (operation === undefined) return errorResponse(request, 'UnknownOperationException', `no ${target} here`);
	const answer = operation(world, parseJson(request.body), {region: regionOf(request), now});
	return 'error' in answer ? errorResponse(request, answer.error, answer.message) : json(200, answer.body);
};
