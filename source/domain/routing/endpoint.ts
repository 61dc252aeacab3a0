import {notAUrl} from './configuration-layer.ts';

/** What stands between Claude Code and its provider: whose account answers behind it is not known from here. */
export type Gateway = {
	/** Host and port; undefined where the address is no URL. */
	readonly host: string | undefined;
	/** What sends Claude Code there. */
	readonly variable: string;
};

/**
 * Regional, FIPS and dual-stack endpoints, China's, and VPC endpoints, zonal ones too. A name of one's own for a VPC
 * endpoint cannot be told from a gateway.
 */
const ofBedrock =
	/^(?:vpce-[a-z0-9-]+\.)?bedrock(?:-runtime|-mantle)?(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\.(?:(?:vpce\.)?amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/** The host name of an address; empty where there is none. */
export const hostnameOf = (origin: string): string => (origin === notAUrl ? '' : (URL.parse(origin)?.hostname ?? ''));

/** The region of an endpoint of Bedrock's own; undefined for every other address. */
export const regionOfEndpoint = (origin: string): string | undefined => ofBedrock.exec(hostnameOf(origin))?.[1];

/**
 * The host that the AWS SDK takes for Bedrock's models where it is asked for FIPS or dual-stack endpoints:
 * https://docs.aws.amazon.com/general/latest/gr/bedrock.html; undefined for the usual one.
 */
export const hostOf = (region: string, isFips: boolean, isDualStack: boolean): string | undefined => {
	if (!isFips && !isDualStack) return undefined;
	const isChina = region.startsWith('cn-');
	const ordinary = isChina ? 'amazonaws.com.cn' : 'amazonaws.com';
	const domain = isDualStack ? (isChina ? 'api.amazonwebservices.com.cn' : 'api.aws') : ordinary;
	return `bedrock-runtime${isFips ? '-fips' : ''}.${region}.${domain}`;
};

/** Whether an address is Bedrock's endpoint that speaks Anthropic's own API. */
export const isMantleEndpoint = (origin: string): boolean =>
	regionOfEndpoint(origin) !== undefined && hostnameOf(origin).includes('bedrock-mantle');

/** Whether an address is Anthropic's own. */
export const isAnthropic = (origin: string): boolean => /(^|\.)(anthropic|claude)\.com$/.test(hostnameOf(origin));

/** A gateway as JSON and cards name it. */
export const gatewayAt = (origin: string, variable: string): Gateway => ({
	host: origin === notAUrl ? undefined : URL.parse(origin)?.host,
	variable,
});
