import type {Note} from '../../domain/common/note.ts';
import type {State} from '../../state/state.ts';

const dayMs = 86_400_000;

/** What Claude Code does where no settings say otherwise. https://code.claude.com/docs/en/settings */
const usualDays = 30;

/** A window moves on while it is read. */
const slackMs = 3_600_000;

/** How far back transcripts go on this machine, epoch ms. */
type Reach = {
	readonly days: number;
	/** Older ones may have been deleted. */
	readonly since: number;
	/** What a reading that left nothing out has seen of them. */
	readonly read: {readonly since: number; readonly until: number};
	/** What it has seen where even those were read that nothing asks for. */
	readonly all: {readonly since: number; readonly until: number};
	/** Settings have been read. */
	readonly isCertain: boolean;
};

/** A session deletes by the settings of its own folder, whosever transcripts they are: the fewest days count. */
export const reachOf = ({configuration, configurations, historySince}: State, now: number): Reach => {
	const days = Math.min(...[configuration, ...configurations.values()].map(one => one?.cleanupPeriodDays ?? usualDays));
	const since = now - days * dayMs;
	const read = {since: Math.max(since, historySince), until: now};
	return {days, since, read, all: {since, until: now}, isCertain: configuration !== undefined};
};

/** That the window reaches further back than transcripts do, and than what is known without them. */
export const deletedBefore = (
	{spendSince}: State,
	{days, since}: Reach,
	knownSince: number | undefined,
): readonly Note[] => {
	const at = Math.min(since, knownSince ?? Number.POSITIVE_INFINITY);
	return spendSince < at - slackMs ? [{kind: 'deleted-before', at, days}] : [];
};
