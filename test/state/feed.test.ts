import {expect, test} from 'vitest';
import {feedCalls, feedRows} from '../../source/state/feed.ts';
import {call, logOf, minuteMs, noon, stateOf} from '../support/builders.ts';

const calls = [0, 30, 90, 91, 120].map(minutes => call(`${minutes}`, {at: noon - minutes * minuteMs}));
const shown = (feedMs: number, now = noon) =>
	feedCalls(stateOf({feedMs, log: logOf(...calls)}), now).map(({eventId}) => eventId);

test.each([
	[60, ['0', '30', '90']],
	[90, ['0', '30', '90']],
	[91, ['0', '30', '90', '91']],
	[240, ['0', '30', '90', '91', '120']],
])('a feed of %i minutes shows what may still be news', (minutes, expected) => {
	expect(shown(minutes * minuteMs)).toEqual(expected);
});

test('what becomes too old leaves it, and until then its rows are the same', () => {
	const state = stateOf({log: logOf(...calls)});
	expect(shown(60 * minuteMs, noon + 1)).toEqual(['0', '30']);
	expect(feedRows(state, noon).map(row => row.count)).toEqual([1, 1, 1]);
	expect(feedRows(state, noon - 1)).toBe(feedRows(state, noon));
	expect(feedRows(state, noon + 1)).not.toBe(feedRows(state, noon));
});
