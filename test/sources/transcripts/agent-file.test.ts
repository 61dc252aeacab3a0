import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {agentFileOf} from '../../../source/sources/transcripts/agent-file.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-agents-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const write = async (name: string, content: string) => {
	const path = join(home, 'projects', '-shop', name);
	await mkdir(dirname(path), {recursive: true});
	await writeFile(path, content);
	return path;
};

test.each([
	['s1/subagents/agent-accba764b41c4e546.jsonl', 'accba764b41c4e546', 's1'],
	['s1/subagents/workflows/wf_d956932c-682/agent-a1.jsonl', 'a1', 's1'],
	['s1/subagents/agent-areviewer-0a1b.jsonl', 'areviewer-0a1b', 's1'],
	['agent-a675507.jsonl', 'a675507', undefined],
])('%s is an agent’s', (path, agentId, sessionId) => {
	expect(agentFileOf(`/home/dev/.claude/projects/-shop/${path}`)).toMatchObject({agentId, sessionId});
});

test.each(['s1.jsonl', 's1/subagents/workflows/wf_1/journal.jsonl', 'agent-.jsonl', 'agent-a1.meta.json'])(
	'%s is none',
	path => expect(agentFileOf(`/home/dev/.claude/projects/-shop/${path}`)).toBeUndefined(),
);

const line = (id: string, more: object = {}) =>
	`${JSON.stringify({
		...{type: 'assistant', timestamp: '2026-11-23T09:00:00.000Z', isSidechain: true},
		message: {id, model: 'claude-opus-5-5', stop_reason: 'tool_use', usage: {input_tokens: 1, output_tokens: 5}},
		...more,
	})}\n`;

test('a transcript’s own name and the file beside it say what its lines leave out', async () => {
	await write('s1/subagents/workflows/wf_1/agent-a1.jsonl', line('m1'));
	await write('s1/subagents/workflows/wf_1/agent-a1.meta.json', '{"agentType":"workflow-subagent","spawnDepth":1}');
	await write('s1/subagents/agent-a2.jsonl', line('m2', {sessionId: 's1', agentId: 'a2'}));
	const meta = await write('s1/subagents/agent-a3.meta.json', '{"agentType": 7}');
	await write('s1/subagents/agent-a3.jsonl', line('m3'));
	await symlink(meta, join(dirname(meta), 'agent-a2.meta.json'));
	const {turns} = await createTranscripts({directories: [home]}).read({touchedSince: 0});
	const said = turns.map(({id, sessionId, agentId, agentType}) => [id, sessionId, agentId, agentType]).sort();
	expect(said).toEqual([
		['m1', 's1', 'a1', 'workflow-subagent'],
		['m2', 's1', 'a2', undefined],
		['m3', 's1', 'a3', undefined],
	]);
});

test('an agent whose calls all failed is done, and so is one whose session has its result', async () => {
	const failed = {type: 'assistant', isApiErrorMessage: true, apiErrorStatus: 429, error: 'rate_limit'};
	const content = [{type: 'text', text: 'API Error: 429 Too many tokens'}];
	const message = {model: '<synthetic>', content, usage: {input_tokens: 0, output_tokens: 0}};
	const at = '2026-11-23T09:00:01.000Z';
	await write(
		's1/subagents/agent-a1.jsonl',
		`${JSON.stringify({...failed, sessionId: 's1', timestamp: at, message})}\n`,
	);
	const toolUseResult = {status: 'completed', agentId: 'a2', usage: {input_tokens: 1}};
	await write('s1.jsonl', `${JSON.stringify({type: 'user', sessionId: 's1', timestamp: at, toolUseResult})}\n`);
	const {agentEnds} = await createTranscripts({directories: [home]}).read({touchedSince: 0});
	expect(agentEnds.map(({agentId}) => agentId).sort()).toEqual(['a1', 'a2']);
});
