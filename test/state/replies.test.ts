import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Call} from '../../source/domain/calls/call.ts';
import {addPosting, noAmount} from '../../source/domain/money/amount.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {breakDown} from '../../source/domain/spend/breakdown.ts';
import {postingsOf} from '../../source/domain/spend/ledger.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {alice, call, minuteMs, noon, reply} from '../support/builders.ts';
import {settingsSince} from '../support/settings.ts';

const since = noon - 60 * minuteMs;
const application = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const fresh = () => initialState(defaultBook, settingsSince(since));
const play = (actions: readonly Action[], from: State = fresh()): State => actions.reduce(reduce, from);

const read = (...turns: readonly Turn[]): Action => ({type: 'transcripts', turns, failures: []});
const trail = (...calls: readonly Call[]): Action => ({
	...{type: 'trail'},
	records: calls.map(one => ({kind: 'call', call: one})),
});
const configured = (regionPrefix: string, serviceTier?: string): Action => {
	const base: Configuration = {
		...{provider: 'bedrock', region: 'us-east-1', regionPrefix, serviceTier, findings: []},
		...({providerFrom: undefined, regionFrom: undefined} as unknown as Pick<
			Configuration,
			'providerFrom' | 'regionFrom'
		>),
	};
	return {type: 'configuration', base, byFolder: new Map([['/home/dev/shop', base]])};
};
const resolved: Action = {
	...{type: 'resolutions'},
	found: new Map([['a1b2c3d4e5f6', {state: 'resolved', models: ['anthropic.claude-opus-5-5'], scope: 'geo'}]]),
};

/** All that is shown of money and calls. */
const sums = (state: State) => {
	const {spend, burn, cache, callCount, callers, reconciliation, budgets} = overview(state, noon);
	const byKey = (rows: readonly object[]) =>
		rows.map(row => JSON.stringify(row, (_, it) => (typeof it === 'bigint' ? `${it}n` : it))).sort();
	const {notes, ...drift} = reconciliation();
	const hours = [...breakDown(state.ledger, 'hour', since)].map(([hour, {amount}]) => ({hour, amount}));
	return {
		...{burn, cache, callCount, budgets, drift},
		spend: {local: spend.local, direct: spend.direct, unproven: spend.unproven, models: byKey(spend.models)},
		...{callers: byKey(callers), notes: byKey(notes), hours: byKey(hours)},
		lists: {replies: state.ledger.size, calls: state.log.calls.map(({eventId}) => eventId)},
	};
};

const number = fc.nat({max: 40});
const turn = fc
	.record({
		number,
		minutes: fc.nat({max: 70}),
		output: fc.nat({max: 5000}),
		model: fc.constantFrom('us.anthropic.claude-opus-5-5', 'global.anthropic.claude-haiku-5-5', undefined, application),
		session: fc.constantFrom('s1', 's2'),
		provider: fc.constantFrom('bedrock' as const, 'bedrock' as const, 'first-party' as const, 'unknown' as const),
		hasRequest: fc.boolean(),
	})
	.map(({number: n, minutes, output, model, session, provider, hasRequest}) =>
		reply(`m${n}`, {
			...{at: noon - minutes * minuteMs, sessionId: session, requestedModel: model, provider},
			...{requestId: hasRequest ? `r${n}` : undefined, usage: {output, cacheRead: 10 * output, cacheWrite1h: n}},
		}),
	);
const someCall = fc
	.record({number, minutes: fc.nat({max: 70}), isMine: fc.boolean(), isOk: fc.boolean(), isGlobal: fc.boolean()})
	.map(({number: n, minutes, isMine, isOk, isGlobal}) =>
		call(`e${n}-${minutes}-${isMine}-${isOk}-${isGlobal}`, {
			...{requestId: `r${n}`, at: noon - minutes * minuteMs, outcome: isOk ? 'ok' : 'Throttling'},
			profile: `${isGlobal ? 'global' : 'us'}.anthropic.claude-opus-5-5`,
			principal: {kind: 'sso', arn: isMine ? alice : 'arn:aws:iam::123456789012:user/bob'},
		}),
	);
const identity = {type: 'slice', source: 'identity', value: {kind: 'sso', arn: alice}} as const satisfies Action;
const actions = fc
	.array(
		fc.oneof(
			turn.map(one => read(one)),
			someCall.map(one => trail(one)),
		),
		{maxLength: 60, size: 'max'},
	)
	.map(all => [...all, configured('us'), resolved, identity]);

describe('whatever arrives in whatever order', () => {
	test('the sums are the same', () => {
		const orders = actions.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, {minLength: all.length})));
		fc.assert(
			fc.property(orders, ([all, shuffled]) => {
				expect(sums(play(shuffled))).toEqual(sums(play(all)));
			}),
			{numRuns: 100},
		);
	});

	test('sums that were made on the way are those of a walk over everything', () => {
		fc.assert(
			fc.property(actions, all => {
				let state = fresh();
				for (const action of all) {
					state = reduce(state, action);
					sums(state);
				}
				const {spend, callCount, join} = overview(state, noon);
				const bedrock = [...postingsOf(state.ledger)].filter(
					({turn: {provider, at}}) => provider === 'bedrock' && at >= since,
				);
				expect(spend.local).toEqual(bedrock.reduce(addPosting, noAmount));
				const calls = state.log.calls.filter(({at}) => at >= since);
				const mine = calls.filter(
					({principal, requestId}) => principal.arn === alice || join.turnOf(requestId) !== undefined,
				);
				expect(callCount.mine).toBe(mine.length);
				const known = new Set(state.log.calls.map(({requestId}) => requestId));
				const joined = bedrock.filter(({turn: {requestId}}) => requestId !== undefined && known.has(requestId));
				expect(overview(state, noon).reconciliation().joinedCalls).toBe(joined.length);
			}),
			{numRuns: 50},
		);
	});
});

test('a state that is kept says what it said, however much comes after it', () => {
	const turns = Array.from({length: 1200}, (_, n) =>
		reply(`m${n}`, {at: since + n * 1000, requestId: `r${n}`, usage: {output: n}}),
	);
	const calls = turns.map(({requestId, at}, n) => call(`e${n}`, {requestId, at}));
	const old = play([identity, configured('us'), read(...turns.slice(0, 200)), trail(...calls.slice(0, 150))]);
	const before = sums(old);
	let state = old;
	for (const one of turns.slice(200)) state = play([read(one)], state);
	state = play([trail(...calls), configured('eu', 'flex'), {type: 'window', ...settingsSince(noon - minuteMs)}], state);
	expect(state.ledger.size).not.toBe(old.ledger.size);
	expect(sums(old)).toEqual(before);
});

test('replies that are forgotten leave their calls to somebody else', () => {
	const bobs = {principal: {kind: 'unknown', arn: 'arn:aws:iam::123456789012:user/bob'}} as const;
	const state = play([read(reply('m', {requestId: 'r'})), trail(call('e', {requestId: 'r', ...bobs}))]);
	expect(overview(state, noon).callCount.mine).toBe(1);
	const later = reduce(state, {type: 'window', ...settingsSince(noon + 1)});
	expect([later.ledger.size, overview(later, noon).callCount.mine]).toEqual([0, 0]);
});

test('only the settings that bear on a price change one', () => {
	const turnOfGuess = reply('m', {requestedModel: undefined, usage: {output: 1000}});
	const [us, global] = [configured('us'), configured('global')].map(one => play([read(turnOfGuess), one]));
	const amountOf = (state: State | undefined) => [...postingsOf((state as State).ledger)].map(({scope}) => scope);
	expect([amountOf(us), amountOf(global)]).toEqual([['geo'], ['global']]);
	expect(play([configured('global')], us as State).ledger).not.toBe((us as State).ledger);
});
