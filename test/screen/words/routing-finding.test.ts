import {expect, test} from 'vitest';
import {notAUrl} from '../../../source/domain/routing/configuration-layer.ts';
import type {Evidence} from '../../../source/domain/routing/evidence.ts';
import type {RoutingFinding} from '../../../source/domain/routing/finding.ts';
import {endpointWords, evidenceWords} from '../../../source/screen/words/evidence.ts';
import {routingFindingWords} from '../../../source/screen/words/routing-finding.ts';

const setting = {variable: 'NAME', value: 'x', from: 'file.json'};

test.each<[Evidence, string]>([
	[{kind: 'set', ...setting}, 'NAME=x in file.json'],
	[{kind: 'set', ...setting, value: 'y'.repeat(41)}, `NAME=${'y'.repeat(40)} in file.json`],
	[{kind: 'off', ...setting, value: '0'}, 'NAME=0 in file.json is off'],
	[{kind: 'named', variable: 'awsAuthRefresh', from: 'the shell'}, 'awsAuthRefresh in the shell'],
	[{kind: 'cancelled', from: 'upper.json', below: setting}, 'NAME="" in upper.json cancels NAME=x in file.json'],
	[{kind: 'aws-profile', profile: 'work', from: '~/.aws/config'}, 'profile work in ~/.aws/config'],
	[{kind: 'no-switch'}, 'no provider switch is set'],
	[{kind: 'claude-code-default'}, "Claude Code's default"],
	[{kind: 'sdk-default-chain'}, "the AWS SDK's default chain"],
	[{kind: 'left-out'}, 'settings that are left out of recordings'],
])('the evidence %o reads %s', (evidence, words) => {
	expect(evidenceWords(evidence)).toBe(words);
});

test('an endpoint without a host is said to be none', () => {
	expect(endpointWords('https://gw.example.com')).toBe('https://gw.example.com');
	expect(endpointWords(notAUrl)).toBe('an address that is not a URL');
});

const cut = 'y'.repeat(40);
test.each<[RoutingFinding, string]>([
	[{kind: 'not-a-switch', ...setting}, 'NAME=x in file.json does nothing: Claude Code accepts 1, true, yes, on'],
	[{kind: 'not-a-region', ...setting}, 'NAME=x in file.json does nothing: it is not shaped like a region'],
	[{kind: 'outranked', ...setting, by: 'OTHER'}, 'NAME=x in file.json does nothing: OTHER outranks it'],
	[
		{kind: 'model-outranked', ...setting, value: `${cut}y`, by: 'ANTHROPIC_MODEL'},
		`model ${cut} in file.json does nothing: ANTHROPIC_MODEL outranks it`,
	],
	[
		{kind: 'mantle-beside-bedrock', ...setting},
		'NAME=x in file.json sends models named anthropic.claude-… without a version to Mantle, the others to Bedrock',
	],
	[
		{kind: 'unknown-prefix', ...setting, known: ['us', 'eu']},
		'NAME=x in file.json is not a prefix Claude Code documents: us, eu',
	],
	[
		{kind: 'small-fast-without-model', ...setting, region: 'us-east-1'},
		'NAME=x in file.json does nothing for background calls, which stay in us-east-1: neither ANTHROPIC_DEFAULT_HAIKU_MODEL nor ANTHROPIC_SMALL_FAST_MODEL is set',
	],
	[
		{kind: 'managed-by-host', ...setting, ignored: 'own.json'},
		'NAME=x in file.json makes Claude Code ignore the provider switches in own.json',
	],
	[
		{kind: 'profile-without-region', region: `${cut}y`, profile: {kind: 'aws-profile', profile: 'p', from: 'f'}},
		`region ${cut} of profile p in f does nothing: it is not shaped like a region`,
	],
	[{kind: 'not-a-url', variable: 'NAME', from: 'file.json'}, 'NAME in file.json is not a URL'],
	[{kind: 'unreadable', path: 'file.json', code: 'EACCES'}, 'cannot read file.json (permission denied)'],
	[{kind: 'unreadable', path: 'file.json', code: 'EPERM'}, 'cannot read file.json (permission denied)'],
	[{kind: 'unreadable', path: 'file.json', code: 'EIO'}, 'cannot read file.json (EIO)'],
	[{kind: 'not-an-object', file: 'file.json'}, 'file.json is not a JSON object: Claude Code ignores the whole file'],
	[
		{kind: 'wrong-type', key: 'env', file: 'file.json', effect: 'ignores-file'},
		'env in file.json has the wrong type: Claude Code ignores the whole file',
	],
	[
		{kind: 'wrong-type', key: 'env', file: 'file.json', effect: 'ignores-key'},
		'env in file.json has the wrong type: Claude Code ignores it',
	],
	[
		{kind: 'not-json', file: 'file.json', place: {line: 1, column: 2}, effect: 'refuses-to-start'},
		'file.json is not valid JSON (line 1, column 2): Claude Code refuses to start',
	],
	[
		{kind: 'not-json', file: 'file.json', effect: 'ignores-file'},
		'file.json is not valid JSON: Claude Code ignores the whole file',
	],
	[
		{kind: 'not-from-bedrock', provider: 'first-party', isRunning: true},
		'configured for Bedrock, last reply came from Anthropic: restart it',
	],
	[
		{kind: 'not-from-bedrock', provider: 'vertex', isRunning: false},
		'configured for Bedrock, last reply came from Vertex AI',
	],
	[
		{kind: 'still-from-bedrock'},
		'not configured for Bedrock any more, last reply still came from Bedrock: restart it to make that so',
	],
	[
		{kind: 'switched', before: 'bedrock', until: new Date(2026, 10, 23, 9, 5).getTime(), since: 'first-party'},
		'switched: Bedrock answered until 09:05, Anthropic since',
	],
	[{kind: 'mantle-unaudited'}, 'Mantle leaves no CloudTrail record: CloudWatch (AWS/BedrockMantle) is its only trace'],
	[
		{kind: 'gateway', baseUrl: 'https://gw.example.com'},
		'goes through https://gw.example.com: Bedrock somewhere, your account unproven',
	],
	[
		{kind: 'gateway', baseUrl: notAUrl},
		'goes through an address that is not a URL: Bedrock somewhere, your account unproven',
	],
	[
		{kind: 'no-transcripts', evidence: {kind: 'set', ...setting}},
		'no local evidence: transcripts are switched off (NAME=x in file.json)',
	],
])('the finding %o reads %s', (finding, words) => {
	expect(routingFindingWords(finding)).toBe(words);
});
