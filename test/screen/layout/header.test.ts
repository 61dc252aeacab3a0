import {describe, expect, test} from 'vitest';
import type {Principal} from '../../../source/domain/calls/principal.ts';
import {footerLine, headerLine, promptLine} from '../../../source/screen/layout/header.ts';
import {plainText, span} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {reduce, type State} from '../../../source/state/state.ts';
import {minuteMs, noon, stateOf} from '../../support/builders.ts';

const statuses = (...all: readonly Partial<SourceStatus>[]): State =>
	all.reduce<State>(
		(state, one) =>
			reduce(state, {
				type: 'status',
				status: {name: 'identity', phase: 'waiting', failures: 0, ...one} as SourceStatus,
			}),
		stateOf({askedRegions: ['eu-west-1', 'us-east-1']}),
	);
const header = (state: State, columns = 100) => plainText(headerLine(overview(state, noon), {columns, badges: []}));
/** The settings have been read: where AWS is not asked by then, it will not be. */
const read = {name: 'sessions', lastSuccessAt: noon} as const;
const problem = {kind: 'network', message: 'There is no route to AWS.'} as const;
const alice = {kind: 'sso', name: 'alice@example.com', accountId: '123456789012'} as const;
const as = (identity: Principal): State => ({...statuses({}), slices: {identity}});

describe('the header says', () => {
	test.each<[string, State, RegExp]>([
		[
			'who asks, with the account and the regions',
			as(alice),
			/^bedtop 123456789012 alice@example\.com \(SSO\) eu-west-1 us-east-1/,
		],
		['a role without its kind', as({...alice, kind: 'assumed-role'}), /alice@example\.com eu-/],
		['that it does not know the name', as({kind: 'unknown'}), /^bedtop \? \? eu-/],
		['nothing before anybody was asked', statuses(), /^bedtop account … eu-.* files … metrics … trail …$/],
		['that AWS is not asked', statuses(read), /^bedtop no AWS eu-/],
		['that nobody may ask', statuses(read, {phase: 'off'}), /^bedtop no AWS/],
		['that it is still asking', statuses({phase: 'fetching'}), /^bedtop account … /],
		['that asking failed', statuses({problem}), /^bedtop \? account unknown /],
	])('%s', (_, state, words) => expect(header(state)).toMatch(words));

	test('a name without its domain where there is little room', () => {
		expect(header(as(alice), 59)).toMatch(/^bedtop 123456789012 alice eu-/);
		expect(header(as(alice), 60)).toMatch(/alice@example/);
	});

	test('the age of what each source said last', () => {
		const state = statuses(
			{name: 'transcripts', lastSuccessAt: noon},
			{name: 'cloudwatch', phase: 'fetching'},
			{name: 'cloudtrail', lastSuccessAt: noon - 3 * minuteMs, problem},
		);
		expect(header(state)).toMatch(/ files now metrics … \? trail 3m$/);
		expect(header(statuses({name: 'cloudtrail'}))).toMatch(/ trail never$/);
		expect(header(statuses(read, {name: 'cloudtrail', phase: 'off'}))).not.toContain('trail');
	});

	test('badges before everything else', () => {
		const line = headerLine(overview(statuses(read), noon), {columns: 100, badges: [span('DEMO', 'warn')]});
		expect(plainText(line)).toMatch(/^bedtop DEMO no AWS/);
	});
});

test('the footer offers the keys that fit whole, the most needed first', () => {
	const hints = [
		{shown: 'Enter', does: 'open'},
		{shown: 'q', does: 'quit'},
	];
	expect([18, 17, 9].map(columns => plainText(footerLine(hints, columns)))).toEqual([
		...['Enter open  q quit', 'Enter open', ''],
	]);
});

test.each([
	['who:alice', '/who:alice▏     3 of 9 calls'],
	['who:alice region', '/…lice region▏  3 of 9 calls'],
])('the filter %s is seen at its end, with the rows it leaves', (draft, expected) => {
	expect(plainText(promptLine(draft, '3 of 9 calls', 28))).toBe(expected);
});
