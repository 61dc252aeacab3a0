import type {Problem} from '../domain/common/problem.ts';
import type {SourceName} from '../state/source-status.ts';
import type {Action, State} from '../state/state.ts';
import type {Aws} from './aws/aws.ts';
import {type Asked, explainAwsError} from './aws/problem.ts';
import {createTrail, trailAsked} from './cloudtrail/trail.ts';
import {fetchIdentity, identityAsked} from './identity/identity.ts';

type Dispatch = (action: Action) => void;

/** One source that can be asked again and again: what it learns goes into the store, what fails is explained. */
export type Feed = {
	readonly name: SourceName;
	readonly region?: string | undefined;
	/** Asks once and dispatches what there is to know; rejects with the source's own error. */
	read(dispatch: Dispatch, signal: AbortSignal): Promise<void>;
	explain(error: unknown): Problem;
	/** How long until asking again is worth its price, ms; for sources that know. */
	dueInMs?(): number;
	/** Says that the person wants to know now: the next reading asks although nothing is due. */
	refreshNow?(): void;
	/** Calls back when something may have changed; for sources of this machine. Returns the way to stop. */
	watch?(onChange: () => void): () => void;
};

/** All sources of one run. An absent one is switched off. */
export type Feeds = {
	readonly transcripts?: Feed | undefined;
	readonly sessions?: Feed | undefined;
	identity?(regions: readonly string[]): Feed;
	trail?(region: string): Feed;
	metrics?(region: string): Feed;
	/** What application profiles and prompt routers stand for; needed only where some are called. */
	profiles?(): Feed;
	readonly bill?: Feed | undefined;
	prerequisites?(region: string): Feed;
	/** When credentials end. */
	readonly expiry?: Feed | undefined;
	/** Starts another program, so it is only asked where the person wants to know everything. */
	readonly opinion?: Feed | undefined;
};

export type FeedContext = {
	readonly aws: Aws;
	readonly now: () => number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** The state when a feed is asked: windows move while the program stays open. */
	readonly getState: () => State;
	/** Shortest time between two LookupEvents requests, ms; 0 where nobody else shares the account. */
	readonly trailPaceMs?: number | undefined;
};

export const explainer =
	(asked: Asked, {aws}: FeedContext) =>
	(error: unknown) =>
		explainAwsError(error, {...asked, profile: aws.profile});

/** How far back a first reading of the feed goes at least: what is 85 minutes late must still be found. */
const leastFeedMs = 90 * 60_000;

/** Whose credentials these are, and which region the SDK itself would use. */
export const createIdentityFeed = (context: FeedContext, regions: readonly string[]): Feed => ({
	name: 'identity',
	async read(dispatch, signal) {
		// Without a region anywhere Claude Code uses us-east-1, so the question is asked there.
		const region = regions[0] ?? (await context.aws.defaultRegion().catch(() => 'us-east-1'));
		dispatch({type: 'sdkRegion', region});
		dispatch({type: 'slice', source: 'identity', value: await fetchIdentity(context.aws, region, signal)});
	},
	explain: explainer(identityAsked, context),
});

/** CloudTrail's feed of model calls in one region. */
export const createTrailFeed = (context: FeedContext, region: string, isOneRound = false): Feed => {
	const {aws, now, wait, getState, trailPaceMs} = context;
	const trail = createTrail({aws, region, now, wait, ...(trailPaceMs !== undefined && {paceMs: trailPaceMs})});
	return {
		name: 'cloudtrail',
		region,
		read(dispatch, signal) {
			const {feedMs} = getState();
			const since = now() - (isOneRound ? feedMs : Math.max(feedMs, leastFeedMs));
			return trail.read(since, records => dispatch({type: 'trail', records}), signal);
		},
		explain: explainer(trailAsked, context),
	};
};
