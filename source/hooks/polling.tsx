import {useEffect, useMemo} from 'react';
import {windowAt} from '../domain/common/window.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Feeds} from '../sources/feed.ts';
import {calledJustNow} from '../state/mine.ts';
import {watchedRegions} from '../state/overview.ts';
import type {Action, State} from '../state/state.ts';
import {unresolvedIds} from '../state/unresolved.ts';
import {useBill} from './use-bill.ts';
import {useExpiry} from './use-expiry.ts';
import type {Wiring} from './use-feed.ts';
import {useIdentity} from './use-identity.ts';
import {useMetrics} from './use-metrics.ts';
import {useNow} from './use-now.ts';
import {usePrerequisites} from './use-prerequisites.ts';
import {useProfiles} from './use-profiles.ts';
import {useSessions} from './use-sessions.ts';
import {useStore} from './use-store.ts';
import {useTrail} from './use-trail.ts';
import {useTranscripts} from './use-transcripts.ts';

export type PollingProps = {
	readonly store: Store<State, Action>;
	readonly feeds: Feeds;
	readonly clock: Clock;
	readonly random: () => number;
	readonly refreshMs: number;
	/** Hands over the way to ask every source now. */
	readonly onReady?: ((refreshAll: () => void) => void) | undefined;
};

const dayCheckMs = 30_000;

type RegionProps = Pick<PollingProps, 'feeds' | 'refreshMs'> & {
	readonly region: string;
	readonly wiring: Wiring;
	readonly calledJustNow: string;
};

const RegionFeeds = ({region, feeds, refreshMs, wiring, calledJustNow: called}: RegionProps) => {
	const trail = useMemo(() => feeds.trail?.(region), [feeds, region]);
	const metrics = useMemo(() => feeds.metrics?.(region), [feeds, region]);
	useTrail(trail, refreshMs, wiring);
	useMetrics(metrics, {refreshMs, calledJustNow: called}, wiring);
	return null;
};

const useWiring = ({clock, random, store}: PollingProps) =>
	useMemo(() => {
		const listeners = new Set<() => void>();
		const wiring: Wiring = {
			clock,
			random,
			dispatch: store.dispatch,
			onRefresh(refresh) {
				listeners.add(refresh);
				return () => listeners.delete(refresh);
			},
		};
		const refreshAll = () => {
			for (const refresh of listeners) refresh();
		};
		return {wiring, refreshAll};
	}, [clock, random, store]);

/** The window goes along with the time; the clock is compared, not trusted to have slept exactly so long. */
const useWindow = ({clock, store}: PollingProps) => {
	const at = useNow(clock, dayCheckMs);
	useEffect(() => {
		store.dispatch({type: 'window', ...windowAt(at, store.getState())});
	}, [at, store]);
};

/** Asks every source for as long as it is mounted, in the regions that sessions are configured for. Draws nothing. */
export const Polling = (props: PollingProps) => {
	const {store, feeds, clock, refreshMs, onReady} = props;
	const state = useStore(store);
	const {wiring, refreshAll} = useWiring(props);
	useEffect(() => onReady?.(refreshAll), [onReady, refreshAll]);

	const regions = watchedRegions(state);
	const regionKey = regions.join(' ');
	const isConfigured = state.configuration !== undefined;
	const identity = useMemo(
		() => (isConfigured ? feeds.identity?.(regionKey === '' ? [] : regionKey.split(' ')) : undefined),
		[feeds, isConfigured, regionKey],
	);
	useTranscripts(feeds.transcripts, wiring);
	useSessions(feeds.sessions, wiring);
	useIdentity(identity, wiring);
	useWindow(props);
	const unresolved = unresolvedIds(state).map(({id}) => id);
	useProfiles(feeds.profiles, unresolved.join(' '), wiring);
	useBill(state.slices.identity === undefined ? undefined : feeds.bill, wiring);
	useExpiry(feeds.expiry, wiring);
	usePrerequisites(state.slices.identity === undefined ? undefined : feeds.prerequisites, regions[0], wiring);
	const called = [...calledJustNow(state, clock.now())].sort().join(' ');
	return regions.map(region => (
		<RegionFeeds key={region} {...{region, feeds, refreshMs, wiring}} calledJustNow={called} />
	));
};
