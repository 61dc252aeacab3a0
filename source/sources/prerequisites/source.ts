import type {Prerequisites} from '../../domain/refusals/prerequisites.ts';
import {calledIds} from '../../state/called-ids.ts';
import {watchedRegions} from '../../state/overview.ts';
import {defineSource, explainer} from '../source.ts';
import {prerequisitesField} from './field.ts';
import {fetchPrerequisites} from './prerequisites.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly prerequisites: Prerequisites;
	}
}

const hourMs = 3_600_000;
const questions = [
	'bedrock:ListInferenceProfiles',
	'bedrock:GetFoundationModelAvailability',
	'bedrock:GetUseCaseForModelAccess',
	'bedrock:GetModelInvocationLoggingConfiguration',
	'bedrock:GetAccountDataRetention',
];
const simulation = 'iam:SimulatePrincipalPolicy';

/**
 * What Bedrock and IAM say of the models that are called: profiles, access, permission. Each question fails alone and is
 * then unknown, so the source as a whole only fails where nobody can be asked at all.
 */
export const prerequisites = defineSource({
	name: 'prerequisites',
	scope: 'perRegion',
	isOn: ({hasAws, purpose}) => hasAws && purpose !== 'check',
	needs(state, {purpose}, region) {
		const isAnybody = state.slices.identity !== undefined || purpose !== 'watch';
		return isAnybody && region === watchedRegions(state)[0];
	},
	// Every refused question is an event in somebody's audit, and the answers hardly change.
	pace: {everyMs: hourMs, maxDelayMs: hourMs},
	round: ['others'],
	requests: Object.fromEntries(
		[...questions, 'bedrock:GetInferenceProfile', 'iam:GetRole', simulation].map(operation => [operation, 0n]),
	),
	permissions: [
		{sid: 'Prerequisites', actions: questions},
		{
			sid: 'MayIInvoke',
			actions: [simulation, 'iam:GetRole'],
			resources: ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*'],
		},
	],
	slice: prerequisitesField,
	open: (context, region) => ({
		async read(dispatch, signal) {
			const state = context.getState();
			const principalArn = state.slices.identity?.arn;
			const value = await fetchPrerequisites(context.aws, {
				...{region, signal, called: calledIds(state)},
				...(principalArn !== undefined && {principalArn}),
			});
			dispatch({type: 'slice', source: 'prerequisites', value});
		},
		explain: explainer(
			{
				service: 'Bedrock',
				actions: [questions[0] ?? '', 'bedrock:GetInferenceProfile', ...questions.slice(1), simulation],
			},
			context,
		),
	}),
});
