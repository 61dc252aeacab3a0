import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {refusalKey} from '../../../source/domain/refusals/refusals.ts';
import {openFilter, parseFilter} from '../../../source/screen/input/filter.ts';
import {callsPane} from '../../../source/screen/panes/calls.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {
	alice,
	call,
	globalOpus,
	ledgerOf,
	linked,
	logOf,
	minuteMs,
	noon,
	reply,
	stateOf,
} from '../../support/builders.ts';

const bob = {kind: 'iam-user', name: 'bob', arn: 'arn:aws:iam::123456789012:user/bob'} as const;
const me = {identity: {kind: 'sso', name: 'alice', arn: alice}} as const;
const answered = (at = noon): Pick<State, 'sources'> => ({
	sources: new Map([
		[
			'cloudtrail us-east-1',
			{name: 'cloudtrail', region: 'us-east-1', phase: 'waiting', failures: 0, lastSuccessAt: at},
		],
	]),
});
const pane = (calls: readonly Call[], state: Partial<State> = {}, filter = openFilter, width = 200) =>
	callsPane({overview: overview(stateOf({log: logOf(...calls), slices: me, ...state}), noon), width, filter});
const rows = ({listing}: ReturnType<typeof pane>) =>
	listing
		.fit(9)
		.draw(0, 9)
		.map(line => plainText(line).trim());

describe('a row says', () => {
	test.each<[string, Partial<Call>, RegExp]>([
		['that it was answered, to you', {}, /^\S+ ✓ ok opus-5\.5 you alice us-east-1$/],
		['that it was refused', {outcome: 'AccessDenied'}, / ✗ AccessDenied /],
		['that it was throttled', {outcome: 'Throttling'}, / ▲ Throttling /],
		['that it failed', {outcome: 'InternalServer'}, / ✗ InternalServer /],
		['who else called', {principal: bob}, / opus-5\.5 bob us-east-1$/],
		['that nobody is named', {principal: {kind: 'unknown'}}, / opus-5\.5 \? us-east-1$/],
		['that no model is named', {profile: undefined}, / ok \? /],
		['where it ran', {ranIn: 'us-west-2'}, / us-east-1 → us-west-2$/],
		['nothing where it ran in the region called', {ranIn: 'us-east-1'}, / alice us-east-1$/],
		['Claude Code’s version', {client: 'x claude-cli/2.1.330 (external, cli)'}, / claude-cli\/2\.1\.330$/],
		['the first word of another client', {client: 'Boto3/1.42.97 md/Botocore'}, / Boto3\/1\.42\.97$/],
	])('%s', (_, changes, words) => expect(rows(pane([call('a', changes)]))[0]).toMatch(words));

	test('how many refusals it stands for, and of how many more models', () => {
		const refused = (id: string, profile: string) => call(id, {outcome: 'AccessDenied', profile});
		const [first] = rows(
			pane([refused('a', 'us.anthropic.claude-opus-5-5'), refused('b', 'us.anthropic.claude-haiku-5-5')]),
		);
		expect(first).toMatch(/ ✗ AccessDenied ×2 \S+ \+1 /);
		expect(rows(pane([refused('a', 'x')]))[0]).not.toMatch(/×|\+/);
	});
});

test('a call with a reply of this machine is yours, whoever signed it', () => {
	const calls = [call('a', {requestId: 'r1', principal: bob})];
	const both = linked(ledgerOf(reply('msg_bdrk_1', {requestId: 'r1'})), logOf(...calls));
	expect(rows(pane(calls, both))[0]).toContain(' you bob ');
});

describe('a failed call that only a transcript knows', () => {
	const message = 'Bedrock is unable to process your request.';
	const failures = [{id: 'f1', at: noon, sessionId: 's1', requestId: 'r1', status: 503, message}];
	const models = new Map([['s1', [{sessionId: 's1', model: globalOpus, at: 0}]]]);
	test('is a row that says so, and yours', () => {
		const [first] = rows(pane([], {failures, models}));
		expect(first).toMatch(/ ✗ ServiceUnavailable local opus-5\.5 you alice /);
	});

	test('is CloudTrail’s row once its record has come', () => {
		const record = call('a', {requestId: 'r1', outcome: 'ServiceUnavailable'});
		expect(rows(pane([record], {failures, models}))).toEqual([
			expect.stringMatching(/ ✗ ServiceUnavailable opus-5\.5 you alice us-east-1$/),
		]);
	});

	test('is not counted among the calls of CloudTrail', () => {
		expect(plainText(pane([], {...answered(), failures, models}).headline)).toBe('0 ok');
	});
});

describe('the headline', () => {
	const calls = [call('a'), call('b', {outcome: 'AccessDenied'}), call('c', {outcome: 'Throttling'})];
	test.each<[string, readonly Call[], Partial<State>, string]>([
		['counts what there is of each outcome', calls, {}, '1 ok 1 refused 1 throttled'],
		['counts answered ones even where there are none', [], answered(), '0 ok'],
		['is empty before CloudTrail has said anything', [], {}, ''],
	])('%s', (_, some, state, words) => expect(plainText(pane(some, state).headline)).toBe(words));

	test('nothing yet is said only where CloudTrail was read', () => {
		expect(pane([], answered()).notices.map(plainText)).toEqual([
			'Nothing yet: CloudTrail is minutes to an hour late.',
		]);
		expect(pane([]).notices).toEqual([]);
		expect(pane([call('a')], answered()).notices).toEqual([]);
	});

	test('has the clock, and how late it is where a reply tells', () => {
		const [seen, unseen] = [
			reply('msg_bdrk_1', {requestId: 'r1', at: noon - 20 * minuteMs}),
			reply('msg_bdrk_2', {requestId: 'r2', at: noon - 12 * minuteMs}),
		];
		const calls = [call('a', {requestId: 'r1', at: noon - 20 * minuteMs})];
		const late = linked(ledgerOf(seen, unseen), logOf(...calls));
		expect(plainText(pane(calls, {...late, ...answered()}).clock)).toBe('CloudTrail now 12m late');
		expect(plainText(pane(calls, {...linked(ledgerOf(seen), logOf(...calls)), ...answered()}).clock)).toBe(
			'CloudTrail now',
		);
	});
});

test('rows are what the filter leaves, folded after that, out of all there are', () => {
	const calls = [call('a'), ...['b', 'c'].map(id => call(id, {outcome: 'AccessDenied'})), call('d', {principal: bob})];
	const {listing} = pane(calls, {}, {...openFilter, terms: parseFilter('who:alice')});
	expect([listing.keys, listing.outOf]).toEqual([['a', 'b'], 3]);
	const ids = (filter: Partial<typeof openFilter>) => pane(calls, {}, {...openFilter, ...filter}).listing.keys;
	expect(ids({isTroubleOnly: true})).toEqual(['b']);
	expect(ids({isMineOnly: true})).toEqual(['a', 'b']);
	expect(ids({terms: parseFilter('AccessDenied')})).toEqual(['b']);
	expect(ids({terms: parseFilter('!ok')})).toEqual(['b']);
	expect(ids({terms: parseFilter('region:eu')})).toEqual([]);
});

test('a call opens its card, a burst of refusals what they have in common', () => {
	const refused = ['b', 'c'].map(id => call(id, {outcome: 'AccessDenied'}));
	const view = overview(stateOf({log: logOf(call('a'), ...refused)}), noon);
	const {listing} = callsPane({overview: view, width: 100, filter: openFilter});
	const [refusal] = view.refusals;
	expect([0, 1].map(listing.targetOf)).toEqual([
		{kind: 'call', eventId: 'a'},
		{kind: 'refusal', key: refusal && refusalKey(refusal)},
	]);
	expect(pane([call('b', {outcome: 'AccessDenied'})]).listing.targetOf(0)).toEqual({kind: 'call', eventId: 'b'});
});
