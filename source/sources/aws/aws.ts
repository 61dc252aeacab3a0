import type {CloudTrailClientConfig} from '@aws-sdk/client-cloudtrail';

type Handler = NonNullable<CloudTrailClientConfig['requestHandler']>;
type Credentials = NonNullable<CloudTrailClientConfig['credentials']>;

export type AwsOptions = {
	/** A profile of ~/.aws; default: AWS_PROFILE, then `default`, as the SDK resolves it. */
	readonly profile?: string | undefined;
	/** The SDK's own seam: recordings, replays and the demo account answer here instead of the network. */
	readonly requestHandler?: Handler | undefined;
	readonly credentials?: Credentials | undefined;
	/** How often a request is tried that was throttled or met a server error; default: once. */
	readonly attempts?: number | undefined;
	/** Told of each request before it goes out, as `cloudtrail:LookupEvents`: watching has a price. */
	readonly onRequest?: ((operation: string) => void) | undefined;
};

/** What every client is opened with. */
type ClientConfig = Pick<
	CloudTrailClientConfig,
	'region' | 'profile' | 'credentials' | 'maxAttempts' | 'requestHandler'
>;

type Next = (args: never) => Promise<unknown>;
type AnyClient = {
	readonly middlewareStack: {
		add(
			middleware: (next: Next, context: {readonly commandName?: string}) => Next,
			options: {readonly step: 'deserialize'; readonly name: string},
		): void;
	};
};

type Service<Sdk, Client> = {
	/** The service as IAM's actions begin. */
	readonly prefix: string;
	readonly load: () => Promise<Sdk>;
	readonly create: (sdk: Sdk, config: ClientConfig) => Client;
	/** The only region that answers for all of them. */
	readonly home?: string | undefined;
};

const service = <Sdk, Client>(
	prefix: string,
	load: () => Promise<Sdk>,
	create: (sdk: Sdk, config: ClientConfig) => Client,
	home?: string,
): Service<Sdk, Client> => ({prefix, load, create, home});

/** Every service that is asked. None of the SDK is loaded before its first client is wanted. */
const services = {
	cloudTrail: service(
		'cloudtrail',
		() => import('@aws-sdk/client-cloudtrail'),
		(sdk, config) => new sdk.CloudTrailClient(config),
	),
	cloudWatch: service(
		'cloudwatch',
		() => import('@aws-sdk/client-cloudwatch'),
		(sdk, config) => new sdk.CloudWatchClient(config),
	),
	bedrock: service(
		'bedrock',
		() => import('@aws-sdk/client-bedrock'),
		// A Bedrock API key in the environment would otherwise be used here, which may do nothing but call models.
		(sdk, config) => new sdk.BedrockClient({...config, authSchemePreference: ['aws.auth#sigv4']}),
	),
	costExplorer: service(
		'ce',
		() => import('@aws-sdk/client-cost-explorer'),
		(sdk, config) => new sdk.CostExplorerClient(config),
		'us-east-1',
	),
	pricing: service(
		'pricing',
		() => import('@aws-sdk/client-pricing'),
		(sdk, config) => new sdk.PricingClient(config),
		'us-east-1',
	),
	iam: service(
		'iam',
		() => import('@aws-sdk/client-iam'),
		(sdk, config) => new sdk.IAMClient(config),
		'us-east-1',
	),
	sts: service(
		'sts',
		() => import('@aws-sdk/client-sts'),
		(sdk, config) => new sdk.STSClient(config),
	),
};

type Services = typeof services;

/** A client in a region, with the module its commands and paginators come from. */
type Opened<S> = S extends Service<infer Sdk, infer Client> ? {readonly client: Client; readonly sdk: Sdk} : never;

export type Aws = {readonly [Name in keyof Services]: (region?: string) => Promise<Opened<Services[Name]>>} & {
	readonly profile: string | undefined;
	/** Counts a request that none of the clients sends, as `servicequotas:ListServiceQuotas`. */
	count(operation: string): void;
	/** The region the SDK itself would use: AWS_REGION, then the profile's. Rejects when there is none. */
	defaultRegion(): Promise<string>;
};

const memoise = <T>(make: (key: string) => Promise<T>) => {
	const made = new Map<string, Promise<T>>();
	return (key: string): Promise<T> => {
		const known = made.get(key);
		if (known !== undefined) return known;
		const promise = make(key);
		// A failed load must not be remembered: the next poll tries again.
		promise.catch(() => made.delete(key));
		made.set(key, promise);
		return promise;
	};
};

/** Tells of every request that is sent, the pages of a paginator and second tries included. */
const countRequests = ({middlewareStack}: AnyClient, prefix: string, onRequest: (operation: string) => void) =>
	middlewareStack.add(
		(next, {commandName = 'unknown'}) =>
			args => {
				onRequest(`${prefix}:${commandName.replace(/Command$/, '')}`);
				return next(args);
			},
		{step: 'deserialize', name: 'bedtopRequestCount'},
	);

/**
 * AWS as one set of credentials sees it. Where somebody asks again and again, one attempt per request: the poller then
 * owns the only retry policy, so that every throttle is visible. `AWS_ENDPOINT_URL`, `AWS_PROFILE`, SSO and `aws login` work as everywhere in the SDK.
 */
export const createAws = ({profile, requestHandler, credentials, onRequest, attempts = 1}: AwsOptions): Aws => {
	const named = profile === undefined ? {} : {profile};
	let provider: Promise<Credentials> | undefined;
	const provide = (): Promise<Credentials> => {
		// ignoreCache: the parsed ~/.aws files would otherwise be kept for life and `aws configure` never seen.
		provider ??= import('@aws-sdk/credential-providers').then(({fromNodeProviderChain}) =>
			fromNodeProviderChain({...named, ignoreCache: true}),
		);
		return provider;
	};
	const configOf = async (region: string): Promise<ClientConfig> => ({
		...(region !== '' && {region}),
		...named,
		credentials: credentials ?? (await provide()),
		maxAttempts: attempts,
		requestHandler: requestHandler ?? {connectionTimeout: 5000, requestTimeout: 20_000, throwOnRequestTimeout: true},
	});
	const opened = ({prefix, load, create, home = ''}: Service<unknown, unknown>) => {
		const open = memoise(async region => {
			const [sdk, config] = await Promise.all([load(), configOf(region)]);
			const client = create(sdk, config);
			if (onRequest !== undefined) countRequests(client as AnyClient, prefix, onRequest);
			return {client, sdk};
		});
		return (region = home) => open(region);
	};
	const clients = Object.fromEntries(
		Object.entries(services).map(([name, one]) => [name, opened(one as Service<unknown, unknown>)]),
	) as unknown as {readonly [Name in keyof Services]: Aws[Name]};
	return {
		...clients,
		profile,
		count: operation => onRequest?.(operation),
		defaultRegion: async () => (await clients.sts()).client.config.region(),
	};
};
