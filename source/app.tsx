import {useApp, useInput, useWindowSize} from 'ink';
import {useEffect, useMemo, useReducer} from 'react';
import {Screen} from './components/screen.tsx';
import {alarmsOf} from './domain/alarms.ts';
import {statusesOf} from './domain/health.ts';
import {calledJustNow} from './domain/mine.ts';
import {overview, watchedRegions} from './domain/overview.ts';
import type {SourceName} from './domain/source-status.ts';
import type {Action, State} from './domain/state.ts';
import {unresolvedIds} from './domain/unresolved.ts';
import {windowAt} from './domain/window.ts';
import {useBell} from './hooks/use-bell.ts';
import {useBill} from './hooks/use-bill.ts';
import {useExpiry} from './hooks/use-expiry.ts';
import type {Wiring} from './hooks/use-feed.ts';
import {useIdentity} from './hooks/use-identity.ts';
import {useMetrics} from './hooks/use-metrics.ts';
import {useNow} from './hooks/use-now.ts';
import {usePrerequisites} from './hooks/use-prerequisites.ts';
import {useProfiles} from './hooks/use-profiles.ts';
import {useSessions} from './hooks/use-sessions.ts';
import {useStore} from './hooks/use-store.ts';
import {useTrail} from './hooks/use-trail.ts';
import {useTranscripts} from './hooks/use-transcripts.ts';
import type {Clock} from './polling/clock.ts';
import type {Store} from './polling/store.ts';
import type {Feeds} from './sources/feed.ts';
import {commandOf} from './view/keymap.ts';
import {paneIds} from './view/layout.ts';
import {composeScreen} from './view/screen.ts';
import {paint} from './view/theme.ts';
import {initialUi, keyNames, reduceUi} from './view/ui.ts';

export type AppProps = {
	readonly store: Store<State, Action>;
	readonly feeds: Feeds;
	readonly clock: Clock;
	readonly random: () => number;
	readonly refreshMs: number;
	readonly isDemo: boolean;
	/** The spend window follows the local day, unless the person named a window. */
	readonly followsDay: boolean;
	readonly home?: string | undefined;
	/** Absent: never rings. */
	readonly ringBell?: (() => void) | undefined;
};

/** What the app exits with when it was interrupted, so that the shell sees the usual code. */
export const interrupted = 'interrupted';

const ageTickMs = 5000;
const dayCheckMs = 30_000;

type RegionProps = Pick<AppProps, 'feeds' | 'refreshMs'> & {
	readonly region: string;
	readonly wiring: Wiring;
	readonly calledJustNow: string;
};

const RegionFeeds = ({region, feeds, refreshMs, wiring, calledJustNow}: RegionProps) => {
	const trail = useMemo(() => feeds.trail?.(region), [feeds, region]);
	const metrics = useMemo(() => feeds.metrics?.(region), [feeds, region]);
	useTrail(trail, refreshMs, wiring);
	useMetrics(metrics, {refreshMs, calledJustNow}, wiring);
	return null;
};

const useWiring = ({clock, random, store}: AppProps) =>
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

/** At local midnight a new day begins; the clock is compared, not trusted to have slept exactly so long. */
const useDay = ({clock, store, followsDay}: AppProps) => {
	const at = useNow(clock, dayCheckMs);
	useEffect(() => {
		const {limits, spendSince} = store.getState();
		store.dispatch({type: 'window', ...windowAt(at, {limits, since: followsDay ? undefined : spendSince})});
	}, [at, store, followsDay]);
};

/** The live monitor: starts the polling, listens to keys, and draws one screen of plain lines. */
export const App = (props: AppProps) => {
	const {store, feeds, clock, refreshMs, isDemo, home} = props;
	const {exit} = useApp();
	const {columns, rows} = useWindowSize();
	const state = useStore(store);
	useNow(clock, ageTickMs);
	const [ui, dispatchUi] = useReducer(reduceUi, initialUi);
	const {wiring, refreshAll} = useWiring(props);

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
	useDay(props);
	useProfiles(
		feeds.profiles,
		unresolvedIds(state)
			.map(({id}) => id)
			.join(' '),
		wiring,
	);
	useBill(state.identity === undefined ? undefined : feeds.bill, wiring);
	useExpiry(feeds.expiry, wiring);
	usePrerequisites(state.identity === undefined ? undefined : feeds.prerequisites, regions[0], wiring);
	const called = [...calledJustNow(state, clock.now())].sort().join(' ');

	useInput((input, key) => {
		for (const command of keyNames(input, key).map(commandOf)) {
			if (command === undefined) continue;
			if (command.type === 'quit') exit();
			else if (command.type === 'interrupt') exit(interrupted);
			else if (command.type === 'refresh') refreshAll();
			else dispatchUi(command);
		}
	});

	const view = overview(state, clock.now());
	const hasSpoken = (name: SourceName) => {
		return statusesOf(state, name).some(
			({lastSuccessAt, problem}) => lastSuccessAt !== undefined || problem !== undefined,
		);
	};
	const isSettled = hasSpoken('transcripts') && (feeds.trail === undefined || hasSpoken('cloudtrail'));
	useBell(alarmsOf(view), isSettled, props.ringBell);
	const lines = composeScreen(view, {
		...{columns, rows, isDemo, home},
		focus: ui.focus === undefined ? undefined : paneIds[ui.focus],
		isHelp: ui.isHelp,
	});
	return (
		<>
			{regions.map(region => (
				<RegionFeeds key={region} {...{region, feeds, refreshMs, wiring}} calledJustNow={called} />
			))}
			<Screen frame={lines.map(paint).join('\n')} />
		</>
	);
};
