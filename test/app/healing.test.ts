import {expect, test} from 'vitest';
import {createWatching} from '../../source/app/watch.ts';
import type {Problem} from '../../source/domain/common/problem.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createStore} from '../../source/polling/store.ts';
import {keepRunning} from '../../source/polling/watching.ts';
import {cloudtrail} from '../../source/sources/cloudtrail/source.ts';
import {cloudwatch} from '../../source/sources/cloudwatch/source.ts';
import {prerequisites} from '../../source/sources/prerequisites/source.ts';
import type {Source} from '../../source/sources/source.ts';
import {transcripts} from '../../source/sources/transcripts/source.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {alice} from '../support/builders.ts';
import {contextOf} from '../support/context.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {opening} from '../support/fixture.ts';
import {settingsSince} from '../support/settings.ts';

const minute = 60_000;

type Kind = Problem['kind'];

/** A house in which each source fails for a reason until it is mended. */
const openHouse = (failing: Partial<Record<string, Kind>>) => {
	const clock = createFakeClock();
	const settings = {...settingsSince(clock.now() - 60 * minute), askedRegions: ['us-east-1']};
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settings));
	const problems = new Map(Object.entries(failing));
	const asked: string[] = [];
	const standIn = (source: Source) =>
		opening(source, () => ({
			async read() {
				asked.push(source.name);
				if (problems.has(source.name)) throw new Error('no');
			},
			explain: () => ({kind: problems.get(source.name) ?? 'unexpected', message: 'no'}),
		}));
	store.dispatch({type: 'slice', source: 'identity', value: {kind: 'sso', arn: alice}});
	const sources = [cloudtrail, cloudwatch, prerequisites, transcripts].map(standIn);
	const watching = createWatching(sources, {store, clock, context: contextOf({store, clock}), random: () => 1});
	const stop = keepRunning(watching, store.subscribe);
	const failingNow = () =>
		[...store.getState().sources.values()].flatMap(({name, problem}) => (problem === undefined ? [] : [name])).sort();
	return {clock, problems, asked, failingNow, stop};
};

test.each<[string, Kind, Kind, boolean]>([
	['the network is there again', 'network', 'network', true],
	['keys that could not be renewed without a network', 'network', 'credentials', true],
	['new keys', 'credentials', 'credentials', true],
	['new keys that may more', 'credentials', 'denied', true],
	['the policy was changed', 'denied', 'denied', true],
	['a throttle is each service’s own', 'throttled', 'throttled', false],
	['a throttle that is over tells nothing of a policy', 'throttled', 'denied', false],
	['a fault of one service is not the other’s', 'unexpected', 'unexpected', false],
])('once one source is well again, the others that may be are asked at once: %s', async (_, one, other, isAsked) => {
	const {clock, problems, asked, failingNow, stop} = openHouse({cloudtrail: one, prerequisites: other});
	await clock.advance(3 * minute);
	expect(failingNow()).toEqual(['cloudtrail', 'prerequisites']);
	problems.clear();
	asked.length = 0;
	while (!asked.includes('cloudtrail')) await clock.advance(1000);
	await clock.advance(0);
	expect(asked.includes('prerequisites')).toBe(isAsked);
	expect(failingNow()).toEqual(isAsked ? [] : ['prerequisites']);
	stop();
	expect(clock.pending()).toBe(0);
});

test('who never failed hurries nobody, and what this machine’s own files do is no sign of AWS', async () => {
	const {clock, problems, asked, stop} = openHouse({prerequisites: 'denied', transcripts: 'denied'});
	await clock.advance(2 * minute);
	problems.delete('transcripts');
	asked.length = 0;
	await clock.advance(5 * minute);
	expect(asked).toContain('cloudtrail');
	expect(asked).not.toContain('prerequisites');
	stop();
});
