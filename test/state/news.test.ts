import {expect, test} from 'vitest';
import {countNews} from '../../source/state/news.ts';
import {call, ledgerOf, logOf, reply, stateOf} from '../support/builders.ts';

const failure = (id: string) => ({id, at: 0, sessionId: 's1', message: 'denied'});
const before = stateOf({ledger: ledgerOf(reply('a')), log: logOf(call('e')), failures: [failure('f')]});

test.each([
	['nothing', before, 0],
	['replies', {...before, ledger: ledgerOf(reply('a'), reply('b'), reply('c'))}, 2],
	['a better line of a known reply, which is none', {...before, ledger: ledgerOf(reply('a', {version: '2'}))}, 0],
	['calls', {...before, log: logOf(call('e'), call('f'))}, 1],
	['failures', {...before, failures: [failure('g'), failure('f'), failure('h')]}, 2],
	['what was forgotten, which is none', stateOf(), 0],
	['everything', stateOf({ledger: ledgerOf(reply('b')), log: logOf(call('f')), failures: [failure('g')]}), 3],
] as const)('what has come between two states: %s', (_, after, expected) => {
	expect(countNews(before, after)).toBe(expected);
});
