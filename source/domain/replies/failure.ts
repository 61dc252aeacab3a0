import {count, instant, type JsonRecord, record, text} from '../common/json.ts';

/** A call that failed, as Claude Code wrote it down: each retry, and the message the person saw. */
export type LocalFailure = {
	readonly id: string;
	readonly at: number;
	readonly sessionId: string;
	readonly status?: number | undefined;
	readonly message: string;
	/** The model named by the failing ARN or by the fallback line. */
	readonly model?: string | undefined;
	/** The message in place of a reply, after the retries: it repeats what they said. */
	readonly isFinal?: boolean;
	readonly fallback?: {readonly from: string; readonly to: string};
};

/** What stands in for fields a line lacks: nothing is dropped for want of an id or a time. */
export type Fallback = {readonly id: string; readonly at: number; readonly sessionId: string};

const modelInArn = (message: string) =>
	/arn:[\w-]+:bedrock:[\w-]*:\d*:(?:foundation-model|inference-profile|application-inference-profile)\/([\w.:-]*\w)/.exec(
		message,
	)?.[1];

/** `The model us.anthropic.… is not available on your bedrock deployment`: Claude Code 2.1.330 instead of AWS's 404. */
const modelInWords = (message: string) => /\bmodel ([\w.:/-]*anthropic\.[\w.:-]*\w)/.exec(message)?.[1];

const longestMessage = 4000;

/** What the person was shown in place of a reply; Claude Code's and AWS's words, never a model's. */
const shownText = (line: JsonRecord): string | undefined => {
	const content = record(line.message)?.content;
	const [first] = Array.isArray(content) ? content.map(record) : [];
	return text(first?.text)?.slice(0, longestMessage);
};

export const readFailure = (line: JsonRecord, fallback: Fallback): LocalFailure | undefined => {
	const common = {
		id: text(line.uuid) ?? fallback.id,
		at: instant(line.timestamp) ?? fallback.at,
		sessionId: text(line.sessionId) ?? fallback.sessionId,
	};
	if (line.isApiErrorMessage === true) {
		const message = shownText(line);
		const status = count(line.apiErrorStatus);
		if (message === undefined || status === undefined) return undefined;
		return {...common, message, status, model: modelInArn(message) ?? modelInWords(message), isFinal: true};
	}
	if (line.subtype === 'model_fallback') {
		const from = text(line.originalModel);
		const to = text(line.fallbackModel);
		if (from === undefined || to === undefined) return undefined;
		return {...common, message: text(line.content) ?? `${from} → ${to}`, model: from, fallback: {from, to}};
	}
	if (line.subtype !== 'api_error') return undefined;
	const error = record(line.error);
	const message = text(error?.message);
	if (message === undefined) return undefined;
	return {...common, message, status: count(error?.status), model: modelInArn(message)};
};
