import {Readable} from 'node:stream';
import type {World} from '../world/world.ts';
import {respond} from './responder.ts';

/** The SDK's HttpRequest as far as it is needed. */
type SdkRequest = {
	readonly method?: string;
	readonly path?: string;
	readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

type SdkOptions = {readonly abortSignal?: AbortSignal};

/** Time as the caller has it; `after` is only needed for answers that take time. */
type HandlerClock = {now(): number; after?(ms: number, callback: () => void): () => void};

const lowerCased = (headers: Readonly<Record<string, string>>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const textOf = (body: unknown): string => {
	if (typeof body === 'string') return body;
	return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
};

const pathOf = ({path = '/', query = {}}: SdkRequest): string => {
	const pairs = Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map(each => [name, each]));
	return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs as [string, string][])}`;
};

/** By this name and no other the SDK knows that it was its caller who gave up. */
const aborted = () => Object.assign(new Error('Request aborted'), {name: 'AbortError'});

const pass = (clock: HandlerClock, ms: number, signal: AbortSignal | undefined) =>
	new Promise<void>((resolve, reject) => {
		if (clock.after === undefined || ms <= 0) {
			resolve();
			return;
		}
		const onAbort = () => {
			cancel();
			reject(aborted());
		};
		const cancel = clock.after(ms, () => {
			signal?.removeEventListener('abort', onAbort);
			resolve();
		});
		signal?.addEventListener('abort', onAbort, {once: true});
	});

/** The simulated account as an AWS SDK `requestHandler`: real clients ask it without a network. */
export const createRequestHandler = (world: World, clock: HandlerClock, latencyMs = 0) => ({
	async handle(request: SdkRequest, {abortSignal}: SdkOptions = {}) {
		if (abortSignal?.aborted) throw aborted();
		await pass(clock, latencyMs, abortSignal);
		const {method = 'POST', headers, body} = request;
		const question = {method, path: pathOf(request), headers: lowerCased(headers), body: textOf(body)};
		const answer = respond(world, question, clock.now());
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
