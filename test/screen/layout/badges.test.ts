import {expect, test} from 'vitest';
import {initialUi, type Ui} from '../../../source/screen/input/ui.ts';
import {badgesLine, badgesOf} from '../../../source/screen/layout/badges.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const shown = overview(stateOf(), noon - 2 * minuteMs);
const live = overview(stateOf({ledger: ledgerOf(reply('a'), reply('b'))}), noon);
const badges = (ui: Partial<Ui>, others: Partial<Parameters<typeof badgesOf>[0]> = {}) =>
	plainText(badgesLine(badgesOf({overview: shown, live, ui: {...initialUi, ...ui}, isDemo: false, ...others})));

test.each([
	['nothing', {}, {}, ''],
	['the demo', {}, {isDemo: true}, 'DEMO'],
	['a recording', {}, {isDemo: true, replay: '12:03 ×10'}, 'DEMO 12:03 ×10'],
	['that it stands still, and what it misses', {frozenAt: noon - 2 * minuteMs}, {}, 'frozen 2m, 2 new'],
	[
		'that it stands still and misses nothing',
		{frozenAt: noon - 2 * minuteMs},
		{live: {...shown, now: noon}},
		'frozen 2m',
	],
	['what is left out', {isTroubleOnly: true, isMineOnly: true, filter: 'haiku'}, {}, 'trouble only mine only /haiku'],
	['no filter while another is typed', {filter: 'haiku', draft: 'ha'}, {}, ''],
	[
		'that nothing is being recorded, and why',
		{},
		{live: overview(stateOf({recordingFault: {since: noon - minuteMs, code: 'ENOSPC'}}), noon)},
		'not recorded 1m: no space left',
	],
	['all of it', {frozenAt: noon, filter: 'x'}, {isDemo: true}, 'DEMO frozen now, 2 new /x'],
] as const)('the screen says %s', (_, ui, others, expected) => expect(badges(ui, others)).toBe(expected));
