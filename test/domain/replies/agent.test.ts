import {expect, test} from 'vitest';
import type {Fallback} from '../../../source/domain/replies/failure.ts';
import {readTranscriptLine} from '../../../source/domain/replies/turn.ts';

const fallback = {id: 'line', at: 1, sessionId: 'file'};
const ownFile: Fallback = {...fallback, agentId: 'of-file', agentTypeOf: () => 'of-meta'};
const usage = {input_tokens: 10, output_tokens: 42};

const line = (message: object, more: object = {}) => ({
	...{type: 'assistant', sessionId: 's1', timestamp: '2026-12-01T02:30:31.481Z', isSidechain: true},
	message: {id: 'msg_bdrk_01', model: 'claude-opus-5-5', usage, ...message},
	...more,
});

const agentOf = (value: object, from: Fallback = fallback) => {
	const entry = readTranscriptLine(value, from);
	if (entry?.kind !== 'turn') throw new Error('no reply');
	const {agentId, agentType, endsAgent = false} = entry.turn;
	return {agentId, agentType, endsAgent};
};

const tool = {type: 'tool_use', name: 'Bash'};
const words = {type: 'text', text: 'done one'};

// As 2.0.76 and 2.1.331 wrote them against a local endpoint.
test.each([
	['2.1.331 asks for a tool', {stop_reason: 'tool_use', content: [tool]}, false],
	['2.1.331 is done', {stop_reason: 'end_turn', content: [words]}, true],
	['the reply is cut at its limit', {stop_reason: 'max_tokens', content: [words]}, true],
	['a teammate stops (epilande/ccmux#19)', {stop_reason: 'stop_sequence', content: [words]}, true],
	['a tool of the server takes long', {stop_reason: 'pause_turn', content: [words]}, false],
	['2.0.76 asks for a tool', {stop_reason: null, content: [tool]}, false],
	['2.0.76 is done', {stop_reason: null, content: [words]}, true],
	['2.0.76 thinks', {stop_reason: null, content: [{type: 'thinking', thinking: ''}]}, false],
	['nothing is written of what it says', {stop_reason: null}, false],
])('whether a reply is an agent’s last: %s', (_, message, endsAgent) => {
	const value = line(message, {agentId: 'a675507'});
	expect(agentOf(value)).toEqual({agentId: 'a675507', agentType: undefined, endsAgent});
});

test.each([
	['the line names both', {agentId: 'a1', attributionAgent: 'Explore'}, ownFile, 'a1', 'Explore'],
	['the file beside it names the type', {agentId: 'a1'}, ownFile, 'a1', 'of-meta'],
	['the file’s name is all there is', {}, {...ownFile, agentTypeOf: undefined}, 'of-file', undefined],
	['a side chain of an old client in its session’s file', {}, fallback, undefined, undefined],
	['a main conversation that names an agent', {isSidechain: false, agentId: 'a1'}, fallback, undefined, undefined],
])('whose a reply is: %s', (_, more, from, agentId, agentType) => {
	expect(agentOf(line({stop_reason: 'tool_use'}, more), from)).toEqual({agentId, agentType, endsAgent: false});
});

const result = (toolUseResult: unknown) =>
	readTranscriptLine({type: 'user', sessionId: 's1', timestamp: '2026-12-01T02:31:33.529Z', toolUseResult}, fallback);

test('a session that waited for its agent has its result; a launch in the background is none', () => {
	const at = Date.parse('2026-12-01T02:31:33.529Z');
	const done = {status: 'completed', agentId: 'a675507', totalDurationMs: 2384, totalTokens: 1052, usage};
	expect(result(done)).toEqual({kind: 'agent-end', end: {sessionId: 's1', agentId: 'a675507', at}});
	expect(result({isAsync: true, status: 'async_launched', agentId: 'a2d325d', usage})).toBeUndefined();
	expect(result({stdout: '', usage})).toBeUndefined();
	expect(result('Error: No such tool available: Task')).toBeUndefined();
});
