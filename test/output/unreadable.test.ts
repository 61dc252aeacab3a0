import {expect, test} from 'vitest';
import {check} from '../../source/output/check.ts';
import {toJson} from '../../source/output/json/json.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, reduce} from '../../source/state/state.ts';
import {noon, stateOf} from '../support/builders.ts';

const read: Action = {
	type: 'status',
	status: {name: 'transcripts', phase: 'idle', failures: 0, lastSuccessAt: noon},
};
const unreadable: Action = {
	type: 'notes',
	source: 'transcripts',
	notes: [{kind: 'unreadable', path: '/home/alice/.claude/projects', code: 'EACCES'}],
};
const after = (...actions: readonly Action[]) => overview(actions.reduce(reduce, stateOf()), noon);

test('transcripts that cannot be read leave a check unable to tell, and the sum of the others a lower bound', () => {
	const [whole, part] = [after(read), after(read, unreadable)];
	const unread = (view: typeof part) => check(view).sentences.filter(sentence => sentence.startsWith('transcripts:'));
	expect([unread(whole).length, unread(part).length, check(part).code]).toEqual([0, 1, 2]);
	const isLowerBound = (view: typeof part) => toJson(view, {version: '1', isDemo: false}).spend.local.lowerBound;
	expect([isLowerBound(whole), isLowerBound(part)]).toEqual([false, true]);
});
