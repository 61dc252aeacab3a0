import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Recording, RecordingError, readRecording} from '../../../source/app/recording/read-recording.ts';
import {record} from '../../../source/app/recording/record.ts';
import {headerLine} from '../../../source/app/recording/recording-format.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {postingsOf} from '../../../source/domain/spend/ledger.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {createStore} from '../../../source/polling/store.ts';
import {encode} from '../../../source/state/fields/field.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, initialState, reduce, type Settings, type State} from '../../../source/state/state.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const start = new Date(2026, 10, 23, 15, 4, 0).getTime();
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-recordings-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const settings = settingsSince(start - 8 * 3_600_000);
type Where = {readonly file?: string; readonly blackBox?: string; readonly pid?: number; readonly mayReplace?: boolean};
const open = (clock: FakeClock, where: Where, others: Partial<Settings> = {}) => {
	const store = createStore<State, Action>(reduce, initialState(defaultBook, {...settings, ...others}));
	return record(store, {
		...{store, clock, version: '1', isDemo: false, pid: 7, ...where},
		onFault: sentence => expect.unreachable(sentence),
	});
};
const replayed = ({header, entries}: Recording): State =>
	entries.reduce((state, {action}) => reduce(state, action), initialState(defaultBook, header.settings));
const comesTo = (state: State) => toJson(overview(state, start + 2 * 3_600_000), {version: '1', isDemo: false});

/** One reply, by the id that its provider gave it. */
const reply = (id: string, at: number, output: number): Action => ({
	type: 'transcripts',
	turns: [
		{
			...{id: `msg_bdrk_${id}`, at, sessionId: `session of ${id}`, model: 'claude-opus-5-5', provider: 'bedrock'},
			usage: {input: 1, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
			...{lowerBound: false, sidechain: false},
		},
	],
	failures: [],
});
const outputs = (state: State) => [...postingsOf(state.ledger)].map(({turn}) => turn.usage.output);

test('a file is its owner’s alone, also where there was one before', () => {
	const file = join(folder, 'old.jsonl');
	writeFileSync(file, 'what was there', {mode: 0o644});
	expect(() => open(createFakeClock(start), {file})).toThrow();
	expect(readFileSync(file, 'utf8')).toBe('what was there');
	open(createFakeClock(start), {file, mayReplace: true});
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readRecording(file).entries).toEqual([]);
});

test('a region that was typed is named only where AWS may have it', () => {
	const file = join(folder, 'regions.jsonl');
	open(createFakeClock(start), {file}, {askedRegions: ['us-east-1', 'alice-secret-1']});
	expect(readRecording(file).header.settings.askedRegions).toEqual(['us-east-1']);
	expect(readFileSync(file, 'utf8')).not.toContain('alice');
});

describe('a black box’s folder', () => {
	test('comes to what one file of the same time comes to', () => {
		const clock = createFakeClock(start);
		const [file, blackBox] = [join(folder, 'one.jsonl'), join(folder, 'many')];
		const store = open(clock, {file, blackBox});
		for (const [index, action] of morning(start).entries()) {
			clock.jump(start + index * 7 * 60_000);
			store.dispatch(action);
			store.dispatch(reply(`n${index}`, clock.now(), 10 + index));
		}
		const [one, many] = [readRecording(file), readRecording(blackBox)];
		expect(many.entries.length).toBeGreaterThan(one.entries.length);
		const json = ({watch, ...rest}: Record<string, unknown>) => ({...rest, watch: typeof watch});
		expect(json(comesTo(replayed(many)))).toEqual(json(comesTo(replayed(one))));
		expect(outputs(replayed(many)).length).toBeGreaterThan(10);
	});

	test('is read as the newest run there, whose aliases are not those of the others, and says what it left out', () => {
		const clock = createFakeClock(start);
		const blackBox = join(folder, 'runs');
		open(clock, {blackBox, pid: 7}).dispatch(reply('first', start, 111));
		clock.jump(start + 60_000);
		open(clock, {blackBox, pid: 8}).dispatch(reply('second', start, 222));
		clock.jump(start + 120_000);
		// In a container every run may have the same pid.
		const third = open(clock, {blackBox, pid: 8});
		third.dispatch(reply('third', start, 333));
		clock.jump(start + 20 * 60_000);
		third.dispatch(reply('fourth', start, 444));
		const read = readRecording(blackBox);
		expect(outputs(replayed(read))).toEqual([333, 444]);
		expect(read.otherFiles).toBe(2);
	});

	test('is read without the files that are damaged, unless all are', () => {
		const blackBox = join(folder, 'damaged');
		mkdirSync(blackBox);
		const torn = join(blackBox, `bedtop-${start + 1}-9.jsonl`);
		writeFileSync(torn, '');
		expect(() => readRecording(blackBox)).toThrow(`${torn} is not a recording`);
		open(createFakeClock(start), {blackBox}).dispatch(reply('only', start, 555));
		expect(outputs(replayed(readRecording(blackBox)))).toEqual([555]);
		expect(readRecording(blackBox).otherFiles).toBe(1);
	});
});

describe('what a stranger’s file holds does no harm', () => {
	const fault = (content: string): string => {
		const file = join(folder, 'strange.jsonl');
		writeFileSync(file, content);
		try {
			readRecording(file);
			return '';
		} catch (error) {
			return error instanceof RecordingError ? error.message.replace(file, 'It') : String(error);
		}
	};
	const header = (changes: object) => {
		const written = JSON.parse(headerLine({version: '1', isDemo: false, startedAt: start, settings}));
		return `${JSON.stringify({...written, ...changes}, encode)}\n`;
	};
	const damaged = "It is not a recording of bedtop's: its first line is damaged.";
	test.each([
		['settings that lack everything', {settings: {}}, damaged],
		['a window that is no time', {settings: {...settings, spendSince: 'x'}}, damaged],
		['limits that are no money', {settings: {...settings, limits: {day: 5}}}, damaged],
		['regions that are none', {settings: {...settings, askedRegions: [5]}}, damaged],
		['a beginning beyond all dates', {startedAt: 1e300}, damaged],
		['another schema', {schema: 2}, 'It is of another version of bedtop (1).'],
		[
			'a version that speaks to the terminal',
			{schema: 2, version: '\u001b]0;x'},
			'It is of another version of bedtop (unknown).',
		],
		['nothing strange', {}, ''],
	])('%s', (_, changes, expected) => {
		expect(fault(header(changes))).toBe(expected);
	});

	test('actions that another version knows, and moments beyond all dates, are lines that could not be read', () => {
		const file = join(folder, 'unknown.jsonl');
		const lines = [
			'{"at":1,"action":{"type":"teleport"}}',
			'{"at":1,"action":{"type":"toString"}}',
			'{"at":1e300,"action":{"type":"sdkRegion","region":"us-east-1"}}',
			'{"at":2,"action":{"type":"sdkRegion","region":"us-west-2"}}',
		];
		writeFileSync(file, `${header({})}${lines.join('\n')}\n`);
		const read = readRecording(file);
		expect([read.corruptLines, read.entries.length]).toEqual([3, 1]);
		expect(replayed(read).sdkRegion).toBe('us-west-2');
	});
});
