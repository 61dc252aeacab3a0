import {describe, expect, test} from 'vitest';
import {mergeMetrics} from '../../source/domain/metrics/metrics.ts';
import type {Resolution} from '../../source/domain/models/resolution.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import type {State} from '../../source/state/state.ts';
import {unresolvedIds} from '../../source/state/unresolved.ts';
import {call, ledgerOf, logOf, reply, stateOf} from '../support/builders.ts';

const arn = (id: string, region = 'eu-west-1') =>
	`arn:aws:bedrock:${region}:123456789012:application-inference-profile/${id}`;
const id = 'a1b2c3d4e5f6';
const metrics = (...profiles: readonly string[]) =>
	mergeMetrics(
		new Map(),
		profiles.map(profile => ({region: 'us-west-2', profile, points: []})),
		0,
	);
const called = (profile: string) => logOf(call('e', {profile, region: 'ap-south-1'}));
const replied = (requestedModel: string) => ledgerOf(reply('a', {requestedModel}));
const known = (resolution: Resolution) => ({metrics: metrics(id), resolutions: new Map([[id, resolution]])});

const pinning = (value: string) =>
	({
		region: 'us-west-2',
		pins: [{variable: 'ANTHROPIC_DEFAULT_SONNET_MODEL', value, from: 'f'}],
	}) as unknown as Configuration;
const overriding = (value: string) =>
	({region: 'us-west-2', modelOverrides: new Map([['claude-opus-5-5', value]])}) as unknown as Configuration;

describe('ids that only Bedrock can explain', () => {
	test.each<[string, Partial<State>, readonly object[]]>([
		['one that CloudWatch names, in its region', {metrics: metrics(id)}, [{id, region: 'us-west-2'}]],
		['one of a call, in the region of the ARN', {log: called(arn(id))}, [{id: arn(id), region: 'eu-west-1'}]],
		['one of a call without a region in it', {log: called(id)}, [{id, region: 'ap-south-1'}]],
		['one of a reply', {ledger: replied(arn(id))}, [{id: arn(id), region: 'eu-west-1'}]],
		['in the region of the SDK', {ledger: replied(id), sdkRegion: 'sa-east-1'}, [{id, region: 'sa-east-1'}]],
		["in Claude Code's own", {ledger: replied(id)}, [{id, region: 'us-east-1'}]],
		[
			'the ARN is kept, not its last part, since it names its region',
			{metrics: metrics(id), log: called(arn(id)), ledger: replied(id)},
			[{id: arn(id), region: 'eu-west-1'}],
		],
		[
			'one that only settings pin, in the region of its ARN',
			{configuration: pinning(arn(id))},
			[{id: arn(id), region: 'eu-west-1'}],
		],
		[
			'one of the settings of a folder, without the suffix for a long context',
			{configurations: new Map([['/a', pinning(`${arn(id)}[1m]`)]])},
			[{id: arn(id), region: 'eu-west-1'}],
		],
		[
			'one that settings call instead of another',
			{configuration: overriding(arn(id))},
			[{id: arn(id), region: 'eu-west-1'}],
		],
		['no alias of twelve letters', {configuration: pinning('opusplanfast')}, []],
		['no id that names its model', {metrics: metrics('us.anthropic.claude-opus-5-5')}, []],
		['none that was explained', known({state: 'resolved', models: ['x'], scope: 'geo'}), []],
		['none that never will be', known({state: 'unresolved', reason: {kind: 'no-such-profile'}, isFinal: true}), []],
		[
			'again what failed',
			known({state: 'unresolved', reason: {kind: 'not-allowed', action: 'x'}, isFinal: false}),
			[{id, region: 'us-west-2'}],
		],
	])('%s', (_, state, expected) => expect(unresolvedIds(stateOf(state))).toEqual(expected));

	test('at most fifty of somebody’s thousand', () => {
		const many = Array.from({length: 51}, (_, index) => String(index).padStart(12, '0'));
		expect(unresolvedIds(stateOf({metrics: metrics(...many)}))).toHaveLength(50);
	});
});
