import {type Call, type OutcomeClass, outcomeClass} from './call.ts';
import type {EventLog} from './event-log.ts';
import {nameInArn} from './principal.ts';

/** Everything CloudTrail says of one principal's model calls. */
export type Caller = Readonly<Record<OutcomeClass, number>> & {
	readonly arn?: string | undefined;
	/** User name or role session name. */
	readonly name?: string | undefined;
	readonly calls: number;
	readonly mine: boolean;
	/** Of the calls whose record carries tokens: evidence, never cost, because cache tokens are missing from it. */
	readonly tokens?: {readonly calls: number; readonly input: number; readonly output: number} | undefined;
};

type Sum = {-readonly [key in keyof Caller]: Caller[key]};

const addTokens = (sum: Sum, {tokens}: Pick<Call, 'tokens'>) => {
	if (tokens === undefined) return;
	const {calls = 0, input = 0, output = 0} = sum.tokens ?? {};
	sum.tokens = {calls: calls + 1, input: input + tokens.input, output: output + tokens.output};
};

/** Who called models since then (epoch ms), the busiest first. Calls are counted even where their details are not kept. */
export const callersSince = (
	log: EventLog,
	since: number,
	isMine: (call: {readonly arn?: string | undefined; readonly requestId?: string | undefined}) => boolean,
): readonly Caller[] => {
	const callers = new Map<string | undefined, Sum>();
	for (const {at, arn, requestId, outcome} of log.counted.values()) {
		if (at < since) continue;
		const name = nameInArn(arn);
		const sum = callers.get(arn) ?? {arn, name, calls: 0, ok: 0, refused: 0, throttled: 0, failed: 0, mine: false};
		sum.calls++;
		sum[outcome]++;
		sum.mine ||= isMine({arn, requestId});
		callers.set(arn, sum);
	}
	for (const call of log.calls) {
		const sum = call.at < since ? undefined : callers.get(call.principal.arn);
		if (sum !== undefined && outcomeClass(call.outcome) === 'ok') addTokens(sum, call);
	}
	return [...callers.values()].sort((a, b) => b.calls - a.calls);
};
