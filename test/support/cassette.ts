import {Readable} from 'node:stream';
import {parseJson, record, text} from '../../source/domain/common/json.ts';

/** One answered request as a line of a cassette: readable, because CloudTrail and CloudWatch speak JSON. */
export type Exchange = {
	/** `x-amz-target`, or for query protocols the `Action`. */
	readonly target: string;
	/** The request's body; never its headers, which hold the signature. */
	readonly request: unknown;
	readonly status: number;
	/** Only those that the SDK reads. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed where it is JSON, else the text. */
	readonly response: unknown;
};

type HttpRequest = {readonly headers: Readonly<Record<string, string>>; readonly body?: unknown};
type HttpResponse = {readonly statusCode: number; readonly headers: Record<string, string>; readonly body?: unknown};

/** The part of the SDK's `requestHandler` that is used here. */
export type RequestHandler = {
	handle(request: HttpRequest, options?: {abortSignal?: AbortSignal}): Promise<{response: HttpResponse}>;
	updateHttpClientConfig(): void;
	httpHandlerConfigs(): Record<string, never>;
};

const keptHeaders = ['content-type', 'x-amzn-requestid', 'x-amzn-errortype'];

const bodyText = (body: unknown): string => {
	if (typeof body === 'string') return body;
	return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
};

const targetOf = ({headers, body}: HttpRequest): string => {
	const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
	return target ?? new URLSearchParams(bodyText(body)).get('Action') ?? 'unknown';
};

const readAll = async (body: unknown): Promise<string> => {
	if (!(body instanceof Readable)) return bodyText(body);
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString('utf8');
};

const parsedOrText = (body: string): unknown => parseJson(body) ?? body;

const handlerOf = (handle: RequestHandler['handle']): RequestHandler => ({
	handle,
	updateHttpClientConfig: () => undefined,
	httpHandlerConfigs: () => ({}),
});

const toResponse = ({status, headers, response}: Exchange): HttpResponse => ({
	statusCode: status,
	headers: {...headers},
	body: Readable.from([typeof response === 'string' ? response : JSON.stringify(response)]),
});

/** A handler that passes requests on and hands over each exchange, without the request's headers. */
export const recordingHandler = (inner: RequestHandler, write: (exchange: Exchange) => void): RequestHandler =>
	handlerOf(async (request, options) => {
		const {response} = await inner.handle(request, options);
		const body = await readAll(response.body);
		const headers = Object.fromEntries(
			Object.entries(response.headers).filter(([name]) => keptHeaders.includes(name.toLowerCase())),
		);
		const exchange = {
			target: targetOf(request),
			request: parsedOrText(bodyText(request.body)),
			status: response.statusCode,
			headers,
			response: parsedOrText(body),
		};
		write(exchange);
		return {response: toResponse(exchange)};
	});

/**
 * A handler that answers from exchanges. The very same request gets its own answer, whatever order concurrent ones come
 * in; any other the next of its target. The last answer of a target goes on answering, and a target that the recording
 * does not know is an error, never a guess.
 */
export const replayingHandler = (exchanges: readonly Exchange[]): RequestHandler => {
	let left = exchanges;
	const take = (target: string, request: unknown): Exchange => {
		const known = left.filter(exchange => exchange.target === target);
		const wanted = JSON.stringify(request);
		const exchange = known.find(({request: recorded}) => JSON.stringify(recorded) === wanted) ?? known[0];
		if (exchange === undefined) throw new Error(`the recording has no answer to ${target}`);
		if (known.length > 1) left = left.filter(other => other !== exchange);
		return exchange;
	};
	return handlerOf(async request => ({
		response: toResponse(take(targetOf(request), parsedOrText(bodyText(request.body)))),
	}));
};

/** Reads a cassette: JSON lines, of which those that are comments or broken are left out. */
export const parseCassette = (source: string): readonly Exchange[] =>
	source.split('\n').flatMap(line => {
		const entry = record(parseJson(line));
		const target = text(entry?.target);
		if (entry === undefined || target === undefined || typeof entry.status !== 'number') return [];
		const headers = (record(entry.headers) ?? {}) as Record<string, string>;
		return [{target, request: entry.request, status: entry.status, headers, response: entry.response}];
	});
