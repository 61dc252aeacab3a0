import {createAws} from '../../source/sources/aws/aws.ts';

export type AwsRequest = {
	readonly path: string;
	readonly hostname: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

/** The SDK's own clients, with a function in the place of AWS; what it throws is a network that fails. */
export const awsAnswering = (answer: (request: AwsRequest) => Response) =>
	createAws({
		credentials: {accessKeyId: 'AKIATEST', secretAccessKey: 'test'},
		requestHandler: {
			async handle(request: AwsRequest) {
				const response = answer(request);
				const headers = Object.fromEntries(response.headers);
				return {response: {statusCode: response.status, headers, body: response.body ?? new Blob([]).stream()}};
			},
			...{updateHttpClientConfig: () => undefined, httpHandlerConfigs: () => ({}), destroy: () => undefined},
		} as never,
	});

/** A request's JSON body. */
export const bodyOf = ({body}: AwsRequest): Record<string, unknown> =>
	JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array));
