import {localDate} from '../screen/text/format.ts';
import {plural} from '../screen/text/plural.ts';
import {sanitize} from '../screen/text/sanitize.ts';

type Kept = {readonly since?: number | undefined; readonly replies: number; readonly bytes: number};

/** What is kept and where; `kept` is undefined where there is nothing. */
type Shown = {readonly kept: Kept | undefined; readonly path: string | undefined};

const sizeWords = (bytes: number) =>
	bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const howToForget = `No prompts, no replies' texts, no prices are in it.
Have it forgotten: bedtop history forget [--before DATE]
Keep nothing at all: bedtop --no-history, or "history": false in the config file
`;

/** What `bedtop history` prints. */
export const historyText = ({kept, path}: Shown): string => {
	if (path === undefined) return 'The demo keeps nothing.\n';
	if (kept === undefined || kept.replies === 0) return `Nothing is kept yet. It would be in ${sanitize(path)}\n`;
	const since = kept.since === undefined ? '' : ` since ${localDate(kept.since)}`;
	return `Kept on this machine: ${plural(kept.replies, 'reply')}${since}, ${sizeWords(kept.bytes)}
in ${sanitize(path)}
${howToForget}`;
};

/** What `bedtop history --json` prints. */
export const historyJson = ({kept, path}: Shown): object => ({
	schema: 1,
	path: path ?? null,
	since: kept?.since === undefined ? null : localDate(kept.since),
	replies: kept?.replies ?? 0,
	bytes: kept?.bytes ?? 0,
});

type Forgotten = {readonly replies: number; readonly before: number | undefined};

/** What `bedtop history forget` prints. */
export const forgottenText = ({replies, before}: Forgotten): string => {
	const older = before === undefined ? '' : ` from before ${localDate(before)}`;
	return `Forgot ${plural(replies, 'reply')}${older}. What Claude Code's transcripts still hold is read, and kept, again at the next start; --no-history keeps nothing.\n`;
};

/** What `bedtop history forget --json` prints. */
export const forgottenJson = ({replies, before}: Forgotten): object => ({
	schema: 1,
	forgotten: replies,
	before: before === undefined ? null : localDate(before),
});
