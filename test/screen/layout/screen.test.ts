import fc from 'fast-check';
import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {createKeymap} from '../../../source/screen/input/keymap.ts';
import {initialUi, reduceUi, typeFilter, type Ui} from '../../../source/screen/input/ui.ts';
import {linesOf} from '../../../source/screen/layout/frame.ts';
import {isRibbon} from '../../../source/screen/layout/layout.ts';
import {composeScreen} from '../../../source/screen/layout/screen.ts';
import {lineWidth} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, initialState, reduce} from '../../../source/state/state.ts';
import {everyAction} from '../../support/every-action.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const viewOf = (actions: readonly Action[]) =>
	overview(actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))), now);
const views = {
	'nothing is known': viewOf([]),
	'only this machine': viewOf(morning(now).filter(({type}) => type !== 'trail' && type !== 'metrics')),
	'nothing is wrong': viewOf(morning(now).filter(({type}) => type !== 'trail')),
	'a working morning': viewOf(morning(now)),
	'one of each': viewOf(everyAction(now)),
	'all of it': viewOf([...everyAction(now), ...morning(now)]),
};
const keymap = createKeymap();
const keys = keymap.bindings.flatMap(binding => binding.keys);

test('any screen of any size after any keys is as high as the terminal, none of its lines wider', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...Object.keys(views)),
			fc.oneof(fc.integer({min: 1, max: 50}), fc.integer({min: 1, max: 300})),
			fc.oneof(fc.integer({min: 1, max: 12}), fc.integer({min: 1, max: 80})),
			fc.array(fc.constantFrom(...keys, 'x', 'é', 'backspace'), {maxLength: 12}),
			(name, columns, rows, pressed) => {
				const view = views[name as keyof typeof views];
				const draw = (ui: Ui) => composeScreen(view, {columns, rows, ui, keymap, isDemo: false, home: '/home/dev'});
				let ui: Ui = initialUi;
				for (const key of pressed) {
					const command = keymap.commandOf(key);
					if (ui.draft !== undefined) ui = typeFilter(ui, key);
					else if (command !== undefined) ui = reduceUi(ui, command, draw(ui).scene, now);
				}
				const {frame, scene, copy} = draw(ui);
				const lines = linesOf(frame);
				for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
				if (scene.isRibbon) expect(lines.length).toBeLessThanOrEqual(rows);
				else expect(lines).toHaveLength(rows);
				expect(scene.isRibbon).toBe(
					isRibbon(columns, rows) && ui.focus === undefined && ui.card === undefined && ui.draft === undefined,
				);
				expect(typeof (copy()?.text ?? '')).toBe('string');
			},
		),
		{numRuns: 1500},
	);
}, 60_000);
