import {appendFile, chmod, copyFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {addUsage, noUsage} from '../../../source/domain/money/usage.ts';
import {betterTurn, type Turn} from '../../../source/domain/replies/turn.ts';
import {fileProblemWords} from '../../../source/screen/words/file-problem.ts';
import {createTranscripts, type TranscriptBatch} from '../../../source/sources/transcripts/transcripts.ts';

const samples = fileURLToPath(new URL('../../transcripts/samples', import.meta.url));

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-transcripts-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const at = (name: string) => join(home, 'projects', name);
const write = async (name: string, content: string | Uint8Array) => {
	await mkdir(dirname(at(name)), {recursive: true});
	await writeFile(at(name), content);
};
const reply = (id: string, output = 5, extra: object = {}) =>
	JSON.stringify({
		type: 'assistant',
		sessionId: 's1',
		timestamp: '2026-11-23T09:00:00.000Z',
		message: {id, model: 'claude-opus-5-5', stop_reason: 'end_turn', usage: {input_tokens: 1, output_tokens: output}},
		...extra,
	});
/** Sorted: several files are read at a time, and the ledger does not care which reply comes first. */
const ids = (batch: TranscriptBatch) => batch.turns.map(turn => turn.id).sort();
const everything = {touchedSince: 0};

/** The replies a ledger would count: one per message id. */
const replies = (turns: readonly Turn[]): readonly Turn[] => {
	const best = new Map<string, Turn>();
	for (const turn of turns) {
		const other = best.get(turn.id);
		best.set(turn.id, other === undefined ? turn : betterTurn(other, turn));
	}
	return [...best.values()];
};

describe('files written by real Claude Code versions', () => {
	// Worked out by hand from the files: every call was answered with 10 input, 100 cache read and 2000 cache write
	// tokens; the first of two replies has 321 output tokens, the second 42 (2.0.76 wrote its placeholder, 2).
	const two = {input: 20, cacheRead: 200, cacheWrite5m: 4000, cacheWrite1h: 0};
	test.each([
		['transcript-bedrock-2.0.76.jsonl', 4, 2, {...two, output: 4}, true],
		['transcript-bedrock-2.1.240.jsonl', 4, 2, {...two, output: 363}, false],
		['transcript-bedrock-2.1.330-multiblock.jsonl', 4, 2, {...two, output: 363}, false],
		[
			'transcript-bedrock-2.1.330-subagent.jsonl',
			1,
			1,
			{input: 10, output: 42, cacheRead: 100, cacheWrite5m: 2000, cacheWrite1h: 0},
			false,
		],
		['transcript-bedrock-2.1.330-accessdenied-fallback.jsonl', 0, 0, noUsage, false],
	])('%s: %i lines of %i replies', async (name, lines, count, usage, lowerBound) => {
		await write(name, '');
		await copyFile(join(samples, name), at(name));
		const batch = await createTranscripts({directories: [home]}).read(everything);
		expect(batch).toMatchObject({files: 1, corruptLines: 0, unreadable: []});
		expect(batch.turns).toHaveLength(lines);
		const counted = replies(batch.turns);
		expect(counted).toHaveLength(count);
		expect(counted.map(turn => turn.usage).reduce(addUsage, noUsage)).toEqual(usage);
		expect(counted.map(turn => turn.provider)).toEqual(counted.map(() => 'bedrock'));
		expect(counted.map(turn => turn.lowerBound)).toEqual(counted.map(() => lowerBound));
	});

	test('a denied model: nine refusals, eight steps down the ladder, and no reply', async () => {
		const name = 'transcript-bedrock-2.1.330-accessdenied-fallback.jsonl';
		await write(name, '');
		await copyFile(join(samples, name), at(name));
		const {failures} = await createTranscripts({directories: [home]}).read(everything);
		expect(failures.filter(failure => failure.status === 403 && failure.isFinal !== true)).toHaveLength(9);
		expect(failures.filter(failure => failure.isFinal === true)).toMatchObject([{status: 403}]);
		const steps = failures.flatMap(failure => failure.fallback ?? []);
		expect(steps).toHaveLength(8);
		expect(steps[0]).toEqual({from: 'us.anthropic.claude-opus-5-5', to: 'us.anthropic.claude-opus-5'});
		expect(failures[0]).toMatchObject({
			id: 'eefbf22e-03a2-4483-bde4-4a94576412c4',
			sessionId: expect.stringMatching(/^[\w-]{36}$/),
			model: 'us.anthropic.claude-opus-5-5',
			at: Date.UTC(2026, 10, 23, 8, 39, 18, 445),
		});
	});
});

describe('what is read', () => {
	test('nothing, where there is no projects folder', async () => {
		const batch = await createTranscripts({directories: [join(home, 'missing')]}).read(everything);
		expect(batch).toEqual({
			...{turns: [], failures: [], models: [], costs: [], compactions: [], agentEnds: []},
			...{files: 0, bytes: 0, corruptLines: 0, unreadable: []},
		});
	});

	test('a cost-state, written before the next reply of its file, and a compaction', async () => {
		const modelUsage = {'us.anthropic.claude-opus-5-5': {inputTokens: 3, outputTokens: 4}};
		const cost = JSON.stringify({type: 'cost-state', sessionId: 's', modelUsage});
		const boundary = {type: 'system', subtype: 'compact_boundary', sessionId: 's', timestamp: '2026-11-23T09:00:00Z'};
		await write('a/s.jsonl', `${[JSON.stringify(boundary), cost, reply('1'), cost].join('\n')}\n`);
		const {costs, compactions, turns} = await createTranscripts({directories: [home]}).read(everything);
		expect(compactions).toEqual([{sessionId: 's', at: Date.parse('2026-11-23T09:00:00Z')}]);
		expect(costs[0]?.at).toBe((turns[0]?.at ?? 0) - 1);
		expect(costs[1]?.at).toBeGreaterThan(turns[0]?.at ?? 0);
		expect(costs[0]?.usage.get('us.anthropic.claude-opus-5-5')).toMatchObject({input: 3, output: 4, cacheRead: 0});
	});

	test('transcripts at any depth and in every folder, and nothing else', async () => {
		await write('a/s.jsonl', `${reply('1')}\n`);
		await write('a/s/subagents/agent-1.jsonl', `${reply('2')}\n`);
		await write('a/s/subagents/agent-1.meta.json', `${reply('3')}\n`);
		const other = await mkdtemp(join(home, 'other-'));
		await mkdir(join(other, 'projects', 'b'), {recursive: true});
		await writeFile(join(other, 'projects', 'b', 't.jsonl'), `${reply('4')}\n`);
		const batch = await createTranscripts({directories: [home, other, home]}).read(everything);
		expect(ids(batch)).toEqual(['1', '2', '4']);
		expect(batch.files).toBe(3);
	});

	test('links that loop are harmless, linked project folders are read', async () => {
		await write('a/s.jsonl', `${reply('1')}\n`);
		await symlink(join(home, 'projects'), at('loop'));
		await symlink(at('a'), at('a/again'));
		await symlink(at('self'), at('self'));
		const elsewhere = join(home, 'elsewhere');
		await mkdir(elsewhere);
		await writeFile(join(elsewhere, 't.jsonl'), `${reply('2')}\n`);
		await symlink(elsewhere, at('linked'));
		const batch = await createTranscripts({directories: [home]}).read(everything);
		expect(ids(batch)).toEqual(['1', '2']);
		expect(batch.unreadable).toEqual([]);
	});

	test('only files touched since, and the others whole once they are touched', async () => {
		await write('a/old.jsonl', `${reply('1')}\n`);
		await utimes(at('a/old.jsonl'), 1000, 1000);
		await write('a/new.jsonl', `${reply('2')}\n`);
		const transcripts = createTranscripts({directories: [home]});
		const recent = {touchedSince: 2_000_000};
		expect(ids(await transcripts.read(recent))).toEqual(['2']);
		expect(ids(await transcripts.read(recent))).toEqual([]);
		await appendFile(at('a/old.jsonl'), `${reply('3')}\n`);
		expect(ids(await transcripts.read(recent))).toEqual(['1', '3']);
	});

	test('a file that was touched but keeps an old time is read', async () => {
		await write('a/old.jsonl', `${reply('1')}\n`);
		await utimes(at('a/old.jsonl'), 1000, 1000);
		const transcripts = createTranscripts({directories: [home]});
		await transcripts.read({touchedSince: 2_000_000});
		await appendFile(at('a/old.jsonl'), `${reply('2')}\n`);
		await utimes(at('a/old.jsonl'), 1000, 1000);
		expect(ids(await transcripts.read({touchedSince: 2_000_000}))).toEqual(['1', '2']);
	});

	test('older files too, when a wider window is asked for later', async () => {
		await write('a/old.jsonl', `${reply('1')}\n`);
		await utimes(at('a/old.jsonl'), 1000, 1000);
		const transcripts = createTranscripts({directories: [home]});
		expect(ids(await transcripts.read({touchedSince: 2_000_000}))).toEqual([]);
		expect(ids(await transcripts.read(everything))).toEqual(['1']);
	});

	test('what a line lacks is taken from the file', async () => {
		const usage = {input_tokens: 1, output_tokens: 2};
		const line = JSON.stringify({type: 'assistant', message: {model: 'm', usage}});
		await write('a/s9.jsonl', `{}\n${line}\n`);
		await utimes(at('a/s9.jsonl'), 1000, 1000);
		const {turns} = await createTranscripts({directories: [home]}).read(everything);
		expect(turns).toMatchObject([{id: `${at('a/s9.jsonl')}:3`, at: 1_000_000, sessionId: 's9'}]);
	});

	test('progress counts up to all files and bytes', async () => {
		await write('a/s.jsonl', `${reply('1')}\n`);
		await write('b/s.jsonl', `${reply('2')}\n`);
		const onProgress = vi.fn();
		const {bytes} = await createTranscripts({directories: [home], onProgress}).read(everything);
		expect(onProgress).toHaveBeenLastCalledWith({files: 2, filesDone: 2, bytes, bytesDone: bytes});
	});

	test('nothing of what was asked or answered is kept', async () => {
		const content = [{type: 'text', text: 'my secret plan'}];
		const usage = {input_tokens: 1, output_tokens: 2};
		await write('a/s.jsonl', `${reply('1', 1, {message: {id: 'm', content, usage}, toolUseResult: 'my secret'})}\n`);
		const batch = await createTranscripts({directories: [home]}).read(everything);
		expect(ids(batch)).toEqual(['m']);
		expect(JSON.stringify(batch)).not.toContain('secret');
	});
});

describe('files that change', () => {
	test('each line comes once, in the read after it was written', async () => {
		await write('a/s.jsonl', `${reply('1')}\n`);
		const transcripts = createTranscripts({directories: [home]});
		expect(ids(await transcripts.read(everything))).toEqual(['1']);
		await appendFile(at('a/s.jsonl'), `${reply('2')}\n${reply('3')}\n`);
		await write('b/t.jsonl', `${reply('4')}\n`);
		expect(ids(await transcripts.read(everything))).toEqual(['2', '3', '4']);
		expect(await transcripts.read(everything)).toMatchObject({turns: [], files: 0, bytes: 0});
	});

	test('a corrupt line is skipped and counted once', async () => {
		await write('a/s.jsonl', `${reply('1')}\n{"usage": oops\n${reply('2')}\n`);
		const transcripts = createTranscripts({directories: [home]});
		expect(await transcripts.read(everything)).toMatchObject({corruptLines: 1, turns: [{id: '1'}, {id: '2'}]});
		await appendFile(at('a/s.jsonl'), `${reply('3')}\n`);
		expect(await transcripts.read(everything)).toMatchObject({corruptLines: 0, turns: [{id: '3'}]});
	});

	test('half a line is completed later, and a last line without newline is not lost', async () => {
		await write('a/s.jsonl', `${reply('1')}\n${reply('2').slice(0, 60)}`);
		const transcripts = createTranscripts({directories: [home]});
		expect(ids(await transcripts.read(everything))).toEqual(['1']);
		await appendFile(at('a/s.jsonl'), reply('2').slice(60));
		expect(ids(await transcripts.read(everything))).toEqual([]);
		expect(ids(await transcripts.read(everything))).toEqual(['2']);
		expect(ids(await transcripts.read(everything))).toEqual([]);
		await appendFile(at('a/s.jsonl'), `\n${reply('3')}\n`);
		expect(await transcripts.read(everything)).toMatchObject({turns: [{id: '3'}], corruptLines: 0});
	});

	test('a replaced file is read again, a deleted one forgotten', async () => {
		await write('a/s.jsonl', `${reply('1')}\n`);
		const transcripts = createTranscripts({directories: [home]});
		await transcripts.read(everything);
		await write('a/s.jsonl', `${reply('2')}\n${reply('3')}\n`);
		expect(ids(await transcripts.read(everything))).toEqual(['2', '3']);
		await rm(at('a'), {recursive: true});
		expect(await transcripts.read(everything)).toMatchObject({turns: [], unreadable: []});
		await write('a/s.jsonl', `${reply('2')}\n${reply('3')}\n`);
		expect(ids(await transcripts.read(everything))).toEqual(['2', '3']);
	});

	test.skipIf(process.platform === 'win32')('what may not be read is named, and the rest is read', async () => {
		await write('a/closed.jsonl', `${reply('1')}\n`);
		await write('a/open.jsonl', `${reply('2')}\n`);
		await write('locked/s.jsonl', `${reply('3')}\n`);
		await chmod(home, 0o755);
		await chmod(at('a/closed.jsonl'), 0);
		await chmod(at('locked'), 0);
		const transcripts = createTranscripts({directories: [home]});
		const isRoot = process.getuid?.() === 0;
		if (isRoot) process.seteuid?.(65_534);
		const first = await transcripts.read(everything).finally(() => isRoot && process.seteuid?.(0));
		expect(ids(first)).toEqual(['2']);
		expect(first.unreadable).toEqual([
			{path: at('a/closed.jsonl'), code: 'EACCES'},
			{path: at('locked'), code: 'EACCES'},
		]);
		expect(first.unreadable.map(fileProblemWords)).toEqual([
			`${at('a/closed.jsonl')} (permission denied)`,
			`${at('locked')} (permission denied)`,
		]);
		await chmod(at('a/closed.jsonl'), 0o600);
		await chmod(at('locked'), 0o700);
		const second = await transcripts.read(everything);
		expect(ids(second)).toEqual(['1', '3']);
		expect(second.unreadable).toEqual([]);
	});

	test('reads at the same time queue up and share nothing', async () => {
		await write('a/s.jsonl', `${reply('1')}\n${reply('2')}\n`);
		const transcripts = createTranscripts({directories: [home]});
		const batches = await Promise.all([1, 2, 3].map(() => transcripts.read(everything)));
		expect(batches.map(ids)).toEqual([['1', '2'], [], []]);
	});

	test('an aborted read loses nothing', async () => {
		for (let n = 1; n <= 9; n++) await write(`a/s${n}.jsonl`, `${reply(String(n))}\n`);
		const abort = new AbortController();
		const transcripts = createTranscripts({
			directories: [home],
			onProgress({filesDone}) {
				if (filesDone === 4) abort.abort(new Error('enough'));
			},
		});
		await expect(transcripts.read({touchedSince: 0, signal: abort.signal})).rejects.toThrow('enough');
		expect(ids(await transcripts.read(everything))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
	});
});

test('however the bytes arrive, the replies are the same as in one go', async () => {
	const word = fc.constantFrom('plain', 'é', '日本語', '🦊', '\u2028', '"usage"', '\\n');
	const line = fc.oneof(
		{weight: 5, arbitrary: fc.tuple(fc.nat(9), fc.nat(99), word).map(([id, n, cwd]) => reply(`m${id}`, n, {cwd}))},
		{weight: 1, arbitrary: fc.constantFrom('', '{"usage": broken', '\u0000\u0000"usage"', 'null', '{}')},
		{weight: 1, arbitrary: word.map(text => JSON.stringify({type: 'user', message: {content: text.repeat(50)}}))},
	);
	const text = fc
		.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), {maxLength: 12})
		.map(lines => Buffer.from(lines.flat().join('')));
	let run = 0;
	await fc.assert(
		fc.asyncProperty(text, fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 8}), async (bytes, cuts) => {
			run += 1;
			const [whole, pieces] = [join(home, `whole${run}`), join(home, `pieces${run}`)];
			for (const directory of [whole, pieces]) await mkdir(join(directory, 'projects', 'a'), {recursive: true});
			const path = (directory: string) => join(directory, 'projects', 'a', 's.jsonl');
			await writeFile(path(whole), bytes);
			const expected = await createTranscripts({directories: [whole]}).read(everything);
			const transcripts = createTranscripts({directories: [pieces]});
			const turns: Turn[] = [];
			let corruptLines = 0;
			const ends = [...cuts.map(cut => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
			let start = 0;
			for (const end of ends) {
				await appendFile(path(pieces), bytes.subarray(start, end));
				start = end;
				const batch = await transcripts.read(everything);
				turns.push(...batch.turns);
				corruptLines += batch.corruptLines;
			}
			expect(turns).toEqual(expected.turns);
			expect(corruptLines).toBe(expected.corruptLines);
		}),
		{numRuns: 60},
	);
});

describe('watching', () => {
	test('tells of new lines, new files and new folders until it is stopped', async () => {
		await write('a/s.jsonl', '');
		const onChange = vi.fn();
		const stop = createTranscripts({directories: [home]}).watch(onChange);
		await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
		const expectChangeAfter = async (action: () => Promise<void>) => {
			onChange.mockClear();
			await action();
			await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
		};
		await expectChangeAfter(() => appendFile(at('a/s.jsonl'), `${reply('1')}\n`));
		await expectChangeAfter(() => write('b/s/subagents/agent-1.jsonl', ''));
		// Only a watch on the new folder itself can tell of this one; it may take a moment to stand.
		onChange.mockClear();
		await vi.waitFor(async () => {
			await appendFile(at('b/s/subagents/agent-1.jsonl'), '\n');
			expect(onChange.mock.calls.length).toBeGreaterThan(3);
		});
		await expectChangeAfter(() => rm(at('b'), {recursive: true}));
		stop();
		onChange.mockClear();
		await write('a/t.jsonl', '');
		await createTranscripts({directories: [home]}).read(everything);
		expect(onChange).not.toHaveBeenCalled();
	});

	test('picks up a projects folder that is missing at first', async () => {
		const onChange = vi.fn();
		const stop = createTranscripts({directories: [home, join(home, 'missing')]}).watch(onChange);
		await vi.waitFor(async () => {
			await write('a/s.jsonl', '\n');
			expect(onChange.mock.calls.length).toBeGreaterThan(5);
		});
		stop();
	});
});
