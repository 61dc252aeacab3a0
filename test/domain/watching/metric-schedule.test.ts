import {describe, expect, test} from 'vitest';
import {
	type Activity,
	type AskHistory,
	activityOf,
	dueGroups,
	type Group,
	groups,
	nextDueAt,
	requestsPerDay,
} from '../../../source/domain/watching/metric-schedule.ts';
import {minuteMs, noon} from '../../support/builders.ts';

const ago = (minutes: number) => noon - minutes * minuteMs;
const asking = (activity: Activity, stretch = 1) => ({activity, unitMs: minuteMs, stretch});

test.each<[string, AskHistory, boolean, Activity]>([
	['mine while replies arrive here', {askedAt: {}}, true, 'mine'],
	['mine, whoever else calls it', {askedAt: {}, calledAt: ago(1)}, true, 'mine'],
	['active when somebody called it within the hour', {askedAt: {}, calledAt: ago(59.9)}, false, 'active'],
	['idle from a whole hour on', {askedAt: {}, calledAt: ago(60)}, false, 'idle'],
	['idle when nobody ever did', {askedAt: {}}, false, 'idle'],
])('a model is %s', (_, history, isMine, activity) => expect(activityOf(history, isMine, noon)).toBe(activity));

describe('what a model is asked', () => {
	const asked = (minutes: number): AskHistory => ({
		askedAt: Object.fromEntries(groups.map(group => [group, ago(minutes)])),
	});
	const fresh = (minutes: number): AskHistory => ({...asked(minutes), newsAt: ago(minutes)});

	test.each<[string, AskHistory, Activity, readonly Group[]]>([
		['at first whether it lives and whether there is trouble', {askedAt: {}}, 'mine', ['life', 'trouble']],
		['money and speed as soon as there is news', {askedAt: {}, newsAt: ago(1)}, 'active', groups],
		['no speed where nobody calls it', {askedAt: {}, newsAt: ago(1)}, 'idle', ['life', 'trouble', 'tokens']],
		['nothing again too soon', fresh(1.9), 'mine', []],
		['signs of life after two intervals', fresh(2), 'mine', ['life']],
		['trouble and money after five', fresh(5), 'mine', ['life', 'trouble', 'tokens']],
		['speed after fifteen', fresh(15), 'mine', groups],
		['of an active model signs of life and money after ten', fresh(10), 'active', ['life', 'tokens']],
		['and its trouble after twenty', fresh(20), 'active', ['life', 'trouble', 'tokens']],
		['and its speed after thirty', fresh(30), 'active', groups],
		['of an idle model signs of life and money after fifteen', fresh(15), 'idle', ['life', 'tokens']],
		['and its trouble after thirty', fresh(30), 'idle', ['life', 'trouble', 'tokens']],
		['no money where no call was ever known', asked(60), 'active', ['life', 'trouble']],
		[
			'money again while CloudWatch still revises it: five minutes after the call',
			{...asked(15), newsAt: ago(20)},
			'mine',
			groups,
		],
		['no money once it is settled', {...asked(15), newsAt: ago(20.1)}, 'mine', ['life', 'trouble']],
		['everything that was asked in the future: the clock was set back', fresh(-10), 'idle', groups],
	])('%s', (_, history, activity, expected) => {
		expect(dueGroups(history, asking(activity), noon)).toEqual(expected);
	});

	test('everything more seldom while money has to be saved', () => {
		expect(dueGroups(fresh(15), asking('mine', 4), noon)).toEqual(['life']);
		expect(dueGroups(fresh(20), asking('mine', 4), noon)).toEqual(['life', 'trouble', 'tokens']);
	});

	test('everything by the interval of the person', () => {
		expect(dueGroups(fresh(2), {...asking('mine'), unitMs: 2 * minuteMs}, noon)).toEqual([]);
		expect(dueGroups(fresh(4), {...asking('mine'), unitMs: 2 * minuteMs}, noon)).toEqual(['life']);
	});

	test('next is the first group that is due', () => {
		expect(nextDueAt(fresh(0), asking('mine'))).toBe(noon + 2 * minuteMs);
		expect(nextDueAt({askedAt: {life: noon, trouble: ago(29)}}, asking('idle'))).toBe(noon + minuteMs);
		expect(nextDueAt({askedAt: {}}, asking('idle'))).toBe(Number.NEGATIVE_INFINITY);
	});
});

test.each<[Activity, number]>([
	// A day has 1440 minutes; life is one request, trouble two, tokens four, speed two.
	['mine', 1440 / 2 + (2 * 1440) / 5 + (4 * 1440) / 5 + (2 * 1440) / 15],
	['active', 1440 / 10 + (2 * 1440) / 20 + (4 * 1440) / 10 + (2 * 1440) / 30],
	['idle', 1440 / 15 + (2 * 1440) / 30],
])('a model that stays %s takes %d requests a day, half of it at half the pace', (activity, requests) => {
	expect(requestsPerDay(activity, minuteMs)).toBeCloseTo(requests, 6);
	expect(requestsPerDay(activity, 2 * minuteMs)).toBeCloseTo(requests / 2, 6);
});
