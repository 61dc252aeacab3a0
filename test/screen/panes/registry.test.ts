import {expect, test} from 'vitest';
import {openFilter} from '../../../source/screen/input/filter.ts';
import {paneIds} from '../../../source/screen/panes/pane-table.ts';
import {contentsOf, nextOrders} from '../../../source/screen/panes/registry.ts';
import {overview} from '../../../source/state/overview.ts';
import {globalOpus, ledgerOf, noon, reply, stateOf} from '../../support/builders.ts';

const spent = (haiku: number, opus: number) =>
	overview(
		stateOf({
			ledger: ledgerOf(
				reply('msg_bdrk_1', {usage: {input: opus}}),
				reply('msg_bdrk_2', {requestedModel: 'global.anthropic.claude-haiku-5-5', usage: {input: haiku}}),
			),
		}),
		noon,
	);
const firstOf = (view: ReturnType<typeof spent>, orders: ReturnType<typeof nextOrders>) =>
	contentsOf({overview: view, home: undefined, filter: openFilter, orders})('spend', 80).listing.keys[0]?.split(' ')[0];

test('every pane shows something, worked out once per width', () => {
	const contentOf = contentsOf({overview: spent(1, 1), home: undefined, filter: openFilter, orders: {}});
	for (const id of paneIds) {
		expect(contentOf(id, 80)).toBe(contentOf(id, 80));
		expect(contentOf(id, 81)).not.toBe(contentOf(id, 80));
	}
	expect(contentOf('spend', 80)).not.toBe(contentOf('routing', 80));
});

test('the rows of spend and models keep their order while it is close; each pane by itself', () => {
	const before = nextOrders({}, spent(100, 100_000), noon);
	expect(Object.keys(before).sort()).toEqual(['models', 'spend']);
	expect(firstOf(spent(100, 100_000), before)).toBe(globalOpus);
	const dearer = spent(100_000_000, 100_000);
	expect(firstOf(dearer, before)).toBe(globalOpus);
	const after = nextOrders(before, dearer, noon);
	expect(firstOf(dearer, after)).toContain('haiku');
	expect(after.models).toBe(before.models);
	expect(nextOrders(after, dearer, noon + 1)).toEqual(after);
});
