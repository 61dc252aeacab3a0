import type {Note} from '../../domain/common/note.ts';
import {usdNumber} from '../../domain/money/money.ts';
import {localDate} from '../text/format.ts';
import {plural} from '../text/plural.ts';
import {fileProblemWords} from './file-problem.ts';

/** What a source has to say beside its data, as a sentence without its full stop. */
export const noteWords = (note: Note): string => {
	switch (note.kind) {
		case 'skipped-lines':
			return `${plural(note.lines, 'transcript line')} could not be read and was skipped`;
		case 'impossible-replies':
			return `${plural(note.replies, 'reply')} of more tokens than any model reads: in no sum`;
		case 'future-replies':
			return `${plural(note.replies, 'reply')} dated in the future: in no sum until then`;
		case 'unreadable':
			return `cannot read ${fileProblemWords(note)}`;
		case 'deleted-before':
			return `replies before ${localDate(note.at)} may be missing: Claude Code deletes transcripts after ${plural(note.days, 'day')} (cleanupPeriodDays)`;
		case 'not-a-session':
			return `${note.path} does not describe a session: it is ignored`;
		case 'set-aside':
			return `the kept history was damaged: it was moved to ${note.path}, and a new one begun`;
		case 'asked-less-often':
			return `asked less often, so that watching stays below $${usdNumber(note.perDay)} a day (--max-watch-cost)`;
	}
};
