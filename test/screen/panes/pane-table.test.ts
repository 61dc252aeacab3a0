import {expect, test} from 'vitest';
import {gridRows, numberKey, paneIds, paneTable, stackOrder} from '../../../source/screen/panes/pane-table.ts';

test('panes have number keys from 1 on, and each has its place in a stack and in a grid', () => {
	expect(paneIds.map(numberKey)).toEqual(['1', '2', '3', '4']);
	expect([...stackOrder].sort()).toEqual([...paneIds].sort());
	expect(gridRows.flat().sort()).toEqual([...paneIds].sort());
});

test('money comes first where there is little room; proof stands beside it where there is much', () => {
	expect(stackOrder).toEqual(['spend', 'routing', 'calls', 'models']);
	expect(gridRows).toEqual([['routing', 'spend'], ['models'], ['calls']]);
	expect(paneTable.calls.title).toBe('Calls');
});
