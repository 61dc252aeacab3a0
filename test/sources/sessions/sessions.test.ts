import {spawn} from 'node:child_process';
import {copyFile, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {noteWords} from '../../../source/screen/words/note.ts';
import {createSessions, readLaunchEnvironment} from '../../../source/sources/sessions/sessions.ts';

const sample = fileURLToPath(new URL('../../transcripts/samples/sessions-pid.json', import.meta.url));

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-sessions-'));
	await mkdir(join(home, 'sessions'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const at = (name: string) => join(home, 'sessions', name);
const register = (pid: number, extra: object = {}) =>
	writeFile(at(`${pid}.json`), JSON.stringify({pid, sessionId: `s${pid}`, cwd: '/home/dev/shop', ...extra}));
const alive = {isAlive: () => true, procStartOf: async () => '98983'};

test('reads the file a real Claude Code wrote', async () => {
	await copyFile(sample, at('18012.json'));
	const {sessions, problems} = await createSessions({directories: [home], ...alive}).read();
	expect(problems).toEqual([]);
	expect(sessions).toEqual([
		{
			pid: 18_012,
			sessionId: 'c32c748f-7835-4df1-9936-da6edb6f3e38',
			cwd: '/home/dev/shop',
			startedAt: 1_795_422_885_615,
			version: '2.1.330',
			entrypoint: 'cli',
			status: 'idle',
			running: true,
		},
	]);
});

test.each([
	['the pid is gone', false, '1', '1', false],
	['the pid lives and nobody knows when it started', true, '1', undefined, true],
	['the file does not say when it started', true, undefined, '1', true],
	['both agree on the start', true, '1', '1', true],
	['the pid was given to another process', true, '1', '2', false],
])('running, when %s', async (_when, isAlive, procStart, actual, running) => {
	await register(7, {procStart});
	const options = {directories: [home], isAlive: () => isAlive, procStartOf: async () => actual};
	expect((await createSessions(options).read()).sessions).toMatchObject([{pid: 7, running}]);
});

test('a session that two folders name runs where one of them says so', async () => {
	const other = await mkdtemp(join(tmpdir(), 'bedtop-sessions-'));
	await mkdir(join(other, 'sessions'));
	await register(7, {procStart: '1'});
	const stale = JSON.stringify({pid: 7, sessionId: 's7', cwd: '/home/dev/shop', procStart: '2'});
	await writeFile(join(other, 'sessions', '7.json'), stale);
	const options = {isAlive: () => true, procStartOf: async () => '1'};
	for (const directories of [
		[home, other],
		[other, home],
	]) {
		const {sessions} = await createSessions({directories, ...options}).read();
		expect(sessions).toMatchObject([{pid: 7, running: true}]);
	}
	await rm(other, {recursive: true});
});

test('only files named like a pid are opened, never a key', async () => {
	await register(7);
	// A folder cannot be opened as a file: each attempt would be a problem.
	for (const name of ['7.abc.key', '7.json.key', 'pid-7.json', '7.json.tmp', 'x.json']) await mkdir(at(name));
	const {sessions, problems} = await createSessions({directories: [home], ...alive}).read();
	expect(sessions).toHaveLength(1);
	expect(problems).toEqual([]);
});

test('a broken file is one problem, and the others are read', async () => {
	await register(7);
	await writeFile(at('8.json'), '{"pid": 8, "sess');
	await writeFile(at('9.json'), '[]');
	await mkdir(at('10.json'));
	const {sessions, problems} = await createSessions({directories: [home], ...alive}).read();
	expect(sessions.map(session => session.pid)).toEqual([7]);
	expect(problems.map(noteWords)).toEqual([
		`cannot read ${at('10.json')} (a folder)`,
		`${at('8.json')} does not describe a session: it is ignored`,
		`${at('9.json')} does not describe a session: it is ignored`,
	]);
});

test('a file caught while it is rewritten keeps its session for one read', async () => {
	await register(7);
	const sessions = createSessions({directories: [home], ...alive});
	await sessions.read();
	await writeFile(at('7.json'), '');
	expect(await sessions.read()).toMatchObject({sessions: [{pid: 7}], problems: []});
	expect(await sessions.read()).toMatchObject({sessions: [], problems: [{kind: 'not-a-session', path: at('7.json')}]});
});

test('a session that ended is gone, and a missing folder holds none', async () => {
	await register(7);
	const sessions = createSessions({directories: [home, join(home, 'missing')], ...alive});
	expect((await sessions.read()).sessions).toHaveLength(1);
	await rm(at('7.json'));
	expect(await sessions.read()).toEqual({sessions: [], problems: []});
});

test('one session registered in two folders is one session', async () => {
	await register(7);
	const {sessions} = await createSessions({directories: [home, home], ...alive}).read();
	expect(sessions).toHaveLength(1);
});

test('tells of a session that starts', async () => {
	const onChange = vi.fn();
	const stop = createSessions({directories: [home], ...alive}).watch(onChange);
	await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
	onChange.mockClear();
	await register(7);
	await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
	stop();
});

describe('against real processes', () => {
	const statOf = async (pid: number) =>
		(await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ')[19];

	test.runIf(process.platform === 'linux')('tells itself from a process that had its pid before', async () => {
		const procStart = await statOf(process.pid);
		await register(process.pid, {procStart});
		const sessions = createSessions({directories: [home]});
		expect((await sessions.read()).sessions).toMatchObject([{running: true}]);
		await register(process.pid, {procStart: `1${procStart}`});
		expect((await sessions.read()).sessions).toMatchObject([{running: false}]);
	});

	test.runIf(process.platform === 'linux')('a command name with blanks and parentheses misleads nobody', async () => {
		const child = spawn(process.execPath, [
			'-e',
			'process.title = ") S (a) 1"; setInterval(() => {}, 1000); console.log()',
		]);
		try {
			await new Promise(resolve => child.stdout.once('data', resolve));
			const pid = child.pid ?? 0;
			await register(pid, {procStart: await statOf(pid)});
			const {sessions} = await createSessions({directories: [home]}).read();
			expect(sessions).toMatchObject([{pid, running: true}]);
		} finally {
			child.kill();
		}
	});

	test('a pid nobody has is not running, and pid 0 is nobody', async () => {
		await register(2 ** 22 + 7);
		await register(0);
		const {sessions} = await createSessions({directories: [home]}).read();
		expect(sessions.map(session => session.running)).toEqual([false, false]);
	});

	test.runIf(process.platform === 'linux')('of a launch environment only the asked names are read', async () => {
		const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log()'], {
			env: {AWS_REGION: 'eu-west-1', AWS_SECRET_ACCESS_KEY: 'secret', AWS_PROFILE: '', EQUALS: 'a=b=é'},
		});
		try {
			await new Promise(resolve => child.stdout.once('data', resolve));
			const names = new Set(['AWS_REGION', 'AWS_PROFILE', 'EQUALS', 'MISSING']);
			const environment = await readLaunchEnvironment(child.pid ?? 0, names);
			expect([...(environment ?? [])]).toEqual([
				['AWS_REGION', 'eu-west-1'],
				['AWS_PROFILE', ''],
				['EQUALS', 'a=b=é'],
			]);
		} finally {
			child.kill();
		}
	});

	test('the environment of a process that is gone is not known', async () => {
		expect(await readLaunchEnvironment(2 ** 22 + 7, new Set(['AWS_REGION']))).toBeUndefined();
	});
});
