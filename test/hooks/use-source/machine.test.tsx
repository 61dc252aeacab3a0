import {appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {useState} from 'react';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {windowAt} from '../../../source/domain/common/window.ts';
import {postingsOf} from '../../../source/domain/spend/ledger.ts';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {useSource} from '../../../source/hooks/use-source.ts';
import {noteWords} from '../../../source/screen/words/note.ts';
import type {Machine} from '../../../source/sources/machine.ts';
import {sessions} from '../../../source/sources/sessions/source.ts';
import {transcripts} from '../../../source/sources/transcripts/source.ts';
import {watchedRegions} from '../../../source/state/overview.ts';
import {createKit, type ProbeKit, probe} from '../../support/probe.tsx';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-hooks-'));
	mkdirSync(join(folder, 'projects', 'shop'), {recursive: true});
	mkdirSync(join(folder, 'sessions'));
});
afterEach(() => {
	chmodSync(folder, 0o700);
	rmSync(folder, {recursive: true});
});

const machineOf = ({clock}: ProbeKit): Machine => ({
	claudeDirectories: [folder],
	home: folder,
	cwd: folder,
	platform: 'linux',
	shell: new Map(),
	now: clock.now,
	managedDirectory: join(folder, 'managed'),
	isAlive: pid => pid === 4121,
	procStartOf: async () => '99',
	launchEnvironmentOf: async () => new Map(),
});

const reply = (id: string, output: number, at: number) =>
	`${JSON.stringify({
		type: 'assistant',
		sessionId: 's1',
		timestamp: new Date(at).toISOString(),
		cwd: '/home/dev/shop',
		requestedModel: 'us.anthropic.claude-opus-5-5',
		message: {
			id,
			model: 'claude-opus-5-5',
			stop_reason: 'end_turn',
			usage: {input_tokens: 10, output_tokens: output, cache_read_input_tokens: 0, cache_creation_input_tokens: 0},
		},
	})}\n`;

const mountTranscripts = (kit: ProbeKit, machine: Machine = machineOf(kit)) =>
	probe(
		kit,
		() => {
			const [watched] = useState(() => kit.watch(transcripts, undefined, {machine}));
			useSource(watched);
		},
		({ledger, sources, notes}) => {
			const output = [...postingsOf(ledger)].reduce((sum, {turn}) => sum + turn.usage.output, 0);
			const problem = sources.get('transcripts')?.problem?.message ?? 'no problem';
			return `${ledger.size} replies ${output} tokens, ${problem}, ${[...notes.values()].flat().map(noteWords).join()}`;
		},
	);

test('transcripts: what is appended arrives without waiting for the sweep; corrupt lines are said, not lost', async () => {
	const kit = createKit();
	const file = join(folder, 'projects', 'shop', 's1.jsonl');
	writeFileSync(file, reply('msg_bdrk_1', 5, kit.clock.now()));
	const {shows, unmount} = mountTranscripts(kit);
	await shows('1 replies 5 tokens, no problem');
	appendFileSync(file, reply('msg_bdrk_1', 7, kit.clock.now()) + reply('msg_bdrk_2', 1, kit.clock.now()));
	await expect
		.poll(
			async () => {
				await kit.clock.advance(50);
				return kit.store.getState().ledger.size;
			},
			{timeout: 10_000},
		)
		.toBe(2);
	appendFileSync(file, '{"usage": broken\n');
	await kit.clock.advance(5000);
	await shows('2 replies 8 tokens, no problem, 1 transcript line could not be read and was skipped');
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test('transcripts: a window made longer brings back what was read and let go; one made shorter forgets nothing', async () => {
	const kit = createKit();
	const hour = 3_600_000;
	const now = kit.clock.now();
	writeFileSync(
		join(folder, 'projects', 'shop', 's1.jsonl'),
		reply('msg_bdrk_1', 5, now - 30 * hour) + reply('msg_bdrk_2', 7, now - 60_000),
	);
	const {shows, unmount} = mountTranscripts(kit);
	await shows('1 replies 7 tokens');
	const choose = (spanMs: number | undefined) =>
		kit.store.dispatch({type: 'window', ...windowAt(kit.clock.now(), {...kit.store.getState(), spanMs})});
	choose(7 * 24 * hour);
	kit.refresh();
	await shows('2 replies 12 tokens');
	choose(hour);
	kit.refresh();
	await shows('2 replies 12 tokens');
	expect(spendOf(kit.store.getState().ledger, kit.store.getState().spendSince).local.calls).toBe(1);
	unmount();
});

test('transcripts: a missing folder is one sentence, and heals when it appears', async () => {
	rmSync(folder, {recursive: true});
	const kit = createKit();
	const {shows, unmount} = mountTranscripts(kit);
	await shows('There is no Claude Code folder at');
	mkdirSync(join(folder, 'projects', 'shop'), {recursive: true});
	writeFileSync(join(folder, 'projects', 'shop', 's1.jsonl'), reply('msg_bdrk_1', 5, kit.clock.now()));
	await kit.clock.advance(30_000);
	await shows('1 replies 5 tokens, no problem');
	unmount();
});

test('sessions: a running one brings its region, a dead or recycled pid does not', async () => {
	const session = (pid: number, procStart: string) =>
		writeFileSync(
			join(folder, 'sessions', `${pid}.json`),
			JSON.stringify({pid, sessionId: `s${pid}`, cwd: folder, procStart, version: '2.1.330'}),
		);
	session(4121, '99');
	session(4122, '99');
	writeFileSync(
		join(folder, 'settings.json'),
		JSON.stringify({env: {CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'eu-west-1'}}),
	);
	const kit = createKit();
	const {shows, unmount} = probe(
		kit,
		() => {
			const [watched] = useState(() => kit.watch(sessions, undefined, {machine: machineOf(kit)}));
			useSource(watched);
		},
		state => {
			const running = state.sessions.filter(({running}) => running).map(({pid}) => pid);
			return `running ${running.join()} in ${watchedRegions(state).join()}`;
		},
	);
	await shows('running 4121 in eu-west-1');
	session(4121, '7');
	await kit.clock.advance(5000);
	await shows('running in eu-west-1'.replace(' in', '  in'));
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

test('transcripts: reading that takes longer than half a second says how far it is, and stops saying so', async () => {
	const kit = createKit();
	for (const name of ['a', 'b', 'c', 'd', 'e']) {
		writeFileSync(join(folder, 'projects', 'shop', `${name}.jsonl`), reply(`msg_bdrk_${name}`, 5, kit.clock.now()));
	}
	const shown: (number | undefined)[] = [];
	kit.store.subscribe(() => shown.push(kit.store.getState().progress?.bytesDone));
	let ticks = 0;
	const slow = {...machineOf(kit), now: () => kit.clock.now() + 200 * ticks++};
	const {shows, unmount} = mountTranscripts(kit, slow);
	await shows('5 replies 25 tokens');
	const known = shown.filter(bytes => bytes !== undefined);
	expect(known.length).toBeGreaterThan(1);
	expect([...known].sort((a, b) => a - b)).toEqual(known);
	expect(kit.store.getState().progress).toBeUndefined();
	unmount();
});

test('sessions: what one was started with as its model is its first word on it, read once', async () => {
	const registered = {pid: 4121, sessionId: 's1', cwd: folder, procStart: '99', startedAt: 1000};
	writeFileSync(join(folder, 'sessions', '4121.json'), JSON.stringify(registered));
	const kit = createKit();
	let reads = 0;
	const modelArgumentOf = async () => {
		reads++;
		return 'global.anthropic.claude-opus-5-5';
	};
	const {shows, unmount} = probe(
		kit,
		() => {
			const machine = {...machineOf(kit), modelArgumentOf};
			const [watched] = useState(() => kit.watch(sessions, undefined, {machine}));
			useSource(watched);
		},
		state => `models ${(state.models.get('s1') ?? []).map(({model, at}) => `${model} at ${at}`).join()}`,
	);
	await shows('models global.anthropic.claude-opus-5-5 at 1000');
	await kit.clock.advance(20_000);
	expect(reads).toBe(1);
	unmount();
});
