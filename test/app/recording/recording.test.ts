import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {readRecording} from '../../../source/app/recording/read-recording.ts';
import {record} from '../../../source/app/recording/record.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {createReplayClock} from '../../../source/polling/replay-clock.ts';
import {createStore} from '../../../source/polling/store.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import {command, runBedtop} from '../../support/cli.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {morning} from '../../support/fixture.ts';
import {type Pty, spawnPty} from '../../support/pty.ts';
import {settingsSince} from '../../support/settings.ts';

let folder: string;
let file: string;
let pty: Pty | undefined;
const open = (args: readonly string[], columns = 100, rows = 30) => {
	pty = spawnPty(command(...args), {columns, rows, env: {HOME: folder}});
	return pty;
};
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-recording-'));
	file = join(folder, 'a.jsonl');
});
afterEach(async () => {
	pty?.child.kill('SIGKILL');
	await pty?.exited;
	pty = undefined;
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const replay = (...args: readonly string[]) => runBedtop(['replay', ...args], {HOME: folder});

describe('a recording', () => {
	test('is made beside the live monitor', async () => {
		const live = open(['--demo', '--record', file, '--black-box', join(folder, 'box')]);
		await live.waitFor(/calls\/h/);
		const count = (type: string) => readFileSync(file, 'utf8').split(`"type":"${type}"`).length - 1;
		await expect.poll(() => count('trail'), {timeout: 20_000}).toBeGreaterThan(2);
		// The replies come when they have been read, which on a busy machine may be later.
		await expect.poll(() => count('transcripts'), {timeout: 20_000}).toBeGreaterThan(0);
		live.write('q');
		expect(await live.exited).toBe(0);
	}, 60_000);

	test('is its owner’s alone and holds nobody of the account', () => {
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, 'utf8')).not.toMatch(/123456789012|alice|bob|@example|\/tmp\//);
	});

	test('replayed twice gives the same JSON, byte for byte, and what was on screen', async () => {
		const [first, second] = [await replay(file, '--json'), await replay(file, '--json')];
		expect(first).toEqual(second);
		expect(first.code).toBe(0);
		const json = JSON.parse(first.stdout);
		expect(json).toMatchObject({demo: true, routing: {verdict: 'bedrock'}, identity: {accountId: '000000000001'}});
		expect(json.refusals[0]).toMatchObject({cause: 'identity-policy'});
		expect(json.spend.local.calls).toBeGreaterThan(50);
		expect(json.callCount.ok).toBeGreaterThan(50);
	}, 30_000);

	test('is played on the screen as fast as one likes, says so, and stays at its end', async () => {
		const played = open(['replay', file, '--speed', '1000'], 100, 30);
		await played.waitFor('REPLAY ended');
		await played.waitFor(/person-1/);
		played.write('q');
		expect(await played.exited).toBe(0);
	}, 30_000);

	test('is still read where the program was killed in the middle of a line, or a line is broken', async () => {
		const torn = join(folder, 'torn.jsonl');
		const lines = readFileSync(file, 'utf8').split('\n');
		writeFileSync(torn, lines.slice(0, 12).join('\n').slice(0, -20));
		expect(readRecording(torn)).toMatchObject({corruptLines: 0});
		writeFileSync(
			torn,
			[...lines.slice(0, 5), '{"at": broken', '{"at":1,"action":{"type":"trail","records":7}}', ...lines.slice(5)].join(
				'\n',
			),
		);
		const {code, stderr, stdout} = await replay(torn, '--json');
		expect({code, stderr}).toEqual({code: 0, stderr: '2 lines of the recording could not be read.\n'});
		expect(JSON.parse(stdout).spend.local.calls).toBeGreaterThan(50);
	}, 30_000);
});

test('the black box’s file is a recording of its own, and so is its folder', async () => {
	const box = join(folder, 'box');
	const [name = ''] = readdirSync(box);
	expect(name).toMatch(/^bedtop-\d{13}-\d+\.jsonl$/);
	expect(statSync(box).mode & 0o777).toBe(0o700);
	const [one, all] = [await replay(join(box, name), '--json'), await replay(box, '--json')];
	expect(one.stdout).toBe(all.stdout);
	expect(JSON.parse(all.stdout).spend.local.calls).toBeGreaterThan(50);
}, 30_000);

test('the black box keeps an hour in files of ten minutes that each begin with all that is known', () => {
	const clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
	const directory = join(folder, 'hours');
	const store = createStore<State, Action>(
		reduce,
		initialState(defaultBook, settingsSince(clock.now() - 8 * 3_600_000)),
	);
	const recorded = record(store, {
		...{store, clock, version: '1', isDemo: false, blackBox: directory, pid: 7},
		onFault: sentence => expect.unreachable(sentence),
	});
	for (const action of morning(clock.now())) recorded.dispatch(action);
	writeFileSync(join(directory, 'mine.jsonl'), 'not the black box’s');
	for (let minute = 0; minute < 180; minute++) {
		clock.jump(clock.now() + 60_000);
		recorded.dispatch({type: 'sdkRegion', region: minute % 2 === 0 ? 'us-east-1' : 'us-west-2'});
	}
	const names = readdirSync(directory).filter(name => name.startsWith('bedtop-'));
	expect(names.length).toBeGreaterThanOrEqual(6);
	expect(names.length).toBeLessThanOrEqual(8);
	expect(existsSync(join(directory, 'mine.jsonl'))).toBe(true);
	const newest = readRecording(join(directory, names.sort().at(-1) ?? ''));
	const again = newest.entries.reduce(
		(state, {action}) => reduce(state, action),
		initialState(defaultBook, newest.header.settings),
	);
	expect(again.log.calls).toHaveLength(store.getState().log.calls.length);
	expect(again.ledger.size).toBe(store.getState().ledger.size);
});

describe('what cannot be replayed or recorded is one sentence', () => {
	test.each([
		[['replay'], 64, 'replay needs the file of a recording. Try bedtop --help.\n'],
		[['replay', 'nowhere.jsonl'], 66, 'nowhere.jsonl cannot be read (not there).\n'],
		[['replay', 'package.json'], 66, 'package.json is not a recording of bedtop’s.\n'.replace('’', "'")],
		[['replay', 'x', 'y'], 64, '“y” is one word too many. Try bedtop --help.\n'],
		[['replay', 'x', '--speed', '0'], 64, '--speed takes a number such as 10, not “0”. Try bedtop --help.\n'],
		[['replay', 'x', '--demo'], 64, '--demo and replay do not go together. Try bedtop --help.\n'],
		[['replay', 'x', '--check'], 64, '--check and replay do not go together. Try bedtop --help.\n'],
		[['--speed', '2'], 64, '--speed is for bedtop replay. Try bedtop --help.\n'],
		[['--json', '--record', 'x'], 64, '--record records the live monitor only. Try bedtop --help.\n'],
		[['--once', '--black-box', 'x'], 64, '--black-box records the live monitor only. Try bedtop --help.\n'],
	])('%j', async (args, code, stderr) => {
		expect(await runBedtop(args, {HOME: folder})).toEqual({code, stdout: '', stderr});
	});

	test('a file that cannot be written', async () => {
		const live = open(['--demo', '--record', join(folder, 'no', 'such', 'folder')]);
		expect(await live.exited).toBe(66);
		expect(live.output()).toContain('cannot be written (not there).');
	});
});

test('the clock of a replay runs as fast as asked, waits as much shorter, and stands still at the end', async () => {
	const base = createFakeClock(1000);
	const clock = createReplayClock(base, {startAt: 50_000, endAt: 60_000, speed: 10});
	let rung = 0;
	clock.after(5000, () => rung++);
	await base.advance(499);
	expect([clock.now(), rung]).toEqual([54_990, 0]);
	await base.advance(1);
	expect([clock.now(), rung]).toEqual([55_000, 1]);
	await base.advance(10_000);
	expect(clock.now()).toBe(60_000);
});
