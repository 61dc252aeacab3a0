import {localDay} from '../domain/common/calendar.ts';
import type {Note} from '../domain/common/note.ts';
import {type Resolution, resolutionKey} from '../domain/models/resolution.ts';
import {type Bill, billFromJson, billToJson} from '../domain/money/bill.ts';
import type {Allowance} from '../domain/watching/allowance.ts';
import {calledJustNow, isAmong} from '../state/mine.ts';
import {unresolvedIds} from '../state/unresolved.ts';
import {createMetrics, metricsAsked} from './cloudwatch/metrics.ts';
import {billingAsked, fetchBill} from './cost-explorer/billing.ts';
import {explainer, type Feed, type FeedContext} from './feed.ts';
import type {DiskCache} from './files/disk-cache.ts';
import {profilesAsked, refusedResolution, resolveProfile} from './inference-profiles/inference-profiles.ts';

const hourMs = 3_600_000;

/** What asking costs is limited: by an allowance for CloudWatch, by a fixed rhythm for Cost Explorer. */
export type MoneyContext = FeedContext & {
	/** The refresh interval, ms. */
	readonly unitMs: number;
	readonly allowance: Allowance;
};

/** CloudWatch's Bedrock metrics of one region: the day's sums, the last hours by minute, asked as often as is worth it. */
export const createMetricsFeed = (context: MoneyContext, region: string): Feed => {
	const {now, getState, unitMs, allowance} = context;
	let [calledAt, called] = [Number.NEGATIVE_INFINITY, calledJustNow(getState(), now())];
	const isMine = (profile: string) => {
		// Asked for each model in turn: what was called does not change within a second.
		if (now() !== calledAt) [calledAt, called] = [now(), calledJustNow(getState(), now())];
		return isAmong(called, profile);
	};
	const metrics = createMetrics({aws: context.aws, region, now, unitMs, allowance, isMine});
	return {
		name: 'cloudwatch',
		region,
		async read(dispatch, signal) {
			const {spendSince, historySince} = getState();
			const since = Math.min(spendSince, historySince, localDay(now()), now() - hourMs);
			await metrics.read(since, update => dispatch({type: 'metrics', updates: [update], keepSince: since}), signal);
			const isSlowed = allowance.stretch(now()) > 1;
			const notes: readonly Note[] = isSlowed ? [{kind: 'asked-less-often', perDay: getState().watchCap}] : [];
			dispatch({type: 'notes', source: 'cloudwatch', notes});
		},
		explain: explainer(metricsAsked, context),
		dueInMs: metrics.dueInMs,
		refreshNow: metrics.refreshNow,
	};
};

/** Asks Bedrock for each application profile and prompt router that was called, once. */
export const createProfilesFeed = (context: FeedContext): Feed => ({
	name: 'inference-profiles',
	async read(dispatch, signal) {
		const found = new Map<string, Resolution>();
		let failure: unknown;
		for (const wanted of unresolvedIds(context.getState())) {
			try {
				found.set(resolutionKey(wanted.id), await resolveProfile(context.aws, wanted, signal));
			} catch (error) {
				failure = error;
				found.set(resolutionKey(wanted.id), refusedResolution(profilesAsked.actions[0] as string));
			}
		}
		dispatch({type: 'resolutions', found});
		if (failure !== undefined) throw failure;
	},
	explain: explainer(profilesAsked, context),
});

const retryMs = 10 * 60_000;

/** What AWS billed, from the disk while that is fresh enough: every look costs $0.01, restarts included. */
export const createBillFeed = (context: FeedContext, cache: DiskCache, everyMs: number): Feed => {
	const {aws, now, getState} = context;
	let nextAt = Number.NEGATIVE_INFINITY;
	let failure: unknown;
	const ask = async (signal: AbortSignal): Promise<Bill> => {
		try {
			nextAt = now() + retryMs;
			const bill = await fetchBill(aws, now(), signal);
			[nextAt, failure] = [bill.askedAt + everyMs, undefined];
			return bill;
		} catch (error) {
			failure = error;
			throw error;
		}
	};
	return {
		name: 'cost-explorer',
		async read(dispatch, signal) {
			const account = getState().slices.identity?.accountId;
			const name = `bill-${account}`;
			const kept = account === undefined ? undefined : billFromJson(await cache.read(name));
			const isFresh = kept !== undefined && kept.askedAt <= now() && now() - kept.askedAt < everyMs;
			if (isFresh) {
				nextAt = kept.askedAt + everyMs;
				dispatch({type: 'slice', source: 'cost-explorer', value: kept});
				return;
			}
			// However often the person asks for fresh data: this one is paid for.
			if (now() < nextAt) {
				if (failure !== undefined) throw failure;
				return;
			}
			const bill = await ask(signal);
			dispatch({type: 'slice', source: 'cost-explorer', value: bill});
			if (account !== undefined) await cache.write(name, billToJson(bill));
		},
		explain: explainer(billingAsked, context),
		dueInMs: () => Math.max(0, nextAt - now()),
	};
};
