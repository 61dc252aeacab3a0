import {spawnSync} from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	unlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readRecording} from '../../../source/app/recording/read-recording.ts';
import {record} from '../../../source/app/recording/record.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {createStore} from '../../../source/polling/store.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import {command} from '../../support/cli.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {morning} from '../../support/fixture.ts';
import {spawnPty} from '../../support/pty.ts';
import {settingsSince} from '../../support/settings.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-full-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const start = new Date(2026, 10, 23, 15, 4, 0).getTime();
const region = (name: string): Action => ({type: 'sdkRegion', region: name});

const open = (into: {readonly file?: string; readonly blackBox?: string}) => {
	const clock = createFakeClock(start);
	const faults: string[] = [];
	const settings = settingsSince(start - 8 * 3_600_000);
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settings));
	const recorded = record(store, {
		...{store, clock, version: '1', isDemo: false, pid: 7, ...into},
		onFault: sentence => faults.push(sentence.replace(/\d{4}-.*Z/, 'AT')),
	});
	for (const action of morning(start)) recorded.dispatch(action);
	return {clock, faults, store, recorded};
};

const replayed = (path: string) => {
	const {entries, header, corruptLines} = readRecording(path);
	const state = entries.reduce((so, {action}) => reduce(so, action), initialState(defaultBook, header.settings));
	return {state, corruptLines};
};

describe('a recording that was deleted', () => {
	test('says so, begins again with all that is known, and that is told at the end', () => {
		const file = join(folder, 'a.jsonl');
		const {clock, faults, store, recorded} = open({file});
		unlinkSync(file);
		recorded.dispatch(region('us-east-1'));
		expect(store.getState().recordingFault).toEqual({since: start, code: 'ENOENT'});
		expect(store.getState().sdkRegion).toBe('us-east-1');
		recorded.dispatch(region('us-east-2'));
		expect(existsSync(file)).toBe(false);
		clock.jump(start + 5000);
		recorded.dispatch(region('us-west-2'));
		expect(store.getState().recordingFault).toBeUndefined();
		expect(faults).toEqual(['Nothing could be recorded from AT on (not there).', 'The recording goes on from AT.']);
		const {state, corruptLines} = replayed(file);
		expect([state.ledger.size, state.log.calls.length, state.sdkRegion, corruptLines]).toEqual([
			...[store.getState().ledger.size, store.getState().log.calls.length, 'us-west-2', 0],
		]);
	});

	test('does not go on behind a link that took its place', () => {
		const file = join(folder, 'a.jsonl');
		const {clock, store, recorded} = open({file});
		unlinkSync(file);
		symlinkSync(join(folder, 'precious'), file);
		recorded.dispatch(region('us-east-1'));
		clock.jump(start + 60_000);
		recorded.dispatch(region('us-west-2'));
		expect(existsSync(join(folder, 'precious'))).toBe(false);
		expect(store.getState().recordingFault?.since).toBe(start);
	});

	test('is a black box’s folder: it is made again', () => {
		const blackBox = join(folder, 'box');
		const {clock, faults, store, recorded} = open({blackBox});
		rmSync(blackBox, {recursive: true});
		recorded.dispatch(region('us-east-1'));
		expect(store.getState().recordingFault).toEqual({since: start, code: 'ENOENT'});
		clock.jump(start + 6000);
		recorded.dispatch(region('us-west-2'));
		expect(store.getState().recordingFault).toBeUndefined();
		expect(faults).toHaveLength(2);
		const [name = ''] = readdirSync(blackBox);
		expect(replayed(join(blackBox, name)).state.ledger.size).toBe(store.getState().ledger.size);
	});
});

/** A program that sees a disk of 8 MiB at `at`, full but for 32 KiB, and nobody else does. */
const smallDisk = (at: string, args: readonly string[]) => [
	...['unshare', '-rm', 'sh', '-c'],
	`mount -t tmpfs -o size=8m none ${at} && head -c 8355840 /dev/zero > ${at}/filler && exec "$@"`,
	...['sh', ...command(...args)],
];

const hasSmallDisk = spawnSync('sh', ['-c', 'unshare -rm mount -t tmpfs none /mnt']).status === 0;

describe.skipIf(!hasSmallDisk)('a disk without room', () => {
	test('is said on screen while it lasts, leaves no half line, and the recording goes on', async () => {
		const disk = join(folder, 'disk');
		mkdirSync(disk);
		const args = smallDisk(disk, ['--demo', '--record', join(disk, 'a.jsonl')]);
		const live = spawnPty(args, {columns: 120, rows: 30, env: {HOME: folder}});
		try {
			await live.waitFor(/not recorded now: no space left/);
			const inside = `/proc/${await live.pid()}/root${disk}`;
			expect(readFileSync(join(inside, 'a.jsonl'), 'utf8').endsWith('\n')).toBe(true);
			const size = () => statSync(join(inside, 'a.jsonl')).size;
			const full = size();
			unlinkSync(join(inside, 'filler'));
			await expect.poll(size, {timeout: 30_000}).toBeGreaterThan(full);
			expect(readRecording(join(inside, 'a.jsonl')).corruptLines).toBe(0);
			live.write('q');
			expect(await live.exited).toBe(0);
			expect(live.output()).toMatch(/Nothing could be recorded from \S+Z on \(no space left\)\./);
			expect(live.output()).toMatch(/The recording goes on from \S+Z\./);
		} finally {
			live.child.kill('SIGKILL');
			await live.exited;
		}
	}, 90_000);
});
