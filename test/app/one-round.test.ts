import {describe, expect, test, vi} from 'vitest';
import {collectOnce, hasAnswer} from '../../source/app/one-round.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createStore} from '../../source/polling/store.ts';
import {sources} from '../../source/sources/registry.ts';
import type {SourceOptions} from '../../source/sources/source.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {contextOf} from '../support/context.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {morning, opening} from '../support/fixture.ts';
import {settingsSince} from '../support/settings.ts';

/** One round of all sources, each of which takes so many turns and then knows what it knows on the morning. */
const roundOf = async (options: Partial<SourceOptions>, failing: readonly string[] = []) => {
	const clock = createFakeClock();
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(clock.now() - 3_600_000)));
	const known = morning(clock.now());
	const log: string[] = [];
	const context = contextOf({store, clock, options: {purpose: 'report', isDemo: false, ...options}});
	const asked = sources.filter(({isOn}) => isOn(context.options));
	await collectOnce({
		...{store, context, clock},
		sources: asked.map(source =>
			opening(source, (_, region) => ({
				async read(dispatch) {
					const name = [source.name, region].filter(part => part !== undefined).join(' ');
					log.push(name);
					await new Promise(resolve => setImmediate(resolve));
					log.push(`/${name}`);
					if (failing.includes(source.name)) throw new Error('fault');
					const types = source.name === 'sessions' ? ['configuration', 'sessions'] : [source.slice && 'slice'];
					for (const action of known) if (types.includes(action.type)) dispatch(action);
				},
				explain: error => ({kind: 'unexpected', message: String(error)}),
			})),
		),
	});
	return {log, state: store.getState(), position: (name: string, time = 0) => log.indexOf(name, time)};
};

test('sessions come first, and again once transcripts have named folders; prerequisites when all else is known', async () => {
	const {log, state} = await roundOf({});
	expect(log[0]).toBe('sessions');
	const local = log.filter(name => /sessions|transcripts/.test(name));
	expect(local).toEqual(['sessions', 'transcripts', 'sessions', 'transcripts'].flatMap(name => [name, `/${name}`]));
	const order = ['/sessions', 'identity', '/identity', 'cloudtrail us-east-1', 'prerequisites us-east-1'];
	expect(order.map(name => log.indexOf(name))).toEqual(order.map(name => log.indexOf(name)).toSorted((a, b) => a - b));
	expect(log.lastIndexOf('/transcripts')).toBeLessThan(log.indexOf('prerequisites us-east-1'));
	expect(log.indexOf('cloudwatch us-east-1')).toBeLessThan(log.indexOf('/cloudtrail us-east-1'));
	expect([...state.sources.values()].every(({lastSuccessAt}) => lastSuccessAt !== undefined)).toBe(true);
});

test('one that fails is written down and keeps none of the others from answering', async () => {
	const {log, state} = await roundOf({hasCostExplorer: true, purpose: 'doctor'}, ['identity', 'sessions']);
	expect(state.sources.get('identity')).toMatchObject({failures: 1, problem: {message: 'Error: fault'}});
	// Whoever asks once is told why nothing is known, rather than nothing.
	expect(log).toEqual(expect.arrayContaining(['cost-explorer', 'credentials', 'auth-status', 'transcripts']));
});

test.each([
	['without AWS', {hasAws: false}, ['sessions', 'transcripts']],
	['the demo', {isDemo: true}, ['cloudtrail', 'cloudwatch', 'identity', 'prerequisites', 'sessions', 'transcripts']],
	[
		'a check that may cost nothing',
		{purpose: 'check', watchCap: 0n, hasCostExplorer: true},
		['cloudtrail', 'credentials', 'identity', 'sessions', 'transcripts'],
	],
] as const)('%s: only what is switched on is asked', async (_, options, expected) => {
	const {state} = await roundOf(options);
	expect([...new Set([...state.sources.values()].map(({name}) => name))].sort()).toEqual(expected);
});

describe('a source that does not answer in time', () => {
	const slowRound = async (slow: string) => {
		const clock = createFakeClock();
		const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(clock.now() - 3_600_000)));
		const context = contextOf({store, clock, options: {purpose: 'report', isDemo: false}});
		let dispatchLate: (() => void) | undefined;
		const round = collectOnce({
			...{store, context, clock, timeoutMs: 20_000},
			sources: sources
				.filter(({scope, isOn}) => scope === 'once' && isOn(context.options))
				.map(source =>
					opening(source, () => ({
						async read(dispatch) {
							if (source.name !== slow) return;
							dispatchLate = () => dispatch({type: 'sdkRegion', region: 'us-west-2'});
							await new Promise(() => undefined);
						},
						explain: error => ({kind: 'unexpected', message: String(error)}),
					})),
				),
		});
		await vi.waitFor(() => expect(dispatchLate).toBeDefined());
		clock.advance(20_000);
		await round;
		dispatchLate?.();
		return store.getState();
	};

	test('is late, the others are not, and what it says afterwards is not heard', async () => {
		const {sources: found, sdkRegion} = await slowRound('identity');
		const message = 'There was no complete answer within 20 s.';
		expect(found.get('identity')?.problem).toEqual({kind: 'late', message, fix: 'wait longer with --timeout 40'});
		expect(found.get('transcripts')?.problem).toBeUndefined();
		expect(sdkRegion).toBeUndefined();
	});
});

test.each([
	[['credentials', 'auth-status'], false],
	[['credentials', 'transcripts'], true],
	[[], false],
] as const)('whether one answered that looks outside the files of bedtop: %o', (names, expected) => {
	const statuses = names.map(name => [name, {name, phase: 'idle', failures: 0, lastSuccessAt: 1}] as const);
	const state = initialState(defaultBook, settingsSince(0));
	expect(hasAnswer({...state, sources: new Map(statuses)})).toBe(expected);
});
