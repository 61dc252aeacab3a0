import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {errorResponse, respond, targetOf} from '../../source/demo/aws/responder.ts';
import type {World} from '../../source/demo/world/world.ts';
import {eventOf} from './event-history.ts';

/** AWS's own limit for the whole account and region: two requests a second. */
const leastMs = 500;
const page = 50;

type Busy = {
	readonly world: World;
	readonly now: number;
	/** So many calls stand in CloudTrail, evenly over the time before now. */
	readonly calls: number;
	readonly spanMs: number;
	/** What comes sooner after the last answer is throttled, ms: more than AWS's limit is what colleagues leave of it. */
	readonly everyMs?: number;
};

/** The simulated account over loopback HTTP, but for an event history that is longer than anybody has time for. */
export const serveBusyAccount = async ({world, now, calls, spanMs, everyMs = leastMs}: Busy) => {
	const apartMs = spanMs / calls;
	const at = (n: number) => now - 1000 - n * apartMs;
	let [answeredAt, throttled] = [Number.NEGATIVE_INFINITY, 0];
	const lookUpEvents = (body: string) => {
		const {StartTime, NextToken = '0'} = JSON.parse(body);
		const first = Number(NextToken);
		const numbers = Array.from({length: page}, (_, n) => first + n);
		const asked = numbers.filter(n => n < calls && at(n) >= Number(StartTime) * 1000);
		const events = asked.map(n => eventOf({id: `busy-${n}`, at: at(n), shownAt: 0}));
		return {Events: events, ...(asked.length === page && {NextToken: String(first + page)})};
	};
	const isThrottled = () => {
		const time = performance.now();
		if (time - answeredAt < everyMs) return true;
		answeredAt = time;
		return false;
	};
	const server = createServer(async (incoming, outgoing) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
		const {method = 'POST', url = '/'} = incoming;
		const request = {method, path: url, headers, body: Buffer.concat(chunks).toString()};
		let answer = respond(world, request, now);
		if (targetOf(request).endsWith('LookupEvents')) {
			const isRefused = isThrottled();
			if (isRefused) throttled++;
			answer = isRefused
				? errorResponse(request, 'ThrottlingException', 'Rate exceeded')
				: {...answer, status: 200, body: JSON.stringify(lookUpEvents(request.body))};
		}
		outgoing.writeHead(answer.status, answer.headers);
		outgoing.end(answer.body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		throttled: () => throttled,
		/** How many calls there were from then on (epoch ms), by whole seconds as CloudTrail dates them. */
		countSince: (since: number) =>
			Array.from({length: calls}, (_, n) => Math.floor(at(n) / 1000) * 1000).filter(time => time >= since).length,
		async close() {
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};
};
