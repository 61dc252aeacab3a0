import {Readable} from 'node:stream';
import {respond} from './responder.ts';
import type {World} from './world.ts';

type SdkRequest = {readonly headers: Readonly<Record<string, string>>; readonly body?: unknown};

const lowerCased = (headers: Readonly<Record<string, string>>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const textOf = (body: unknown): string => {
	if (typeof body === 'string') return body;
	return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
};

/** The simulated account as an AWS SDK `requestHandler`: real clients ask it without a network. */
export const createRequestHandler = (world: World, clock: {now(): number}) => ({
	async handle({headers, body}: SdkRequest) {
		const answer = respond(world, {headers: lowerCased(headers), body: textOf(body)}, clock.now());
		return {
			response: {
				statusCode: answer.status,
				headers: {...answer.headers},
				body: Readable.from([answer.body]),
			},
		};
	},
	updateHttpClientConfig: () => undefined,
	httpHandlerConfigs: () => ({}),
});
