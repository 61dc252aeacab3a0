import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {filterRows, openFilter, parseFilter, type Traits} from '../../../source/screen/input/filter.ts';

const calls: readonly (Traits & {readonly id: string})[] = [
	{
		...{
			id: 'mine',
			model: 'haiku-4.5',
			profile: 'us.anthropic.claude-haiku-4-5',
			who: 'alice',
			region: 'us-east-1 us-west-2',
		},
		...{client: 'claude-cli/2.1.330', outcome: 'ok', isMine: true, isTrouble: false},
	},
	{
		...{id: 'refused', model: 'opus-5.5', profile: 'eu.anthropic.claude-opus-5-5', who: 'tokyo', region: 'eu-west-1'},
		...{client: 'Boto3/1.42', outcome: 'refused', error: 'AccessDenied', isMine: false, isTrouble: true},
	},
	{...{id: 'session', folder: '~/shop', provider: 'bedrock', isMine: true, isTrouble: false}},
];
const found = (filter: string, more: Partial<typeof openFilter> = {}) =>
	filterRows({...openFilter, terms: parseFilter(filter), ...more}, calls, row => row).map(({id}) => id);

describe('a filter', () => {
	test.each([
		['', ['mine', 'refused', 'session']],
		['haiku', ['mine']],
		['HAIKU', ['mine']],
		// A part of tokyo, but not its outcome.
		['ok', ['mine', 'session']],
		['!ok', ['refused', 'session']],
		['-ok', ['refused', 'session']],
		['refused', ['refused', 'session']],
		['accessdenied', ['refused']],
		['who:alice', ['mine', 'session']],
		['caller:ali', ['mine', 'session']],
		['WHO:ali', ['mine', 'session']],
		['region:us-west-2', ['mine', 'session']],
		['!region:us-west-2', ['refused', 'session']],
		['model:opus', ['refused']],
		['model:eu.anthropic', ['refused']],
		['client:boto', ['refused', 'session']],
		['folder:shop', ['mine', 'refused', 'session']],
		['provider:vertex', ['mine', 'refused']],
		['outcome:refused', ['refused', 'session']],
		['is:denied', ['refused', 'session']],
		['haiku who:tokyo', []],
		['haiku !who:tokyo', ['mine']],
		['http://x', []],
		[':', []],
		['! who:', ['mine', 'refused', 'session']],
	])('%j', (filter, ids) => {
		expect(found(filter)).toEqual(ids);
	});

	test('never throws, and a longer one never finds more', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, two) => {
				const [few, more] = [found(`${one} ${two}`), found(one)];
				expect(few.every(id => more.includes(id))).toBe(true);
			}),
		);
	});
});

test('trouble only and mine only, alone and together', () => {
	expect(found('', {isTroubleOnly: true})).toEqual(['refused']);
	expect(found('', {isMineOnly: true})).toEqual(['mine', 'session']);
	expect(found('', {isTroubleOnly: true, isMineOnly: true})).toEqual([]);
});

test('mine only lets pass what has no owner', () => {
	const rows = [{isTrouble: false}, {isMine: false, isTrouble: false}];
	expect(filterRows({...openFilter, isMineOnly: true}, rows, row => row)).toEqual([{isTrouble: false}]);
});
