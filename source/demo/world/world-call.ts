import type {Usage} from '../../domain/money/usage.ts';
import type {Person} from './people.ts';
import type {Thread} from './threads.ts';

/** What a reply's content is made of; each block becomes a transcript line. */
export type Block = 'thinking' | 'text' | 'tool_use';

/** Which of a prompt's refused attempts a call is, as Claude Code counts them. */
export type Attempt = {
	readonly number: number;
	readonly of: number;
	readonly retryInMs: number;
	/** The model that takes over after the last attempt. */
	readonly fallback: string;
};

/** One call of the simulated account with all that each source will ever say of it. Times are epoch ms. */
export type WorldCall = {
	readonly at: number;
	/** When the last token came. */
	readonly endAt: number;
	/** From when on CloudTrail shows it. */
	readonly deliveredAt: number;
	/** From when on CloudWatch counts it. */
	readonly publishedAt: number;
	readonly thread: Thread;
	readonly person: Person;
	readonly operation: 'InvokeModelWithResponseStream' | 'InvokeModel' | 'Converse';
	/** The id or ARN that was called. */
	readonly profile: string;
	readonly region: string;
	/** The region a cross-region profile sent it to. */
	readonly ranIn: string;
	readonly usage: Usage;
	readonly latencyMs: number;
	readonly firstTokenMs: number;
	readonly outcome: 'ok' | 'AccessDenied' | 'ThrottlingException';
	/** The same in CloudTrail and in the transcript, as for Claude Code from 2.1.285 on. */
	readonly requestId: string;
	readonly eventId: string;
	readonly messageId: string;
	readonly blocks: readonly Block[];
	readonly attempt?: Attempt;
	/** The subagent that called, if one did. */
	readonly agentId?: string | undefined;
	/** Leaves a completion record beside its call. */
	readonly hasTwin: boolean;
};

const second = 1000;
/** The last minute of history still arrives after the demo has been opened. */
export const openingMs = 60 * second;

/** The ids of a call, in the forms that AWS gives them. */
export const identify = (random: {uuid(): string; hex(length: number): string}) => ({
	requestId: random.uuid(),
	eventId: random.uuid(),
	messageId: `msg_bdrk_01${random.hex(22)}`,
});

type Between = {between(low: number, high: number): number};

/** CloudWatch counts a call some seconds after its last token; minutes in life, less in a demo. */
export const publishingDelay = (random: Between, isOpening: boolean): number =>
	random.between(3 * second, isOpening ? 4 * second : 10 * second);
