import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {sessionSpend} from '../../../source/domain/spend/session-spend.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const pricing = {
	book: defaultBook,
	resolutions: new Map(),
	configurationOf: () => undefined,
	callOf: () => undefined,
};

const turn = (id: string, changes: Partial<Turn> = {}): Turn => ({
	...{id, at: noon, sessionId: 's1', model: 'claude-opus-5-5', requestedModel: 'us.anthropic.claude-opus-5-5'},
	usage: {input: 1000, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
	...{provider: 'bedrock', lowerBound: false, sidechain: false},
	...changes,
});

const ledger = post(
	emptyLedger,
	[
		turn('main'),
		turn('subagent', {sidechain: true}),
		turn('before', {at: noon - 1}),
		turn('other session', {sessionId: 's2'}),
		turn('direct', {provider: 'first-party'}),
		turn('vertex', {provider: 'vertex'}),
		turn('whose', {provider: 'unknown'}),
	].map(one => createPosting(one, pricing)),
);

test("a session's replies are its own and its subagents', within the window, apart by who answered", () => {
	const {bedrock, elsewhere, unproven} = sessionSpend(ledger, 's1', noon);
	// 1,000 tokens at $4.40 per million.
	expect(bedrock).toMatchObject({calls: 2, amount: 8_800_000_000n});
	expect([elsewhere.calls, unproven.calls]).toEqual([2, 1]);
});

test('a session that nobody knows costs nothing', () => {
	expect(sessionSpend(ledger, 'gone', noon)).toMatchObject({bedrock: {calls: 0}, elsewhere: {calls: 0}});
});
