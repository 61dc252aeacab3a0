import {expect, test} from 'vitest';
import {notAUrl} from '../../../source/domain/routing/configuration-layer.ts';
import {gatewayAt, isAnthropic, isMantleEndpoint, regionOfEndpoint} from '../../../source/domain/routing/endpoint.ts';

test.each([
	['the regional endpoint', 'https://bedrock-runtime.us-west-2.amazonaws.com', 'us-west-2'],
	['FIPS', 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
	['dual-stack', 'https://bedrock-runtime.eu-central-1.api.aws', 'eu-central-1'],
	['dual-stack with FIPS', 'https://bedrock-runtime-fips.us-east-1.api.aws', 'us-east-1'],
	['China', 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
	['China, dual-stack', 'https://bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn', 'cn-north-1'],
	['a VPC endpoint', 'https://vpce-0a1b2c-3d4e.bedrock-runtime.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
	['one of a zone', 'https://vpce-0a1b2c-3d4e-eu-west-1a.bedrock-runtime.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
	['another port', 'https://bedrock-runtime.us-west-2.amazonaws.com:8443', 'us-west-2'],
	['Mantle', 'https://bedrock-mantle.us-east-1.api.aws', 'us-east-1'],
	['a gateway', 'https://litellm.example.com', undefined],
	['this machine', 'http://127.0.0.1:9', undefined],
	['a name that only begins alike', 'https://bedrock-runtime.us-east-1.amazonaws.com.example.com', undefined],
	['a name that only ends alike', 'https://evil-bedrock-runtime.us-east-1.amazonaws.com', undefined],
	['an API gateway of AWS', 'https://a1b2c3.execute-api.us-east-1.amazonaws.com', undefined],
	['a load balancer of AWS', 'https://proxy-1.us-east-1.elb.amazonaws.com', undefined],
	['no address', notAUrl, undefined],
])('%s: %s lies in %s', (_what, origin, region) => {
	expect(regionOfEndpoint(origin)).toBe(region);
});

test('who speaks the API of Anthropic', () => {
	expect(isMantleEndpoint('https://bedrock-mantle.us-east-1.api.aws')).toBe(true);
	expect(isMantleEndpoint('https://bedrock-mantle.example.com')).toBe(false);
	expect(['https://api.anthropic.com', 'https://anthropic.com.example.com', notAUrl].map(isAnthropic)).toEqual([
		...[true, false, false],
	]);
});

test('a gateway is named by host and port', () => {
	expect(gatewayAt('http://127.0.0.1:4000', 'X')).toEqual({host: '127.0.0.1:4000', variable: 'X'});
	expect(gatewayAt(notAUrl, 'X')).toEqual({host: undefined, variable: 'X'});
});
