import chalk from 'chalk';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {fitLine, type Line, type Style, span} from '../../../source/screen/text/line.ts';
import {createPaint} from '../../../source/screen/text/theme.ts';
import {themeNames} from '../../../source/screen/text/theme-names.ts';
import {openDisplay} from '../../support/display-terminal.ts';

const {level} = chalk;
beforeAll(() => {
	chalk.level = 1;
});
afterAll(() => {
	chalk.level = level;
});

const styles: readonly Style[] = ['plain', 'strong', 'dim', 'good', 'warn', 'bad', 'accent', 'rule', 'selected'];
const words = [
	'files',
	'5s',
	'10s',
	'$4.12',
	'✓ bedrock',
	'───',
	'▁▂▅█',
	'  ',
	' ',
	'项目',
	'e\u0301',
	'👩‍💻',
	'🇩🇪',
	'한글',
	'now',
];
const line = fc.array(fc.record({text: fc.constantFrom(...words), style: fc.constantFrom(...styles)}), {maxLength: 8});

type Spans = readonly {readonly text: string; readonly style: Style}[];
const lineOf = (spans: Spans): Line => spans.map(({text, style}) => span(text, style));

const columns = fc.integer({min: 1, max: 50});
const rows = fc.integer({min: 1, max: 8});
const frame = fc.record({kind: fc.constant('frame' as const), lines: fc.array(line, {maxLength: 8})});
const step = fc.oneof(
	{weight: 5, arbitrary: frame},
	{weight: 3, arbitrary: fc.record({kind: fc.constant('edit' as const), row: fc.nat(7), line})},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('resize' as const), columns, rows, isLate: fc.boolean()})},
	{weight: 1, arbitrary: fc.record({kind: fc.constantFrom('again' as const, 'others' as const, 'shell' as const)})},
);

test('whatever came before, a frame looks as on a fresh terminal', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({columns, rows, theme: fc.constantFrom(...themeNames), steps: fc.array(step, {maxLength: 10})}),
			async ({columns, rows, theme, steps}) => {
				const paint = createPaint(theme);
				const live = openDisplay(columns, rows);
				live.write('the shell\r\nbefore');
				let lines: readonly Spans[] = [];
				const painted = () => lines.map(spans => paint(fitLine(lineOf(spans), live.terminal.cols)));
				live.display.draw(painted());
				live.display.enter();
				for (const one of steps) {
					if (one.kind === 'frame') lines = one.lines;
					if (one.kind === 'edit') lines = lines.map((old, row) => (row === one.row ? one.line : old));
					if (one.kind === 'resize') {
						const composedBefore = painted();
						live.terminal.resize(one.columns, one.rows);
						live.display.forget();
						if (one.isLate) live.display.draw(composedBefore);
					}
					if (one.kind === 'others') {
						live.write('\u001b[1;1H\u001b[31mnoise\r\n\r\nnoise');
						live.display.forget();
					}
					if (one.kind === 'shell') {
						live.display.leave();
						live.write('\r\n$ fg');
						live.display.enter();
					}
					live.display.draw(painted());
					const fresh = openDisplay(live.terminal.cols, live.terminal.rows);
					fresh.display.draw(painted());
					fresh.display.enter();
					expect(await live.cells()).toEqual(await fresh.cells());
				}
			},
		),
		{numRuns: 120},
	);
}, 60_000);

test('leaving gives the shell its screen back, once, and nothing is written after it', async () => {
	const {display, write, takeWritten, cells, terminal} = openDisplay(20, 4);
	write('$ bedtop\r\n');
	const before = await cells();
	takeWritten();
	display.draw(['one', 'two']);
	expect(takeWritten()).toBe('');
	display.enter();
	expect(await cells()).not.toEqual(before);
	display.leave();
	display.leave();
	display.draw(['three']);
	display.refresh();
	expect(await cells()).toEqual(before);
	expect(terminal.modes.wraparoundMode).toBe(true);
	const written = takeWritten();
	for (const mode of ['\u001b[?1049h', '\u001b[?1049l', '\u001b[?25l', '\u001b[?25h', '\u001b[?7l', '\u001b[?7h']) {
		expect(written.split(mode), mode).toHaveLength(2);
	}
});

test('a frame that says the same writes nothing, one word writes that word, all in one update', () => {
	const {display, takeWritten} = openDisplay(40, 3);
	const header = (age: string) => `bedtop ${chalk.bold('123456789012')} alice ${chalk.dim(`files ${age}`)} ok`;
	display.draw([header('10s'), 'same']);
	display.enter();
	takeWritten();
	display.draw([header('10s'), 'same']);
	expect(takeWritten()).toBe('');
	display.draw([header('15s'), 'same']);
	expect(takeWritten()).toBe(`\u001b[?2026h\u001b[1;27H${chalk.dim('files 15s')}\u001b[?2026l`);
	display.draw([header('1m'), 'same']);
	expect(takeWritten()).toBe(`\u001b[?2026h\u001b[1;27H${chalk.dim('files 1m')} ok\u001b[K\u001b[?2026l`);
});
