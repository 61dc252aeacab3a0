import {describe, expect, test} from 'vitest';
import {openFilter} from '../../../source/screen/input/filter.ts';
import {clockOf, dimNotes, noteLines, problemLines} from '../../../source/screen/panes/pane.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {reduce} from '../../../source/state/state.ts';
import {minuteMs, noon, stateOf} from '../../support/builders.ts';

const status = (others: Partial<SourceStatus> = {}): SourceStatus => ({
	...{name: 'cloudwatch', region: 'us-east-1', phase: 'waiting', failures: 0},
	...others,
});
const stateWith = (...statuses: readonly SourceStatus[]) =>
	statuses.reduce((state, one) => reduce(state, {type: 'status', status: one}), stateOf());
const known = (...statuses: readonly SourceStatus[]) => overview(stateWith(...statuses), noon);
const read = status({name: 'sessions', lastSuccessAt: noon});
const problem = {kind: 'network', message: 'There is no route to AWS.'} as const;

describe('the clock of a source', () => {
	test.each<[string, readonly SourceStatus[], string, string]>([
		['may still be asked', [], 'metrics …', 'dim'],
		['may still be asked, once AWS says who asks', [read, status({name: 'identity'})], 'metrics …', 'dim'],
		['is off', [read, status({phase: 'off'})], 'metrics off', 'dim'],
		['has not answered yet', [status({phase: 'fetching'})], 'metrics …', 'dim'],
		['has answered', [status({lastSuccessAt: noon - 2 * minuteMs})], 'metrics 2m', 'dim'],
		['fails', [status({problem, lastSuccessAt: noon - 2 * minuteMs})], '? metrics 2m', 'warn'],
		['has always failed', [status({problem})], '? metrics never', 'warn'],
		[
			'is overdue',
			[status({lastSuccessAt: noon - 5 * minuteMs, nextAt: noon - 2 * minuteMs})],
			'? metrics 5m old',
			'warn',
		],
	])('that %s', (_, statuses, words, style) => {
		const clock = clockOf(known(...statuses), 'cloudwatch', 'metrics');
		expect([plainText(clock), clock[0]?.[1]]).toEqual([words, style]);
	});
});

describe('problems of a source', () => {
	const lines = (width: number, ...statuses: readonly SourceStatus[]) =>
		problemLines({overview: known(...statuses), width, filter: openFilter}, 'cloudwatch').map(plainText);
	const fix = 'allow cloudwatch:ListMetrics';

	test('are said once each, with the region where there are several', () => {
		expect(lines(80, status({problem}))).toEqual(['? There is no route to AWS.']);
		expect(lines(80, status({problem}), status({region: 'us-west-2', problem}))).toEqual([
			...['? us-east-1: There is no route to AWS.', '? us-west-2: There is no route to AWS.'],
		]);
		expect(lines(80, status({region: undefined, problem}), status())).toEqual(['? There is no route to AWS.']);
		expect(lines(80, status())).toEqual([]);
	});

	test('give way to what mends them, down to their first words', () => {
		expect(lines(80, status({problem: {...problem, fix}}))).toEqual([`? There is no route to AWS. → ${fix}`]);
		expect(lines(50, status({problem: {...problem, fix}}))).toEqual([`? There is no rout… → ${fix}`]);
		expect(lines(10, status({problem: {...problem, fix}}))).toEqual([`? There is no r… → ${fix}`]);
	});
});

test('notes are warnings, or dim where nothing is wrong', () => {
	const note = {kind: 'unreadable', path: 'x', code: 'EIO'} as const;
	const state = reduce(stateOf(), {type: 'notes', source: 'transcripts', notes: [note]});
	const [warning, dim] = [noteLines, dimNotes].map(lines => lines(overview(state, noon), 'transcripts'));
	expect([warning?.map(plainText), warning?.[0]?.[0]?.[1]]).toEqual([['▲ cannot read x (EIO)'], 'warn']);
	expect([dim?.map(plainText), dim?.[0]?.[0]?.[1]]).toEqual([['cannot read x (EIO)'], 'dim']);
	expect(noteLines(overview(state, noon), 'cloudtrail')).toEqual([]);
});
