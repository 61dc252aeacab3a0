import {type Resolution, resolutionKey} from '../../domain/models/resolution.ts';
import {unresolvedIds} from '../../state/unresolved.ts';
import {defineSource, explainer} from '../source.ts';
import {refusedResolution, resolveProfile} from './inference-profiles.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly 'inference-profiles': undefined;
	}
}

const everyMs = 10 * 60_000;
const action = 'bedrock:GetInferenceProfile';

/** What the application profiles and prompt routers that were called stand for: Bedrock is asked once for each. */
export const inferenceProfiles = defineSource({
	name: 'inference-profiles',
	scope: 'once',
	isOn: ({hasAws}) => hasAws,
	needs: state => unresolvedIds(state).length > 0,
	pace: {everyMs, maxDelayMs: everyMs, retryMs: 60_000},
	wakes: state =>
		unresolvedIds(state)
			.map(({id}) => id)
			.join(' '),
	round: ['others'],
	requests: {[action]: 0n, 'bedrock:GetPromptRouter': 0n},
	permissions: [
		{
			sid: 'ResolveProfiles',
			actions: [action],
			resources: ['arn:aws:bedrock:*:*:inference-profile/*', 'arn:aws:bedrock:*:*:application-inference-profile/*'],
		},
		{
			sid: 'ResolveRouters',
			actions: ['bedrock:GetPromptRouter'],
			resources: ['arn:aws:bedrock:*:*:prompt-router/*', 'arn:aws:bedrock:*:*:default-prompt-router/*'],
		},
	],
	open: context => ({
		async read(dispatch, signal) {
			const found = new Map<string, Resolution>();
			let failure: unknown;
			for (const wanted of unresolvedIds(context.getState())) {
				try {
					found.set(resolutionKey(wanted.id), await resolveProfile(context.aws, wanted, signal));
				} catch (error) {
					failure = error;
					found.set(resolutionKey(wanted.id), refusedResolution(action));
				}
			}
			dispatch({type: 'resolutions', found});
			if (failure !== undefined) throw failure;
		},
		explain: explainer({service: 'Bedrock', actions: [action]}, context),
	}),
});
