import type {AgentEnd} from '../../domain/replies/agent.ts';
import type {Compaction, CostState} from '../../domain/replies/cost-state.ts';
import type {LocalFailure} from '../../domain/replies/failure.ts';
import type {SessionModel, Turn} from '../../domain/replies/turn.ts';

/** What the lines of transcripts say that matters here. */
export type Entries = {
	/** Every reply line, also several of one reply: the ledger keeps the best per message id. */
	readonly turns: Turn[];
	readonly failures: LocalFailure[];
	readonly models: SessionModel[];
	readonly costs: CostState[];
	readonly compactions: Compaction[];
	readonly agentEnds: AgentEnd[];
};

export const noEntries = (): Entries => ({
	...{turns: [], failures: [], models: []},
	...{costs: [], compactions: [], agentEnds: []},
});

/** Adds what others have; as long a list as there is can be added, which `push(...list)` could not take. */
export const addEntries = (all: Entries, more: Entries): void => {
	for (const name of Object.keys(all) as (keyof Entries)[]) {
		const list: unknown[] = all[name];
		for (const item of more[name]) list.push(item);
	}
};

/** What one reading of a file has found. */
export type Found = {
	readonly entries: Entries;
	corruptLines: number;
	/** No reply has come after the last cost-state yet. */
	isCostLast: boolean;
};

export const nothingFound = (): Found => ({entries: noEntries(), corruptLines: 0, isCostLast: false});

/** A cost-state has no time: it was written before the next reply of its file, and before the file was last changed. */
export const endCost = (found: Found, at: number): void => {
	const {costs} = found.entries;
	const last = found.isCostLast ? costs.pop() : undefined;
	if (last !== undefined) costs.push({...last, at: Math.min(last.at, at - 1)});
	found.isCostLast = false;
};
