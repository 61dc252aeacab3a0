import {expect, test} from 'vitest';
import {trailLagMs} from '../../../source/domain/calls/trail-lag.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {call, ledgerOf, linked, logOf, minuteMs, noon, reply} from '../../support/builders.ts';

const log = logOf(call('e', {requestId: 'seen'}));
const ago = (minutes: number, changes: Partial<Turn> = {}) =>
	reply(`m${minutes}`, {at: noon - minutes * minuteMs, requestId: `r${minutes}`, ...changes} as never);
const seen = ago(30, {requestId: 'seen'});

test.each<[string, readonly Turn[], number | undefined]>([
	['is the age of the oldest reply that is not there yet', [seen, ago(5), ago(7), ago(6)], 7 * minuteMs],
	['begins with a minute', [seen, ago(1)], minuteMs],
	['is none for what is younger than that', [seen, ago(0.99)], undefined],
	['may be 90 minutes', [seen, ago(90)], 90 * minuteMs],
	['is none for what is older than that, which will not come', [seen, ago(90.01)], undefined],
	['is none where everything is there', [seen], undefined],
	['is unknown without a single match: this may be the trail of another account', [ago(5), ago(7)], undefined],
	['is unknown where the only match is too old', [ago(91, {requestId: 'seen'}), ago(5)], undefined],
	['is not told by replies of somebody else', [seen, ago(5, {provider: 'first-party'})], undefined],
	['is not told by replies without a request id', [seen, ago(5, {requestId: undefined})], undefined],
	['is none without replies', [], undefined],
])('the lag of CloudTrail %s', (_, turns, expected) => {
	expect(trailLagMs(linked(ledgerOf(...turns), log).ledger, noon)).toBe(expected);
});

test('the lag grows with the time, and ends when the call has come', () => {
	const {ledger} = linked(ledgerOf(seen, ago(5)), log);
	expect(trailLagMs(ledger, noon)).toBe(5 * minuteMs);
	expect(trailLagMs(ledger, noon + 500)).toBe(5 * minuteMs + 500);
	expect(trailLagMs(ledger, noon + 2 * minuteMs)).toBe(7 * minuteMs);
	expect(trailLagMs(ledger, noon + 86 * minuteMs)).toBeUndefined();
	const arrived = logOf(call('e', {requestId: 'seen'}), call('f', {requestId: 'r5'}));
	expect(trailLagMs(linked(ledger, arrived).ledger, noon)).toBeUndefined();
});
