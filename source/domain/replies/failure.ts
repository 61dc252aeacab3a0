import {instant, type JsonRecord, record, text} from '../common/json.ts';
import {modelInText} from '../models/model-in-text.ts';
import {type AnsweredBy, readError, readShown} from './error-text.ts';

/** A call that failed, as Claude Code wrote it down: each retry, and the message the person saw. */
export type LocalFailure = {
	readonly id: string;
	readonly at: number;
	readonly sessionId: string;
	readonly cwd?: string | undefined;
	readonly requestId?: string | undefined;
	readonly status?: number | undefined;
	/** The error's name, such as `AccessDeniedException`, where the line has one beside the message. */
	readonly code?: string | undefined;
	readonly message: string;
	/** The model that was called, as far as the message or the fallback line names it. */
	readonly model?: string | undefined;
	/** Who said so, where the line itself tells; otherwise what is known of the session does. */
	readonly answeredBy?: AnsweredBy | undefined;
	/** The message in place of a reply, after the retries: it repeats what they said. */
	readonly isFinal?: boolean;
	readonly fallback?: {readonly from: string; readonly to: string};
};

/** What stands in for fields a line lacks: nothing is dropped for want of an id or a time. */
export type Fallback = {
	readonly id: string;
	readonly at: number;
	readonly sessionId: string;
	/** Of the agent whose own file it is, and what the file beside it says of it. */
	readonly agentId?: string | undefined;
	readonly agentTypeOf?: (() => string | undefined) | undefined;
};

export const readFailure = (line: JsonRecord, fallback: Fallback): LocalFailure | undefined => {
	const common = {
		id: text(line.uuid) ?? fallback.id,
		at: instant(line.timestamp) ?? fallback.at,
		sessionId: text(line.sessionId) ?? fallback.sessionId,
		cwd: text(line.cwd),
	};
	if (line.isApiErrorMessage === true) {
		const shown = readShown(line);
		return shown && {...common, ...shown, model: modelInText(shown.message), isFinal: true};
	}
	if (line.subtype === 'model_fallback') {
		const from = text(line.originalModel);
		const to = text(line.fallbackModel);
		if (from === undefined || to === undefined) return undefined;
		return {...common, message: text(line.content) ?? `${from} → ${to}`, model: from, fallback: {from, to}};
	}
	const error = line.subtype === 'api_error' ? readError(record(line.error)) : undefined;
	return error && {...common, ...error, model: modelInText(error.message)};
};
