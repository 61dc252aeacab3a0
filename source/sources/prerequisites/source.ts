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

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
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
	pace: {everyMs: minuteMs, maxDelayMs: hourMs, retryMs: minuteMs},
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
	open(context, region) {
		let [dueAt, unanswered] = [Number.NEGATIVE_INFINITY, 0];
		return {
			async read(dispatch, signal) {
				const state = context.getState();
				const principalArn = state.slices.identity?.arn;
				let isUnanswered = false;
				const onPassing = () => {
					isUnanswered = true;
				};
				const value = await fetchPrerequisites(context.aws, {
					...{region, signal, called: calledIds(state), onPassing},
					...(principalArn !== undefined && {principalArn}),
				});
				unanswered = isUnanswered ? unanswered + 1 : 0;
				// A question that met a throttle is asked again soon, and ever more seldom while that lasts.
				dueAt = context.now() + (isUnanswered ? Math.min(hourMs, minuteMs * 2 ** (unanswered - 1)) : hourMs);
				dispatch({type: 'slice', source: 'prerequisites', value});
			},
			explain: explainer(
				{
					service: 'Bedrock',
					actions: [questions[0] ?? '', 'bedrock:GetInferenceProfile', ...questions.slice(1), simulation],
				},
				context,
			),
			dueInMs: () => Math.max(0, dueAt - context.now()),
		};
	},
});
