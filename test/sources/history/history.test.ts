import {appendFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readTranscriptLine, type Turn} from '../../../source/domain/replies/turn.ts';
import {createHistory} from '../../../source/sources/history/history.ts';
import {noEntries} from '../../../source/sources/transcripts/entries.ts';
import {counted, replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
const write = (name: string, ...lines: readonly string[]) => writeTranscript(folders.claude, name, ...lines);

const errorLine = JSON.stringify({
	...{type: 'assistant', uuid: 'e1', sessionId: 's1', timestamp: '2026-11-23T09:00:01.000Z'},
	...{isApiErrorMessage: true, apiErrorStatus: 403},
	message: {
		...{model: '<synthetic>', usage: {input_tokens: 0, output_tokens: 0}},
		content: [{type: 'text', text: 'API Error: 403 not authorized, key AKIAIOSFODNN7EXAMPLE'}],
	},
});
const costLine = JSON.stringify({
	...{type: 'cost-state', sessionId: 's1', timestamp: '2026-11-23T09:00:03.000Z'},
	modelUsage: {'us.anthropic.claude-opus-5-5': {inputTokens: 11, outputTokens: 22}},
});
const compactionLine = JSON.stringify({
	...{type: 'system', subtype: 'compact_boundary', sessionId: 's1', timestamp: '2026-11-23T09:00:02.000Z'},
});
const modelLine = JSON.stringify({
	...{type: 'attachment', sessionId: 's1', timestamp: '2026-11-23T08:59:00.000Z'},
	attachment: {type: 'model', identity: {modelId: 'us.anthropic.claude-opus-5-5'}},
});

test('the second run knows all that the first has read, without reading a byte', async () => {
	write('a/s1.jsonl', modelLine, replyLine('msg_bdrk_1'), errorLine, compactionLine, costLine, 'no JSON with "usage"');
	write(
		'a/s2.jsonl',
		replyLine('msg_bdrk_2', {sessionId: 's2', usage: {service_tier: 'priority', inference_geo: 'us'}}),
	);
	const first = await runOnce(folders);
	const second = await runOnce(folders);
	expect([first.bytes > 0, second.bytes]).toEqual([true, 0]);
	expect([...second.turns].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(first.turns);
	const {models, costs, compactions, corruptLines, kept} = second;
	expect({models, costs, compactions, corruptLines}).toEqual({
		...{models: first.models, costs: first.costs, compactions: first.compactions},
		corruptLines: 1,
	});
	expect([models.length, costs.length, compactions.length]).toEqual([1, 1, 1]);
	expect(kept).toMatchObject({replies: 2, since: Date.parse('2026-11-23T09:00:00.000Z')});
	expect(second.failures).toEqual([{...first.failures[0], message: 'API Error: 403 not authorized, key [key]'}]);
});

test('only what is new is read, and a reply that grows is one', async () => {
	const path = write('a/s1.jsonl', replyLine('msg_bdrk_1', {output: 2}));
	await runOnce(folders);
	const added = `${replyLine('msg_bdrk_1', {output: 40})}\n${replyLine('msg_bdrk_2')}\n`;
	appendFileSync(path, added);
	const second = await runOnce(folders);
	expect(second.bytes).toBe(added.length);
	const third = await runOnce(folders);
	expect([third.bytes, third.ids, third.kept?.replies]).toEqual([0, ['msg_bdrk_1', 'msg_bdrk_2'], 2]);
	expect(counted(third.turns).get('msg_bdrk_1')?.usage.output).toBe(40);
});

test('a worse line of a reply that comes later does not replace the better one', async () => {
	write('a/s1.jsonl', replyLine('msg_bdrk_1', {output: 40}));
	await runOnce(folders);
	write('a/s1-copy.jsonl', replyLine('msg_bdrk_1', {output: 2}));
	await runOnce(folders);
	const {turns} = await runOnce(folders);
	expect(turns.map(({usage}) => usage.output)).toEqual([40]);
});

test('days whose transcripts were deleted stay', async () => {
	const path = write('a/s1.jsonl', replyLine('msg_bdrk_1'), replyLine('msg_bdrk_2'));
	await runOnce(folders);
	rmSync(path);
	write('a/s3.jsonl', replyLine('msg_bdrk_3', {sessionId: 's3'}));
	const {ids, kept} = await runOnce(folders);
	expect([ids, kept?.replies]).toEqual([['msg_bdrk_1', 'msg_bdrk_2', 'msg_bdrk_3'], 3]);
});

test('a file that was replaced is read again, also where it is as long as before', async () => {
	const path = write('a/s1.jsonl', replyLine('msg_bdrk_1'));
	await runOnce(folders);
	const {size} = statSync(path);
	writeFileSync(`${path}.new`, `${replyLine('msg_bdrk_9')}\n`);
	renameSync(`${path}.new`, path);
	expect(statSync(path).size).toBe(size);
	const {ids, bytes} = await runOnce(folders);
	expect([ids, bytes]).toEqual([['msg_bdrk_1', 'msg_bdrk_9'], size]);
});

test('deleting it loses nothing that the transcripts still have', async () => {
	write('a/s1.jsonl', replyLine('msg_bdrk_1'));
	const first = await runOnce(folders);
	rmSync(folders.state, {recursive: true});
	const {turns, kept} = await runOnce(folders);
	expect([turns, kept]).toEqual([first.turns, first.kept]);
});

test('what was read of one folder of Claude Code is not shown for another', async () => {
	write('a/s1.jsonl', replyLine('msg_bdrk_1'));
	await runOnce(folders);
	const other = {...folders, claude: join(folders.state, 'other')};
	writeTranscript(other.claude, 'a/s2.jsonl', replyLine('msg_bdrk_2'));
	expect((await runOnce(other)).ids).toEqual(['msg_bdrk_2']);
	const link = {...folders, claude: join(folders.state, 'link')};
	symlinkSync(folders.claude, link.claude);
	const linked = await runOnce(link);
	expect([linked.ids, linked.kept?.replies]).toEqual([['msg_bdrk_1'], 2]);
});

test('of earlier days only the sessions that went on are recalled, and these as a whole', async () => {
	write('a/s1.jsonl', replyLine('msg_bdrk_1', {at: '2026-11-20T09:00:00.000Z'}), replyLine('msg_bdrk_2'));
	write('a/s2.jsonl', replyLine('msg_bdrk_3', {sessionId: 's2', at: '2026-11-20T09:00:00.000Z'}));
	await runOnce(folders);
	rmSync(join(folders.claude, 'projects', 'a'), {recursive: true});
	const {ids} = await runOnce(folders, Date.parse('2026-11-23T00:00:00.000Z'));
	expect(ids).toEqual(['msg_bdrk_1', 'msg_bdrk_2']);
});

test('a reply that two sessions hold is in both, and counted once', async () => {
	write('a/s1.jsonl', replyLine('msg_bdrk_1'));
	write('a/s2.jsonl', replyLine('msg_bdrk_1', {sessionId: 's2'}));
	await runOnce(folders);
	const {turns, kept} = await runOnce(folders);
	expect([turns.map(({sessionId}) => sessionId).sort(), kept?.replies]).toEqual([['s1', 's2'], 1]);
});

const lineText = fc.oneof(fc.string({minLength: 1}), fc.string({unit: 'binary', minLength: 1}));
const tokens = fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER));
const line = fc.record(
	{
		...{type: fc.constant('assistant'), uuid: lineText, sessionId: lineText, requestId: lineText, cwd: lineText},
		...{version: lineText, requestedModel: lineText, isSidechain: fc.boolean()},
		timestamp: fc.date({noInvalidDate: true}).map(date => date.toISOString()),
		promptCacheRequested: fc.constantFrom('5m', '1h'),
		message: fc.record({
			...{id: lineText, model: lineText, stop_reason: fc.constantFrom('end_turn', null)},
			usage: fc.record(
				{
					...{input_tokens: tokens, output_tokens: tokens, cache_read_input_tokens: fc.oneof(tokens, lineText)},
					...{service_tier: lineText, inference_geo: fc.constantFrom('us', ''), speed: lineText},
					server_tool_use: fc.record({web_search_requests: fc.nat()}),
				},
				{requiredKeys: []},
			),
		}),
	},
	{requiredKeys: ['type', 'message']},
);

test('whatever a line says of a reply comes back as it was', async () => {
	const turnOf = (value: unknown, index: number): Turn | undefined => {
		const entry = readTranscriptLine(value, {id: `line ${index}`, at: 1000, sessionId: 'fallback'});
		return entry?.kind === 'turn' ? entry.turn : undefined;
	};
	await fc.assert(
		fc.asyncProperty(fc.array(line, {maxLength: 20}), async lines => {
			rmSync(folders.state, {recursive: true, force: true});
			const turns = lines.map(turnOf).filter(turn => turn !== undefined);
			const tail = {stamp: 's', inode: 1, size: 2, offset: 2, guard: 'g', rest: 'none', isSkipping: false} as const;
			const keepIn = (now: ReturnType<typeof createHistory>) =>
				now.keep([{path: '/p/a.jsonl', root: '/p', tail, entries: {...noEntries(), turns}, corruptLines: 0}]);
			const request = {roots: ['/p'], since: Number.NEGATIVE_INFINITY, touched: []};
			const before = createHistory({directory: folders.state, now: () => 0});
			await before.recall(request);
			expect(await keepIn(before)).toBe(true);
			before.close();
			const after = createHistory({directory: folders.state, now: () => 0});
			const recalled = await after.recall(request);
			after.close();
			// What SQLite cannot hold is read again: its file is not taken for read.
			const isAllKept = recalled?.files.has('/p/a.jsonl');
			const expected = counted(turns);
			const found = counted(recalled?.entries.turns ?? []);
			if (isAllKept) expect(found).toEqual(expected);
			else for (const [id, turn] of found) expect(expected.get(id)).toEqual(turn);
		}),
		{numRuns: 60},
	);
});
