import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {performance} from 'node:perf_hooks';
import type {World} from '../world/world.ts';
import {iamActions} from './iam.ts';
import {type DemoRequest, errorResponse, regionOf, respond, targetOf} from './responder.ts';

/** A way for a service to fail; `empty` is an answer of status 200 without a body. */
export type Fault = 'denied' | 'expired' | 'throttled' | 'unreachable' | 'empty';
export type Service = 'cloudtrail' | 'cloudwatch' | 'sts' | 'bedrock' | 'cost-explorer' | 'pricing' | 'iam' | 'quotas';

/** `at` is of the process's monotonic clock, in ms: when it arrived. */
type ServedRequest = {readonly target: string; readonly region: string; readonly at: number};

const errors = {
	denied: ['AccessDeniedException', 'User is not authorized to perform this action'],
	expired: ['ExpiredTokenException', 'The security token included in the request is expired'],
	throttled: ['ThrottlingException', 'Rate exceeded'],
} as const;

const serviceOf = (target: string): Service => {
	if (target.startsWith('CloudTrail')) return 'cloudtrail';
	if (target.startsWith('Granite')) return 'cloudwatch';
	if (target.startsWith('AWSInsightsIndexService')) return 'cost-explorer';
	if (target.startsWith('AWSPriceListService')) return 'pricing';
	if (target.startsWith('ServiceQuotas')) return 'quotas';
	if (iamActions.includes(target)) return 'iam';
	return target.includes(' ') ? 'bedrock' : 'sts';
};

const readRequest = async (incoming: IncomingMessage): Promise<DemoRequest> => {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk);
	const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
	const {method = 'POST', url = '/'} = incoming;
	return {method, path: url, headers, body: Buffer.concat(chunks).toString()};
};

/** The simulated account over loopback HTTP, for `AWS_ENDPOINT_URL`; its services can be made to fail. */
export const serveWorld = async (world: World, clock: {now(): number}) => {
	const broken = new Map<Service, Fault>();
	const requests: ServedRequest[] = [];
	const server = createServer(async (incoming, outgoing) => {
		const request = await readRequest(incoming);
		const target = targetOf(request);
		requests.push({target, region: regionOf(request), at: performance.now()});
		const fault = broken.get(serviceOf(target));
		if (fault === 'unreachable') {
			incoming.socket.destroy();
			return;
		}
		if (fault === 'empty') {
			outgoing.end();
			return;
		}
		const [name, message] = fault === undefined ? [] : errors[fault];
		const answer = name === undefined ? respond(world, request, clock.now()) : errorResponse(request, name, message);
		outgoing.writeHead(answer.status, answer.headers);
		outgoing.end(answer.body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: requests as readonly ServedRequest[],
		/** Breaks a service, or mends it again. */
		fail(service: Service, fault: Fault | undefined) {
			if (fault === undefined) broken.delete(service);
			else broken.set(service, fault);
		},
		async close() {
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};
};
