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
