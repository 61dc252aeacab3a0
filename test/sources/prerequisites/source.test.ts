import {describe, expect, test} from 'vitest';
import {prerequisites} from '../../../source/sources/prerequisites/source.ts';
import {openSource, type SourceContext, type SourceOptions} from '../../../source/sources/source.ts';
import type {State} from '../../../source/state/state.ts';
import {alice, stateOf} from '../../support/builders.ts';

const options = (purpose: SourceOptions['purpose'], hasAws = true): SourceOptions => ({
	...{purpose, hasAws, hasCostExplorer: false, isDemo: false, hasHistory: false, watchCap: 0n, refreshMs: 60_000},
});

test.each([
	['watch', true, true],
	['check', true, false],
	['watch', false, false],
] as const)('to %s with AWS: %s asks for what calls need: %s', (purpose, hasAws, isOn) => {
	expect(prerequisites.isOn(options(purpose, hasAws))).toBe(isOn);
});

describe('it is asked', () => {
	const known: Partial<State> = {slices: {identity: {kind: 'sso', arn: alice}}};
	test.each<[string, Partial<State>, SourceOptions['purpose'], string, boolean]>([
		['once it is known who asks', known, 'watch', 'us-east-1', true],
		['in the first region alone', known, 'watch', 'us-west-2', false],
		['not before that', {}, 'watch', 'us-east-1', false],
		['at once where it is asked only once', {}, 'doctor', 'us-east-1', true],
	])('%s', (_, state, purpose, region, expected) => {
		const regions = {askedRegions: ['us-east-1', 'us-west-2']};
		expect(prerequisites.needs?.(stateOf({...regions, ...state}), options(purpose), region)).toBe(expected);
	});
});

test('a refusal names every action that has to be allowed, each once', () => {
	const context = {options: options('watch'), aws: {}, getState: () => stateOf()} as unknown as SourceContext;
	const refused = Object.assign(new Error('no'), {name: 'AccessDeniedException', $metadata: {httpStatusCode: 403}});
	const {fix} = openSource(prerequisites, context, 'us-east-1').explain(refused);
	const names = fix?.match(/[a-z]+:[A-Z]\w+/g) ?? [];
	expect(names).toEqual([
		...['bedrock:ListInferenceProfiles', 'bedrock:GetInferenceProfile', 'bedrock:GetFoundationModelAvailability'],
		...['bedrock:GetUseCaseForModelAccess', 'bedrock:GetModelInvocationLoggingConfiguration'],
		'bedrock:GetAccountDataRetention',
		'iam:SimulatePrincipalPolicy',
	]);
});
