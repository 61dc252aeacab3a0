/** Calls in the order of time, made one by one as time advances. */
export type Source<Call> = {
	/** When the next call starts, epoch ms. */
	readonly nextAt: number;
	/** Makes that call; `nextAt` is then the following one's. */
	produce(): Call;
};

/** A day and a little: nothing that is still asked for, and bounded however long the demo stays open. */
const keepMs = 26 * 3_600_000;

/**
 * The calls of the last 26 hours up to a moment (epoch ms), in the order given. Extended where needed; asking again for
 * the same moment changes nothing.
 */
export const createTimeline = <Call extends {readonly at: number}>(
	sources: readonly Source<Call>[],
	order: (a: Call, b: Call) => number,
) => {
	let calls: readonly Call[] = [];
	return (now: number): readonly Call[] => {
		const added: Call[] = [];
		for (const source of sources) while (source.nextAt <= now) added.push(source.produce());
		const isKept = ({at}: Call) => at > now - keepMs;
		if (added.length > 0) calls = [...calls, ...added].filter(isKept).sort(order);
		return calls.filter(call => call.at <= now && isKept(call));
	};
};
