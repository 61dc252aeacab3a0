import fc from 'fast-check';
import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {initialUi} from '../../../source/screen/input/ui.ts';
import {badgesOf} from '../../../source/screen/layout/badges.ts';
import {ribbonLines} from '../../../source/screen/layout/ribbon.ts';
import {troubles} from '../../../source/screen/panes/trouble.ts';
import {lineWidth, plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {initialState, reduce} from '../../../source/state/state.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const actions = morning(now);
const view = overview(actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))), now);
const calm = overview(
	actions
		.filter(({type}) => type !== 'trail')
		.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))),
	now,
);
const linesOf = (of: typeof view, columns: number, rows: number, isDemo = false) =>
	ribbonLines(of, {
		...{columns, rows, troubles: troubles(of)},
		badges: badgesOf({overview: of, live: of, ui: initialUi, isDemo}),
	});
const text = (of: typeof view, columns: number, rows = 1) => linesOf(of, columns, rows).map(plainText);

test.each([
	[
		120,
		/^✓ bedrock {2}\$0\.28 today {2}\$1\.13\/h {2}opus-5\.5 [▁-█ ]{12} {2}us-east-1 {2}opus-5\.5 \$0\.25 {2}haiku-4\.5 \$0\.04$/,
	],
	[70, /^✓ bedrock {2}\$0\.28 today {2}\$1\.13\/h {2}opus-5\.5 [▁-█ ]{12} {2}us-east-1$/],
	[40, /^✓ bedrock {2}\$0\.28 today {2}\$1\.13\/h$/],
	[24, /^✓ bedrock {2}\$0\.28 today$/],
	[16, /^✓ bedrock {2}\$0\.28$/],
	[8, /^✓ {2}\$0\.28$/],
	[1, /^✓$/],
])('where nothing is wrong, %i columns say the most important of it', (columns, line) => {
	expect(text(calm, columns)[0]).toMatch(line);
	expect(text(calm, columns)).toHaveLength(1);
});

test('a refusal stands in the place of the sparkline, with the verdict, down to any size that holds them', () => {
	for (let columns = 14; columns <= 240; columns++) {
		const [line = ''] = text(view, columns);
		expect(line).toMatch(/✓/);
		expect(line).toMatch(/✗ opus-5\.5/);
		expect(line).not.toMatch(/[▁-▇]/);
	}
});

test('never wider or higher than the screen, and a demo is always said to be one', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 260}),
			fc.integer({min: 1, max: 40}),
			fc.boolean(),
			(columns, rows, isDemo) => {
				for (const of of [view, calm]) {
					const lines = linesOf(of, columns, rows, isDemo);
					expect(lines.length).toBeLessThanOrEqual(rows);
					for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
					if (isDemo && columns >= 20) expect(lines.map(plainText).join('\n')).toContain('DEMO');
				}
			},
		),
	);
});

test('what is wider than the screen is said shorter before anything is left out for it', () => {
	expect(text(view, 60, 3)).toEqual([
		'✓ bedrock  $0.28 today  $1.13/h',
		expect.stringMatching(/^✗ opus-5\.5 ×19 .* us-east-1$/),
		'opus-5.5 $0.25  haiku-4.5 $0.04',
	]);
});

test('a tick beside which AWS is not seen says so at every size, and with a row to spare what mends it', () => {
	const problem = {kind: 'credentials', message: 'The token has expired.', fix: 'run aws sso login'} as const;
	const blind = overview(
		[
			...actions.filter(({type}) => type !== 'trail'),
			...(['identity', 'cloudtrail'] as const).map(name => ({
				type: 'status' as const,
				status: {name, phase: 'waiting' as const, failures: 3, problem},
			})),
		].reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))),
		now,
	);
	expect(text(blind, 20)).toEqual(['✓ bedrock ?aws $0.28']);
	expect(text(blind, 36, 3)).toEqual([
		'✓ bedrock  ? AWS credentials',
		expect.stringMatching(/^\$0\.28 today {2}\$1\.13\/h/),
		'→ run aws sso login',
	]);
	for (let columns = 7; columns <= 240; columns++) expect(text(blind, columns).join('\n')).toMatch(/\?/);
	expect(text(calm, 120)[0]).not.toMatch(/\?/);
});
