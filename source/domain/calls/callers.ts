import {type Measure, sumBetween} from '../common/timeline.ts';
import type {OutcomeClass} from './call.ts';
import type {Counted, EventLog} from './event-log.ts';
import {callerOf, nameInArn} from './principal.ts';

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

/** Calls of one principal by outcome; those whose reply is in a transcript here, and of them the answered ones. */
type Tally = Record<OutcomeClass | 'replied' | 'answered', number>;

const fields = ['ok', 'refused', 'throttled', 'failed', 'replied', 'answered'] as const;

const tallyOf = (sum: Map<string | undefined, Tally>, arn: string | undefined): Tally => {
	const known = sum.get(arn) ?? {ok: 0, refused: 0, throttled: 0, failed: 0, replied: 0, answered: 0};
	sum.set(arn, known);
	return known;
};

const byPrincipal: Measure<Counted, Map<string | undefined, Tally>> = {
	create: () => new Map(),
	add(sum, {caller, outcome, isReplied}) {
		const tally = tallyOf(sum, caller);
		tally[outcome]++;
		if (isReplied) tally.replied++;
		if (isReplied && outcome === 'ok') tally.answered++;
	},
	merge(sum, part) {
		for (const [arn, tally] of part) {
			const merged = tallyOf(sum, arn);
			for (const field of fields) merged[field] += tally[field];
		}
	},
};

const talliesSince = ({counted}: EventLog, since: number) => sumBetween(counted, byPrincipal, since);

const isArn = (caller: string): boolean => caller.startsWith('arn:');
const isMyArn = (arn: string | undefined, mine: string | undefined): boolean => mine !== undefined && arn === mine;

export type CallCount = Readonly<Record<OutcomeClass | 'mine', number>>;

/** How many calls since then (epoch ms), by outcome; `mine` are those under my ARN, or with a reply on this machine. */
export const countCalls = (log: EventLog, since: number, myArn: string | undefined): CallCount => {
	const sum = {ok: 0, refused: 0, throttled: 0, failed: 0, mine: 0};
	for (const [arn, {ok, refused, throttled, failed, replied}] of talliesSince(log, since)) {
		sum.ok += ok;
		sum.refused += refused;
		sum.throttled += throttled;
		sum.failed += failed;
		sum.mine += isMyArn(arn, myArn) ? ok + refused + throttled + failed : replied;
	}
	return sum;
};

/** Answered calls under my ARN since then (epoch ms) whose reply is in no transcript of this machine. */
export const unwrittenSince = (log: EventLog, since: number, myArn: string | undefined): number => {
	if (myArn === undefined) return 0;
	const {ok, answered} = talliesSince(log, since).get(myArn) ?? {ok: 0, answered: 0};
	return ok - answered;
};

/** The ARNs under which the calls were made that this machine has the replies to. */
export const repliedPrincipals = (log: EventLog): readonly string[] =>
	[...talliesSince(log, Number.NEGATIVE_INFINITY)].flatMap(([arn, {replied}]) =>
		arn === undefined || replied === 0 || !isArn(arn) ? [] : [arn],
	);

/** The tokens of answered calls, by principal, as far as they are kept whole. */
const tokensSince = ({calls}: EventLog, since: number) => {
	const sums = new Map<string | undefined, Caller['tokens']>();
	for (const {at, principal, outcome, tokens} of calls) {
		if (at < since) break;
		if (tokens === undefined || outcome !== 'ok') continue;
		const {calls: counted = 0, input = 0, output = 0} = sums.get(callerOf(principal)) ?? {};
		sums.set(callerOf(principal), {calls: counted + 1, input: input + tokens.input, output: output + tokens.output});
	}
	return sums;
};

/** Who called models since then (epoch ms), the busiest first, by name where that is the same. Calls are counted even where their details are not kept. */
export const callersSince = (log: EventLog, since: number, myArn: string | undefined): readonly Caller[] => {
	const tokens = tokensSince(log, since);
	const tallies = [...talliesSince(log, since)].sort(([a], [b]) => {
		if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
		return a < b ? -1 : 1;
	});
	const callers = tallies.map(([caller, {ok, refused, throttled, failed, replied}]): Caller => {
		const told = tokens.get(caller);
		const arn = caller !== undefined && isArn(caller) ? caller : undefined;
		return {
			...{
				arn,
				name: nameInArn(arn) ?? caller,
				calls: ok + refused + throttled + failed,
				ok,
				refused,
				throttled,
				failed,
			},
			mine: isMyArn(caller, myArn) || replied > 0,
			...(told !== undefined && {tokens: told}),
		};
	});
	return callers.sort((a, b) => b.calls - a.calls);
};
