import {type Measure, sumBetween} from '../common/timeline.ts';
import {type Amount, addAmounts, addPosting, isUnpriced, noAmount} from '../money/amount.ts';
import {agentKey} from '../replies/agent.ts';
import type {Entry, Ledger} from '../spend/ledger.ts';
import {type Dimension, isTime, timeKey} from './dimension.ts';
import type {ReportRow} from './row.ts';

type KeyOf = (entry: Entry) => string | undefined;

const keysOf: Readonly<Record<Dimension, KeyOf>> = {
	day: ({at}) => timeKey('day', at),
	hour: ({at}) => timeKey('hour', at),
	model: ({posting: {model, profile, turn}}) => model ?? profile ?? turn.model,
	project: ({posting}) => posting.turn.cwd,
	session: ({posting}) => posting.turn.sessionId,
	agent: ({posting: {turn}}) => (turn.agentId === undefined ? undefined : agentKey(turn.sessionId, turn.agentId)),
	// A transcript names nobody and no region; CloudTrail's record of the very call has the latter.
	region: ({seen}) => seen?.region,
	principal: () => undefined,
	account: () => undefined,
};

/** A sum, and what people call it: of several names the first in the alphabet, so that no order matters. */
type Sum = {readonly amount: Amount; readonly name: string | undefined};

const nameOf: Readonly<Partial<Record<Dimension, KeyOf>>> = {
	session: ({posting}) => posting.turn.cwd,
	agent: ({posting}) => posting.turn.agentType,
};

const firstName = (a: string | undefined, b: string | undefined): string | undefined => {
	if (a === undefined || b === undefined) return a ?? b;
	return a < b ? a : b;
};

const measureOf = (dimension: Dimension): Measure<Entry, Map<string | undefined, Sum>> => ({
	create: () => new Map(),
	add(sums, entry) {
		if (entry.posting.turn.provider !== 'bedrock') return;
		const key = keysOf[dimension](entry);
		const known = sums.get(key);
		const amount = addPosting(known?.amount ?? noAmount, entry.posting);
		sums.set(key, {amount, name: firstName(known?.name, nameOf[dimension]?.(entry))});
	},
	merge(sums, part) {
		for (const [key, {amount, name}] of part) {
			const known = sums.get(key) ?? {amount: noAmount, name: undefined};
			sums.set(key, {amount: addAmounts(known.amount, amount), name: firstName(known.name, name)});
		}
	},
});

const toRow = (key: string | undefined, name: string | undefined, amount: Amount, mayMiss: boolean): ReportRow => ({
	...{key, name, clock: 'local', calls: amount.calls, usage: amount.usage, unpricedTokens: amount.unpricedTokens},
	money: isUnpriced(amount) ? undefined : amount,
	lowerBound: amount.lowerBound || mayMiss,
});

type Asked = {
	readonly dimension: Dimension;
	readonly since: number;
	/** Up to when replies may be missing, epoch ms; undefined where none are. */
	readonly missingUntil: number | undefined;
};

/** A day or an hour after all that is missing is complete; what is summed up by anything else may lack some of it. */
const mayMiss = ({dimension, since, missingUntil}: Asked, key: string | undefined): boolean => {
	if (missingUntil === undefined) return false;
	const from = isTime(dimension) && key !== undefined ? Date.parse(key) : since;
	return from < missingUntil;
};

/** Bedrock's replies of this machine since then (epoch ms), a row for each key; their sum is the spend of the window. */
export const localRows = ({entries}: Ledger, asked: Asked): readonly ReportRow[] =>
	[...sumBetween(entries, measureOf(asked.dimension), asked.since)].map(([key, {amount, name}]) =>
		toRow(key, name, amount, mayMiss(asked, key)),
	);

/** The row of all of them. */
export const localTotal = (amount: Amount, mayMissSome: boolean): ReportRow =>
	toRow(undefined, undefined, amount, mayMissSome);
