import {expect, test} from 'vitest';
import type {ReconcileNote} from '../../../source/domain/spend/reconcile-note.ts';
import {reconcileNoteWords} from '../../../source/screen/words/reconcile-note.ts';

const callers = [
	{name: 'bob', calls: 2},
	{name: undefined, calls: 1},
];
const elsewhere = "% of the account's tokens are not from this machine:";

test.each<[ReconcileNote, string]>([
	[
		{kind: 'others', share: 0.5, elsewhere: 0, callers: [], unnamed: 0},
		`50 ${elsewhere} callers CloudTrail has not named yet`,
	],
	[
		{kind: 'others', share: 0.754, elsewhere: 0, callers, unnamed: 0},
		`75 ${elsewhere} bob (2 calls), unknown (1 call)`,
	],
	[
		{kind: 'others', share: 0.9, elsewhere: 0, callers, unnamed: 4},
		`90 ${elsewhere} bob (2 calls), unknown (1 call) and 4 more`,
	],
	[
		{kind: 'others', share: 1, elsewhere: 9, callers: callers.slice(0, 1), unnamed: 0},
		`100 ${elsewhere} myself elsewhere (9 calls), bob (2 calls)`,
	],
	[
		{kind: 'unread', names: ['a', 'eu-west-1']},
		"CloudWatch could not be read for a, eu-west-1: the account's sum is a lower bound",
	],
	[
		{kind: 'metrics-behind', replies: 2, answeredMsAgo: 210_000},
		'CloudWatch has not caught up: 2 replies of the last minutes (answered 4 min ago)',
	],
	[
		{kind: 'missing-in-metrics', model: 'anthropic.claude-opus-5-5', tokens: 999},
		'999 of my opus-5.5 tokens are not in CloudWatch: another account, another region, or late data',
	],
	[
		{kind: 'missing-in-metrics', model: 'anthropic.claude-opus-5-5', tokens: 1500},
		'2k of my opus-5.5 tokens are not in CloudWatch: another account, another region, or late data',
	],
	[{kind: 'trail-behind', replies: 1}, 'CloudTrail has not shown 1 reply yet: it is up to 90 min late'],
	[
		{kind: 'missing-in-trail', replies: 2},
		"2 replies never reached this account's CloudTrail: another account or region?",
	],
	[
		{kind: 'bill-drift', through: '2026-11-22', percent: 3.4},
		"the account's estimate through 2026-11-22 is +3.4 % off the bill of those days",
	],
	[
		{kind: 'bill-drift', through: '2026-11-22', percent: -3},
		"the account's estimate through 2026-11-22 is -3.0 % off the bill of those days",
	],
	[{kind: 'unwritten', calls: 3}, '3 calls of mine reached no transcript: probes, retries, or another machine'],
	[
		{kind: 'unpriced', profile: 'a1b2', reason: {kind: 'not-asked-yet'}},
		'a1b2 of the account is unpriced: which model answers there is not known yet',
	],
])('the note of %o', (note, words) => {
	expect(reconcileNoteWords(note)).toBe(words);
});
