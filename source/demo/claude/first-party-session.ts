import {lineOrigin} from './transcript.ts';

const cwd = '/home/alice/notes';
const sessionId = '9e1d7c52-3b0a-4a61-8f57-6d2c4b7a3c03';
const agoMs = 3 * 3_600_000;

/**
 * An ended session that was not routed through Bedrock: its id and model are Anthropic's own, so that its reply must
 * be told apart and kept out of Bedrock's spend.
 */
export const firstPartySession = (startAt: number) => ({
	cwd,
	sessionId,
	line: {
		parentUuid: null,
		isSidechain: false,
		message: {
			model: 'claude-sonnet-5-5',
			id: 'msg_01DEMoFirstPartyReply000',
			type: 'message',
			role: 'assistant',
			content: [{type: 'text', text: '(demo)'}],
			stop_reason: 'end_turn',
			stop_sequence: null,
			usage: {
				input_tokens: 9,
				cache_creation_input_tokens: 1800,
				cache_read_input_tokens: 21_400,
				output_tokens: 240,
				cache_creation: {ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 1800},
				service_tier: 'standard',
			},
		},
		apiBlockIndex: 0,
		requestId: 'req_011DEMoFirstPartyReply00',
		requestedModel: 'claude-sonnet-5-5',
		promptCacheRequested: '5m',
		type: 'assistant',
		uuid: '0d2f7a14-5a0e-4b52-9a0c-2c1f6a7b8d03',
		timestamp: new Date(startAt - agoMs).toISOString(),
		madeBy: 'model',
		...lineOrigin(cwd, sessionId),
	},
});
