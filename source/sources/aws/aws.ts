import type {BedrockClient} from '@aws-sdk/client-bedrock';
import type {CloudTrailClient, CloudTrailClientConfig} from '@aws-sdk/client-cloudtrail';
import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch';
import type {CostExplorerClient} from '@aws-sdk/client-cost-explorer';
import type {IAMClient} from '@aws-sdk/client-iam';
import type {PricingClient} from '@aws-sdk/client-pricing';
import type {STSClient} from '@aws-sdk/client-sts';

type Handler = NonNullable<CloudTrailClientConfig['requestHandler']>;
type Credentials = NonNullable<CloudTrailClientConfig['credentials']>;

export type AwsOptions = {
	/** A profile of ~/.aws; default: AWS_PROFILE, then `default`, as the SDK resolves it. */
	readonly profile?: string | undefined;
	/** The SDK's own seam: recordings, replays and the demo account answer here instead of the network. */
	readonly requestHandler?: Handler | undefined;
	readonly credentials?: Credentials | undefined;
	/** Told each request's operation. */
	readonly onRequest?: ((operation: string) => void) | undefined;
};

/** Lazy AWS clients: nothing of the SDK is loaded before the first of these is awaited. */
export type Aws = {
	readonly profile: string | undefined;
	/** To be told of each request before it goes out, as `cloudtrail:LookupEvents`: watching has a price. */
	count(operation: string): void;
	cloudTrail(region: string): Promise<CloudTrailClient>;
	cloudWatch(region: string): Promise<CloudWatchClient>;
	bedrock(region: string): Promise<BedrockClient>;
	/** Cost Explorer and the price list live in one region only. */
	costExplorer(): Promise<CostExplorerClient>;
	pricing(): Promise<PricingClient>;
	/** A global service: asked in one region, it answers for all. */
	iam(): Promise<IAMClient>;
	sts(region: string): Promise<STSClient>;
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

/**
 * AWS as one set of credentials sees it. One attempt per request: the poller owns the only retry policy, so that every
 * throttle is visible. `AWS_ENDPOINT_URL`, `AWS_PROFILE`, SSO and `aws login` work as everywhere in the SDK.
 */
export const createAws = (options: AwsOptions): Aws => {
	let provider: Promise<Credentials> | undefined;
	const credentials = (): Promise<Credentials> => {
		// ignoreCache: the parsed ~/.aws files would otherwise be kept for life and `aws configure` never seen.
		provider ??= import('@aws-sdk/credential-providers').then(({fromNodeProviderChain}) =>
			fromNodeProviderChain({...(options.profile !== undefined && {profile: options.profile}), ignoreCache: true}),
		);
		return options.credentials === undefined ? provider : Promise.resolve(options.credentials);
	};
	const config = async (region: string) => ({
		...(region !== '' && {region}),
		...(options.profile !== undefined && {profile: options.profile}),
		credentials: await credentials(),
		maxAttempts: 1,
		requestHandler: options.requestHandler ?? {
			connectionTimeout: 5000,
			requestTimeout: 20_000,
			throwOnRequestTimeout: true,
		},
	});
	const sts = memoise(async region => {
		const [{STSClient}, settings] = await Promise.all([import('@aws-sdk/client-sts'), config(region)]);
		return new STSClient(settings);
	});
	const costExplorer = memoise(async region => {
		const [{CostExplorerClient}, settings] = await Promise.all([
			import('@aws-sdk/client-cost-explorer'),
			config(region),
		]);
		return new CostExplorerClient(settings);
	});
	const pricing = memoise(async region => {
		const [{PricingClient}, settings] = await Promise.all([import('@aws-sdk/client-pricing'), config(region)]);
		return new PricingClient(settings);
	});
	const iam = memoise(async region => {
		const [{IAMClient}, settings] = await Promise.all([import('@aws-sdk/client-iam'), config(region)]);
		return new IAMClient(settings);
	});
	return {
		profile: options.profile,
		count: operation => options.onRequest?.(operation),
		cloudTrail: memoise(async region => {
			const [{CloudTrailClient}, settings] = await Promise.all([import('@aws-sdk/client-cloudtrail'), config(region)]);
			return new CloudTrailClient(settings);
		}),
		cloudWatch: memoise(async region => {
			const [{CloudWatchClient}, settings] = await Promise.all([import('@aws-sdk/client-cloudwatch'), config(region)]);
			return new CloudWatchClient(settings);
		}),
		bedrock: memoise(async region => {
			const [{BedrockClient}, settings] = await Promise.all([import('@aws-sdk/client-bedrock'), config(region)]);
			// A Bedrock API key in the environment would otherwise be used here, which may do nothing but call models.
			return new BedrockClient({...settings, authSchemePreference: ['aws.auth#sigv4']});
		}),
		costExplorer: () => costExplorer('us-east-1'),
		pricing: () => pricing('us-east-1'),
		iam: () => iam('us-east-1'),
		sts,
		defaultRegion: async () => (await sts('')).config.region(),
	};
};
