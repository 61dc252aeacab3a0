import type {Note} from '../../domain/common/note.ts';
import {isPossible, type Turn} from '../../domain/replies/turn.ts';
import {explainLocal, requireDirectory} from '../machine.ts';
import {defineSource} from '../source.ts';
import {deletedBefore, reachOf} from './reach.ts';
import {createTranscripts, type TranscriptProgress} from './transcripts.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly transcripts: undefined;
	}
}

/** Reading that takes longer than this shows how far it is. */
const patienceMs = 500;

/** Clocks differ by as much. */
const skewMs = 5 * 60_000;

/** Replies and failed calls from the transcripts of this machine: a reply is known well within a second of its line. */
export const transcripts = defineSource({
	name: 'transcripts',
	scope: 'once',
	isOn: () => true,
	// Changes are watched; the slow sweep finds what a watcher missed (network folders, limits, new machines).
	pace: {everyMs: 5000, maxDelayMs: 30_000},
	// A transcript whose last line has no newline yet gives that line to the second reading only.
	round: [['sessions'], ['sessions again']],
	open({machine, getState, history, options}) {
		let report: ((progress: TranscriptProgress) => void) | undefined;
		const begin = () =>
			createTranscripts({
				...{directories: machine.claudeDirectories, now: machine.now},
				onProgress: progress => report?.(progress),
				memory: history,
			});
		let files = begin();
		let reachesBackTo = Number.POSITIVE_INFINITY;
		let corruptLines = 0;
		let impossible = 0;
		/** Replies dated in the future; they count once their time has come. */
		let early: readonly Turn[] = [];
		const beginAgain = () => {
			[files, corruptLines, impossible, early] = [begin(), 0, 0, []];
		};
		/** Lines before the history were read and let go: a longer one begins again. */
		const reachBack = (since: number) => {
			const isLonger = Number.isFinite(reachesBackTo) && since < reachesBackTo;
			if (isLonger) beginAgain();
			reachesBackTo = Math.min(reachesBackTo, since);
		};
		return {
			async read(dispatch, signal) {
				await requireDirectory(machine);
				const startedAt = machine.now();
				let isShown = false;
				report = ({bytes, bytesDone}) => {
					isShown ||= machine.now() - startedAt > patienceMs;
					if (isShown) dispatch({type: 'progress', progress: {bytes, bytesDone}});
				};
				const {historySince} = getState();
				reachBack(historySince);
				const batch = await files.read({touchedSince: historySince, signal});
				if (isShown) dispatch({type: 'progress', progress: undefined});
				corruptLines += batch.corruptLines;
				const corrupt: readonly Note[] = corruptLines === 0 ? [] : [{kind: 'skipped-lines', lines: corruptLines}];
				const impossibleNotes: readonly Note[] =
					impossible === 0 ? [] : [{kind: 'impossible-replies', replies: impossible}];
				const future: readonly Note[] = early.length === 0 ? [] : [{kind: 'future-replies', replies: early.length}];
				const unreadable = batch.unreadable.map((problem): Note => ({kind: 'unreadable', ...problem}));
				const {failures, models, costs, compactions, agentEnds} = batch;
				const sound = batch.turns.filter(isPossible);
				impossible += batch.turns.length - sound.length;
				const isDue = ({at}: Turn) => at <= machine.now() + skewMs;
				const all = [...early, ...sound];
				const turns = all.filter(isDue);
				early = all.filter(turn => !isDue(turn));
				dispatch({type: 'transcripts', turns, failures, models, costs, compactions, agentEnds});
				const isStillKnown = await files.keep();
				// Whoever watches has the time to keep what is not asked for now.
				const isAtRest = options.purpose === 'watch' && history !== undefined && batch.files === 0;
				const isAllAhead = isAtRest && (await files.readAhead(signal));
				const reach = reachOf(getState(), machine.now());
				const isAllRead = isStillKnown && unreadable.length === 0;
				const known = isAllRead && reach.isCertain ? await files.cover(isAllAhead ? reach.all : reach.read) : undefined;
				const deleted = deletedBefore(getState(), reach, known);
				dispatch({
					type: 'notes',
					source: 'transcripts',
					notes: [...corrupt, ...impossibleNotes, ...future, ...unreadable, ...deleted],
				});
				if (!isStillKnown) beginAgain();
			},
			explain: explainLocal,
			refreshNow: () => files.lookEverywhere(),
			watch: onChange => files.watch(onChange),
		};
	},
});
