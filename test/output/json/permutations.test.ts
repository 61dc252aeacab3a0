import fc from 'fast-check';
import {expect, test} from 'vitest';
import {toJson} from '../../../source/output/json/json.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, reduce} from '../../../source/state/state.ts';
import {noon, stateOf} from '../../support/builders.ts';
import {merged, order, smallWorld} from '../../support/small-world.ts';

const jsonOf = (actions: readonly Action[]) =>
	JSON.parse(JSON.stringify(toJson(overview(actions.reduce(reduce, stateOf()), noon), {version: '1', isDemo: false})));

test('whichever source speaks first, and in whatever batches: in the end the JSON is the same', () => {
	const worlds = smallWorld.chain(actions =>
		fc.record({
			actions: fc.constant(actions),
			order: order(actions.length),
			joined: fc.array(fc.boolean(), {minLength: actions.length, maxLength: actions.length}),
		}),
	);
	fc.assert(
		fc.property(worlds, ({actions, order, joined}) => {
			const shuffled = merged(
				order.map(index => actions[index] as Action),
				index => joined[index] === true,
			);
			expect(jsonOf(shuffled)).toEqual(jsonOf(actions));
		}),
		{numRuns: 80},
	);
}, 120_000);
