import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach} from 'vitest';
import {betterTurn, type Turn} from '../../source/domain/replies/turn.ts';
import {explainFault} from '../../source/sources/history/fault.ts';
import {createHistory, type History} from '../../source/sources/history/history.ts';
import {createTranscripts} from '../../source/sources/transcripts/transcripts.ts';

/** A folder of Claude Code's and one of bedtop's own, made anew for each test. */
export const temporaryFolders = () => {
	const folders = {claude: '', state: '', database: ''};
	beforeEach(() => {
		const home = mkdtempSync(join(tmpdir(), 'bedtop-history-'));
		folders.claude = join(home, '.claude');
		folders.state = join(home, 'state');
		folders.database = join(folders.state, 'history.sqlite');
	});
	afterEach(() => rmSync(dirname(folders.claude), {recursive: true, force: true}));
	return folders;
};

/** Writes a transcript and answers its path. */
export const writeTranscript = (claude: string, name: string, ...lines: readonly string[]): string => {
	const path = join(claude, 'projects', name);
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, lines.map(line => `${line}\n`).join(''));
	return path;
};

/** A line with one reply. */
export const replyLine = (
	id: string,
	{at = '2026-11-23T09:00:00.000Z', output = 5, ...extra}: Record<string, unknown> = {},
) =>
	JSON.stringify({
		...{type: 'assistant', sessionId: 's1', timestamp: at, version: '2.1.330', cwd: '/home/alice/app'},
		...{requestId: `req-${id}`, requestedModel: 'us.anthropic.claude-opus-5-5', ...extra},
		message: {
			...{id, model: 'claude-opus-5-5', stop_reason: 'end_turn'},
			usage: {input_tokens: 1, output_tokens: output, ...(extra.usage as object)},
		},
	});

/** The replies a ledger would count, by id. */
export const counted = (turns: readonly Turn[]): ReadonlyMap<string, Turn> => {
	const best = new Map<string, Turn>();
	for (const turn of turns) {
		const other = best.get(turn.id);
		best.set(turn.id, other === undefined ? turn : betterTurn(other, turn));
	}
	return best;
};

/** One run of the program over both folders: what it read, and what it says of its history. */
export const runOnce = async ({claude, state}: {readonly claude: string; readonly state: string}, touchedSince = 0) => {
	const history = createHistory({directory: state, now: () => Date.parse('2026-11-23T12:00:00.000Z')});
	const files = createTranscripts({directories: [claude], memory: history});
	const batch = await files.read({touchedSince});
	const isStillKnown = await files.keep();
	const said = (() => {
		try {
			return {kept: history.look()};
		} catch (fault) {
			return {fault};
		}
	})();
	const asideAt = history.asideAt();
	history.close();
	return {...batch, ...said, isStillKnown, asideAt, ids: [...counted(batch.turns).keys()].sort()};
};

/** What a history says is wrong with it; undefined where nothing is. */
export const explainOf = (history: History): string | undefined => {
	try {
		history.look();
		return undefined;
	} catch (fault) {
		return explainFault(fault, history.path).message;
	}
};
