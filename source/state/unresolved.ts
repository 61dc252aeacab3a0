import {allIndexed} from '../domain/common/hash-index.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {needsResolution, resolutionKey} from '../domain/models/resolution.ts';
import {configuredIds} from './replies.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

/** An id that only Bedrock can explain, and the region to ask. */
export type Unresolved = {readonly id: string; readonly region: string};

/** Ids from outside are other people's strings: somebody's thousand profiles are not looked up. */
const mostAsked = 50;

/**
 * Application profiles and prompt routers that were called or are pinned by settings, but not explained yet. An ARN is kept rather than CloudWatch's
 * opaque id of the same profile, because it names its region.
 */
export const unresolvedIds: (state: State) => readonly Unresolved[] = createSelector(
	[
		({metrics}: State) => metrics,
		({log}: State) => log.calls,
		({ledger}: State) => ledger.byProfile,
		({resolutions}: State) => resolutions,
		({sdkRegion}: State) => sdkRegion,
		({configuration}: State) => configuration,
		({configurations}: State) => configurations,
	],
	(metrics, calls, profiles, resolutions, sdkRegion, base, byFolder) => {
		const wanted = new Map<string, Unresolved>();
		const want = (id: string | undefined, region: string | undefined) => {
			const ref = id === undefined ? undefined : parseModelId(id);
			if (ref === undefined || !needsResolution(ref)) return;
			const key = resolutionKey(ref.profile);
			const known = resolutions.get(key);
			const isAnswered = known?.state === 'resolved' || known?.isFinal === true;
			const isNews = !wanted.has(key) || ref.profile.startsWith('arn:');
			if (!isAnswered && isNews) wanted.set(key, {id: ref.profile, region: ref.region ?? region ?? 'us-east-1'});
		};
		for (const {profile, region} of metrics.values()) want(profile, region);
		for (const {profile, region} of calls) want(profile, region);
		for (const {key} of allIndexed(profiles)) want(key, sdkRegion);
		// What is pinned will be called, and tells of replies that do not say themselves what they called.
		for (const one of [base, ...byFolder.values()]) {
			// A word of twelve letters may be an alias: only ARNs are ids for sure.
			for (const id of configuredIds(one)) if (id.startsWith('arn:')) want(id, one?.region);
		}
		return [...wanted.values()].slice(0, mostAsked);
	},
);
