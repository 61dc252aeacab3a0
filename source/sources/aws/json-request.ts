import {type JsonRecord, parseJson, record, text} from '../../domain/common/json.ts';
import type {Aws} from './aws.ts';
import {emptyAnswer} from './problem.ts';

/** A service that speaks AWS's JSON 1.1, as in `ServiceQuotasV20190624.ListServiceQuotas`. */
type Question = {
	/** The host's first part, and what signatures are for. */
	readonly service: string;
	readonly target: string;
	readonly region: string;
	readonly input: object;
	readonly signal: AbortSignal;
};

type Response = {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
};

/** CloudTrail speaks the same and has the same hosts: what the SDK knows of endpoints holds for both. */
const endpointOf = async (aws: Aws, {service, region}: Question) => {
	const [{client, sdk}, {getEndpointFromInstructions}] = await Promise.all([
		aws.cloudTrail(region),
		import('@smithy/core/endpoints'),
	]);
	const {url} = await getEndpointFromInstructions({}, sdk.LookupEventsCommand, {...client.config});
	return {client, url: new URL(url.href.replace(/^(https?:\/\/)cloudtrail\b/, `$1${service}`))};
};

const errorOf = ({statusCode, headers}: Response, said: JsonRecord | undefined, service: string): Error => {
	const type = text(said?.__type) ?? headers['x-amzn-errortype'] ?? '';
	const name = type.slice(type.indexOf('#') + 1).split(':', 1)[0] ?? '';
	const message = text(said?.message) ?? text(said?.Message) ?? `${service} answered ${statusCode}`;
	return Object.assign(new Error(message), {name, $metadata: {httpStatusCode: statusCode}});
};

/**
 * Asks a service for which one question is not worth a client of its own: signed, sent and reported by the parts of the
 * SDK that its clients are made of. Rejects with an error of the SDK's form.
 */
export const askJson = async (aws: Aws, question: Question): Promise<JsonRecord> => {
	const {service, target, region, input, signal} = question;
	const [{client, url}, {HttpRequest}, {SignatureV4}] = await Promise.all([
		endpointOf(aws, question),
		import('@smithy/core/protocols'),
		import('@smithy/signature-v4'),
	]);
	const {credentials, sha256, requestHandler, streamCollector} = client.config;
	const request = new HttpRequest({
		...{method: 'POST', protocol: url.protocol, hostname: url.hostname, path: url.pathname},
		...(url.port !== '' && {port: Number(url.port)}),
		headers: {host: url.host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target},
		body: JSON.stringify(input),
	});
	const signer = new SignatureV4({credentials, region, service, sha256});
	const signed = new HttpRequest(await signer.sign(request));
	aws.count(`${service}:${target.slice(target.lastIndexOf('.') + 1)}`);
	const {response} = (await requestHandler.handle(signed, {abortSignal: signal})) as {readonly response: Response};
	const bytes = await streamCollector(response.body);
	const content = new TextDecoder().decode(bytes);
	if (response.statusCode >= 300) throw errorOf(response, record(parseJson(content)), service);
	const said = content.trim() === '' ? undefined : record(JSON.parse(content));
	if (said === undefined) throw emptyAnswer(target.slice(target.lastIndexOf('.') + 1));
	return said;
};
