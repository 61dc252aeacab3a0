import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {Call} from '../../source/domain/calls/call.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {refusalKey} from '../../source/domain/refusals/refusals.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import {toJson} from '../../source/output/json/json.ts';
import {stringifySafely} from '../../source/output/json/json-text.ts';
import {renderReport} from '../../source/output/report/report.ts';
import {createKeymap} from '../../source/screen/input/keymap.ts';
import {initialUi, type Ui} from '../../source/screen/input/ui.ts';
import {linesOf} from '../../source/screen/layout/frame.ts';
import {composeScreen} from '../../source/screen/layout/screen.ts';
import {paneIds} from '../../source/screen/panes/pane-table.ts';
import {speak} from '../../source/screen/speech/spoken.ts';
import {toAscii} from '../../source/screen/text/ascii.ts';
import {lineWidth} from '../../source/screen/text/line.ts';
import {paint} from '../../source/screen/text/theme.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce} from '../../source/state/state.ts';
import {hostileText} from '../support/hostile-text.ts';
import {settingsSince} from '../support/settings.ts';

const now = new Date(2026, 10, 23, 15).getTime();

const turn: Turn = {
	id: 'msg_bdrk_1',
	requestId: 'r1',
	at: now - 1000,
	sessionId: hostileText('session'),
	cwd: hostileText('cwd'),
	version: hostileText('version'),
	model: hostileText('model'),
	requestedModel: hostileText('us.anthropic.claude'),
	provider: 'bedrock',
	usage: {input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
	lowerBound: false,
	sidechain: false,
};

const call = (outcome: string): Call => ({
	eventId: hostileText(outcome),
	requestId: hostileText('request'),
	at: now - 2000,
	operation: hostileText('operation'),
	profile: hostileText('profile'),
	region: hostileText('region'),
	ranIn: hostileText('ranIn'),
	principal: {kind: 'sso', name: hostileText('name'), arn: hostileText('arn'), accountId: hostileText('account')},
	client: hostileText('client'),
	bearer: false,
	outcome,
	message: hostileText('message'),
});

const evidence = {
	kind: 'set' as const,
	variable: hostileText('variable'),
	value: hostileText('value'),
	from: hostileText('from'),
};

const configuration = {
	provider: 'bedrock' as const,
	providerFrom: evidence,
	region: hostileText('region'),
	regionFrom: evidence,
	regionPrefix: 'us',
	findings: [{...evidence, kind: 'not-a-region' as const}],
};

const problem = {kind: 'denied' as const, message: hostileText('problem'), fix: hostileText('fix')};
const status = {region: hostileText('region'), phase: 'waiting' as const, failures: 1, problem};

const actions: readonly Action[] = [
	{type: 'configuration', base: configuration, byFolder: new Map([[turn.cwd as string, configuration]])},
	{type: 'sessions', sessions: [{pid: 1, sessionId: turn.sessionId, cwd: turn.cwd as string, running: true}]},
	{
		type: 'slice',
		source: 'identity',
		value: {kind: 'sso', name: hostileText('me'), arn: hostileText('arn'), accountId: hostileText('account')},
	},
	{
		type: 'transcripts',
		turns: [turn, {...turn, id: 'msg_01x', provider: 'first-party'}],
		failures: [
			{id: 'f', at: now, sessionId: 's', status: 403, message: hostileText('message'), model: hostileText('model')},
		],
	},
	{type: 'trail', records: [call('ok'), call(hostileText('AccessDenied'))].map(entry => ({kind: 'call', call: entry}))},
	{
		type: 'metrics',
		updates: [{region: hostileText('region'), profile: hostileText('id'), points: [['Invocations', [[now, 3]]]]}],
		keepSince: 0,
	},
	{type: 'notes', source: 'transcripts', notes: [{kind: 'not-a-session', path: hostileText('note')}]},
	{type: 'status', status: {...status, name: 'cloudtrail'}},
	{type: 'status', status: {...status, name: 'cloudwatch'}},
	{type: 'status', status: {...status, name: 'sessions', region: undefined}},
	{type: 'status', status: {...status, name: 'transcripts', region: undefined}},
];

const initial = initialState(defaultBook, settingsSince(now - 3_600_000));
const view = overview(actions.reduce(reduce, initial), now);

const expectHarmless = (text: string) => {
	expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029]/u);
};

const keymap = createKeymap();
const looks: readonly (readonly [string, Partial<Ui>])[] = [
	['as it opens', {}],
	...paneIds.flatMap(focus => [
		[`${focus} with the focus`, {focus}] as const,
		[`${focus} zoomed`, {focus, isZoomed: true}] as const,
	]),
	['filtered', {filter: hostileText('filter')}],
	['while a filter is typed', {draft: hostileText('draft').replace(/\p{Cc}/gu, '')}],
	['frozen', {frozenAt: now - 60_000}],
	['the help', {card: {kind: 'help'}}],
	...view.sessions.map(({sessionId}) => ['a session', {card: {kind: 'session', sessionId}}] as const),
	...view.state.log.calls.map(({eventId}) => ['a call', {card: {kind: 'call', eventId}}] as const),
	...view.refusals.map(one => ['a refusal', {card: {kind: 'refusal', key: refusalKey(one)}}] as const),
	...[...view.state.metrics.keys()].map(key => ['a model', {card: {kind: 'model', key}}] as const),
];
const sizes = [
	[20, 1],
	[36, 3],
	[40, 12],
	[60, 15],
	[80, 24],
	[100, 30],
	[160, 50],
	[240, 60],
] as const;

describe('strings that others chose do nothing but show', () => {
	test('there is something to open of every kind', () => {
		expect(new Set(looks.map(([name]) => name)).size).toBe(2 * paneIds.length + 9);
	});

	test.each(sizes.flatMap(([columns, rows]) => looks.map(([name, ui]) => [columns, rows, name, ui] as const)))(
		'on a screen of %i×%i: %s',
		(columns, rows, _, ui) => {
			const {frame, copy} = composeScreen(view, {
				...{columns, rows, keymap, isDemo: false, home: '/home/x', toast: undefined},
				ui: {...initialUi, ...ui},
			});
			const lines = linesOf(frame);
			expect(lines.length).toBeLessThanOrEqual(rows);
			for (const line of lines) {
				expect(lineWidth(line)).toBeLessThanOrEqual(columns);
				expectHarmless(stripVTControlCharacters(paint(line)));
				expect(stripVTControlCharacters(paint(toAscii(line)))).toMatch(/^[\x20-\x7e]*$/);
			}
			expect(copy()?.text ?? '').not.toMatch(/[^\P{Cc}\n\t]/u);
		},
	);

	test('in the sentences of a screen reader', () => {
		for (const sentence of speak(view, {isDemo: false})) expectHarmless(sentence);
	});

	test('in the report', () => {
		const report = renderReport(view, {isDemo: false, home: '/home/x'});
		expectHarmless(report.replaceAll('\n', ''));
	});

	test('in the JSON, which still says what they were', () => {
		const text = stringifySafely(toJson(view, {version: '1', isDemo: false}));
		expectHarmless(text.replaceAll('\n', ''));
		expect(JSON.parse(text).routing.sessions[0].cwd).toBe(hostileText('cwd'));
	});
});
