import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {errorResponse, regionOf, respond, targetOf} from '../../source/demo/responder.ts';
import type {World} from '../../source/demo/world.ts';

export type Fault = 'denied' | 'expired' | 'throttled' | 'unreachable' | 'empty';
type Service = 'cloudtrail' | 'cloudwatch' | 'sts';

const faults = {
	denied: ['AccessDeniedException', 'User is not authorized to perform this action'],
	expired: ['ExpiredTokenException', 'The security token included in the request is expired'],
	throttled: ['ThrottlingException', 'Rate exceeded'],
} as const;

const serviceOf = (target: string): Service => {
	if (target.startsWith('CloudTrail')) return 'cloudtrail';
	return target.startsWith('Granite') ? 'cloudwatch' : 'sts';
};

/** The demo's own responder over loopback HTTP, for `AWS_ENDPOINT_URL`, with services that can be made to fail. */
export const serveWorld = async (world: World, clock: {now(): number}) => {
	const broken = new Map<Service, Fault>();
	const requests: {target: string; region: string; at: number}[] = [];
	const server = createServer(async (incoming, outgoing) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
		const request = {headers, body: Buffer.concat(chunks).toString()};
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
		const [name, message] = fault === undefined ? [] : faults[fault];
		const answer = name === undefined ? respond(world, request, clock.now()) : errorResponse(request, name, message);
		outgoing.writeHead(answer.status, answer.headers);
		outgoing.end(answer.body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: requests as readonly {readonly target: string; readonly region: string; readonly at: number}[],
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
