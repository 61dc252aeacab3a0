/** Whether an agent runs. `unknown`: it has said nothing for so long that it may wait for a tool, or be gone. */
export type AgentState = 'running' | 'ended' | 'unknown';

type LastSeen = {
	/** Its last reply ends with a reason that ends its work, or its session says that it is done. */
	readonly isSaidDone: boolean;
	/** Epoch ms, of its last reply. */
	readonly lastAt: number;
};

const minuteMs = 60_000;
/** While a tool runs nothing is written; Claude Code gives a command ten minutes at most. */
const longestToolMs = 10 * minuteMs;
/** A program that nobody gave an end, or a question that nobody has answered. */
const longestSilenceMs = 60 * minuteMs;
/** What stands for the process where nothing does: sessions of clients like 2.0.76 register nowhere. */
const freshMs = minuteMs;

/**
 * Says whether an agent runs, by what was written and nothing else.
 *
 * It has ended once its own transcript or its session says so: from 2.1.97 on its last line has a stop reason, before
 * that it asks for no tool, and the session that waited for it has its result (measured with 2.0.76 and 2.1.331). Agents
 * that are stopped leave no word. So one without an end runs while its session's process lives and it has replied within
 * ten minutes; it is not known up to an hour; and after that, or once the process is gone, it has ended. A session that
 * is not registered has no process to ask: there only a reply of the last minute shows that an agent runs, and after ten
 * minutes it has ended.
 */
export const agentState = (
	{isSaidDone, lastAt}: LastSeen,
	isSessionRunning: boolean | undefined,
	now: number,
): AgentState => {
	if (isSaidDone || isSessionRunning === false) return 'ended';
	const [runsFor, doubtFor] = isSessionRunning ? [longestToolMs, longestSilenceMs] : [freshMs, longestToolMs];
	const silenceMs = now - lastAt;
	if (silenceMs < runsFor) return 'running';
	return silenceMs < doubtFor ? 'unknown' : 'ended';
};
