import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {noUsage, totalTokens} from '../../../source/domain/money/usage.ts';
import {readUsage} from '../../../source/domain/replies/billing.ts';
import {betterTurn, provenProvider, readTranscriptLine, type Turn} from '../../../source/domain/replies/turn.ts';

const fallback = {id: '/t.jsonl:0', at: 1000, sessionId: 'file'};
const usage = {input_tokens: 1, output_tokens: 2};
const message = {id: 'msg_bdrk_1', model: 'claude-opus-5-5', stop_reason: 'end_turn', usage};
const read = (value: unknown) => readTranscriptLine(value, fallback);

test.each([
	['msg_bdrk_01S1R', undefined, 'bedrock'],
	['msg_vrtx_01S1R', undefined, 'vertex'],
	['msg_01S1R', undefined, 'first-party'],
	['msg_01S1R', 'claude-opus-5-5', 'first-party'],
	['msg_01S1R', 'us.anthropic.claude-opus-5-5', 'unknown'],
	['msg_01S1R', 'anthropic.claude-opus-5-5', 'unknown'],
	['f19bb8cd-83ab-4585', undefined, 'unknown'],
	['xmsg_bdrk_01', undefined, 'unknown'],
])('%s, asked as %s, proves %s', (id, requestedModel, provider) => {
	expect(provenProvider(id, requestedModel)).toBe(provider);
});

describe('tokens', () => {
	const cache = (flat: number, fiveMinutes: number, oneHour: number) => ({
		cache_creation_input_tokens: flat,
		cache_creation: {ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: oneHour},
	});
	test.each([
		['flat and split agree', cache(30, 10, 20), undefined, 10, 20],
		['2.1.152 wrote 0 flat', cache(0, 10, 20), undefined, 10, 20],
		['no split: five minutes is the default on Bedrock', {cache_creation_input_tokens: 30}, undefined, 30, 0],
		['no split, but an hour was asked for', {cache_creation_input_tokens: 30}, '1h', 0, 30],
		['the split explains a part', cache(35, 10, 20), '5m', 15, 20],
		['nothing was written', {}, '1h', 0, 0],
		['nonsense counts as nothing', {cache_creation_input_tokens: -5, cache_creation: 'x'}, undefined, 0, 0],
	])('cache writes, when %s', (_when, usage, requested, cacheWrite5m, cacheWrite1h) => {
		expect(readUsage(usage, requested)).toEqual({...noUsage, cacheWrite5m, cacheWrite1h});
	});

	test('counts written as digits are counts', () => {
		const usage = readUsage({input_tokens: '7', output_tokens: 8, cache_read_input_tokens: 9.5});
		expect(usage).toEqual({...noUsage, input: 7, output: 8});
	});
});

describe('lines', () => {
	test('a reply', () => {
		const line = {
			type: 'assistant',
			isSidechain: true,
			message,
			requestId: '11111111-2222',
			requestedModel: 'us.anthropic.claude-opus-5-5',
			sessionId: 's',
			cwd: '/home/dev',
			version: '2.1.330',
			timestamp: '1970-01-01T00:00:02Z',
		};
		expect(read(line)).toEqual({
			kind: 'turn',
			turn: {
				id: 'msg_bdrk_1',
				requestId: '11111111-2222',
				at: 2000,
				sessionId: 's',
				cwd: '/home/dev',
				version: '2.1.330',
				model: 'claude-opus-5-5',
				requestedModel: 'us.anthropic.claude-opus-5-5',
				provider: 'bedrock',
				usage: {...noUsage, input: 1, output: 2},
				lowerBound: false,
				sidechain: true,
			},
		});
	});

	test('a reply that lacks everything but its usage', () => {
		expect(read({type: 'assistant', message: {usage}})).toMatchObject({
			kind: 'turn',
			turn: {id: '/t.jsonl:0', at: 1000, sessionId: 'file', model: 'unknown', provider: 'unknown', sidechain: false},
		});
	});

	test('a placeholder of an old client is a lower bound', () => {
		expect(read({type: 'assistant', message: {...message, stop_reason: null}})).toMatchObject({
			turn: {lowerBound: true},
		});
	});

	test.each([
		['a synthetic message', {type: 'assistant', message: {...message, model: '<synthetic>'}}],
		['a reply without usage', {type: 'assistant', message: {id: 'x'}}],
		['a user line that speaks of usage', {type: 'user', message}],
		['an error without a message', {type: 'system', subtype: 'api_error', error: {}}],
		['a fallback to nowhere', {type: 'system', subtype: 'model_fallback', originalModel: 'a'}],
		['another system line', {type: 'system', subtype: 'local_command'}],
		['no object', [1]],
		['null', null],
	])('%s says nothing', (_what, line) => {
		expect(read(line)).toBeUndefined();
	});

	test('a refusal names its model', () => {
		const text =
			'403 User: arn:aws:sts::123456789012:assumed-role/Dev/alice is not authorized to perform: bedrock:InvokeModel ' +
			'on resource: arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0';
		const line = {type: 'system', subtype: 'api_error', uuid: 'u', error: {message: text, status: 403}};
		expect(read(line)).toEqual({
			kind: 'failure',
			failure: {
				id: 'u',
				at: 1000,
				sessionId: 'file',
				status: 403,
				message: text,
				model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
				answeredBy: 'aws',
			},
		});
	});

	test('a step down the ladder names both models', () => {
		const line = {type: 'system', subtype: 'model_fallback', originalModel: 'a', fallbackModel: 'b'};
		expect(read(line)).toMatchObject({failure: {message: 'a → b', model: 'a', fallback: {from: 'a', to: 'b'}}});
	});

	test('no JSON is too odd to be read', () => {
		const odd = fc.jsonValue({maxDepth: 4});
		const part = fc.record(
			{
				id: odd,
				model: odd,
				usage: fc.oneof(odd, fc.dictionary(fc.constantFrom(...Object.keys(usage)), odd)),
				stop_reason: odd,
			},
			{requiredKeys: []},
		);
		const line = fc.record(
			{
				type: fc.constantFrom('assistant', 'system', 'user'),
				subtype: fc.constantFrom('api_error', 'model_fallback'),
				message: fc.oneof(odd, part),
				error: odd,
				timestamp: odd,
				sessionId: odd,
				requestedModel: odd,
			},
			{requiredKeys: []},
		);
		fc.assert(
			fc.property(fc.oneof(odd, line), value => {
				const entry = read(value);
				if (entry?.kind !== 'turn') return;
				expect(totalTokens(entry.turn.usage)).toBeGreaterThanOrEqual(0);
				expect(Number.isFinite(entry.turn.at)).toBe(true);
			}),
		);
	});
});

describe('of two lines of one reply', () => {
	const turn = (extra: Partial<Turn>): Turn => ({
		id: 'm',
		at: 1,
		sessionId: 's',
		model: 'm',
		provider: 'bedrock',
		usage: noUsage,
		lowerBound: false,
		sidechain: false,
		...extra,
	});
	const [small, large] = [
		{...noUsage, output: 1},
		{...noUsage, output: 2},
	];
	test.each([
		['the larger total counts', turn({usage: large}), turn({usage: small, at: 9})],
		['then the final one', turn({usage: large}), turn({usage: large, lowerBound: true, at: 9})],
		['then the main conversation', turn({usage: large}), turn({usage: large, sidechain: true, at: 9})],
		['then the later one', turn({usage: large, at: 9}), turn({usage: large})],
	])('%s, whatever the order', (_rule, better, worse) => {
		expect(betterTurn(better, worse)).toBe(better);
		expect(betterTurn(worse, better)).toBe(better);
	});
});

describe('what a session is told and shown in place of a reply', () => {
	const fallback = {id: 'f', at: 1, sessionId: 's'};
	const shown = (text: string, others: object = {}) => ({
		type: 'assistant',
		uuid: 'u',
		sessionId: 's1',
		timestamp: '2026-11-23T09:00:00.000Z',
		isApiErrorMessage: true,
		apiErrorStatus: 404,
		message: {model: '<synthetic>', content: [{type: 'text', text}], usage: {input_tokens: 0, output_tokens: 0}},
		...others,
	});

	test('the words of Claude Code 2.1.330 for a model that Bedrock does not serve', () => {
		const text =
			'The model us.anthropic.claude-opus-5-5 is not available on your bedrock deployment. Try --model to switch.';
		expect(readTranscriptLine(shown(text), fallback)).toEqual({
			kind: 'failure',
			failure: {
				id: 'u',
				at: Date.UTC(2026, 10, 23, 9),
				sessionId: 's1',
				message: text,
				status: 404,
				model: 'us.anthropic.claude-opus-5-5',
				isFinal: true,
				answeredBy: 'aws',
			},
		});
	});

	test('a long one is cut, one without a status is a failure of unknown status, one without a text is none', () => {
		const long = readTranscriptLine(shown('x'.repeat(100_000)), fallback);
		expect(long?.kind === 'failure' && long.failure.message.length).toBe(4000);
		const unknown = readTranscriptLine(shown('x', {apiErrorStatus: null}), fallback);
		expect(unknown).toMatchObject({kind: 'failure', failure: {message: 'x', status: undefined}});
		expect(readTranscriptLine(shown('x', {message: {content: 'x'}}), fallback)).toBeUndefined();
	});

	test('the model it is told to be, before any reply', () => {
		const attachment = {type: 'model', identity: {modelId: 'us.anthropic.claude-opus-5-5', marketingName: 'Opus 5.5'}};
		const line = {type: 'attachment', attachment, sessionId: 's1', timestamp: '2026-11-23T09:00:00.000Z'};
		expect(readTranscriptLine(line, fallback)).toEqual({
			kind: 'model',
			model: {sessionId: 's1', model: 'us.anthropic.claude-opus-5-5', at: Date.UTC(2026, 10, 23, 9)},
		});
		expect(readTranscriptLine({...line, isSidechain: true}, fallback)).toBeUndefined();
		expect(readTranscriptLine({...line, attachment: {type: 'date'}}, fallback)).toBeUndefined();
	});
});
