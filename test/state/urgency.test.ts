import {expect, test} from 'vitest';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {SourceStatus} from '../../source/state/source-status.ts';
import {type Action, initialState, reduce} from '../../source/state/state.ts';
import {urgencyOf} from '../../source/state/urgency.ts';
import {settingsSince} from '../support/settings.ts';

const status = (changes: Partial<SourceStatus> = {}): Action => ({
	type: 'status',
	status: {name: 'cloudtrail', region: 'us-east-1', phase: 'waiting', failures: 0, ...changes},
});
const denied = {kind: 'denied', message: 'CloudTrail refuses cloudtrail:LookupEvents.'} as const;
const failed = status({failures: 1, problem: denied});
const answered = status({lastSuccessAt: 1000});
const replies: Action = {type: 'transcripts', turns: [], failures: []};
const reading: Action = {type: 'progress', progress: {bytes: 100, bytesDone: 10}};

const after = (actions: readonly Action[]) => actions.reduce(reduce, initialState(defaultBook, settingsSince(0)));

test.each<[string, readonly Action[], Action, string]>([
	['a source begins', [], status({phase: 'fetching'}), 'soon'],
	['it has answered for the first time', [status({phase: 'fetching'})], answered, 'soon'],
	['it is asked again', [answered], status({phase: 'fetching', lastSuccessAt: 1000}), 'unasked'],
	['it has said the same again', [answered], status({lastSuccessAt: 61_000, nextAt: 121_000}), 'unasked'],
	['it fails', [answered], status({lastSuccessAt: 1000, failures: 1, problem: denied}), 'soon'],
	['it fails again for the same reason', [failed], status({failures: 2, problem: {...denied}}), 'unasked'],
	['it fails for another reason', [failed], status({failures: 2, problem: {...denied, message: 'Other.'}}), 'soon'],
	['it has healed', [failed], answered, 'soon'],
	['it is switched off', [answered], status({phase: 'off'}), 'soon'],
	['it begins in another region', [answered], status({region: 'us-west-2'}), 'soon'],
	['there are replies', [answered], replies, 'now'],
	['there are replies while all files are read', [reading], replies, 'soon'],
	['AWS was asked', [], {type: 'request', operation: 'sts:GetCallerIdentity', price: 0n, at: 0}, 'soon'],
])('%s', (_, actions, action, expected) => {
	const before = after(actions);
	expect(urgencyOf(action, before, reduce(before, action))).toBe(expected);
});
