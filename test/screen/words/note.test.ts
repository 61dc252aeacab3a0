import {expect, test} from 'vitest';
import type {Note} from '../../../source/domain/common/note.ts';
import {noteWords} from '../../../source/screen/words/note.ts';

test.each<[Note, string]>([
	[{kind: 'skipped-lines', lines: 1}, '1 transcript line could not be read and was skipped'],
	[{kind: 'impossible-replies', replies: 1}, '1 reply of more tokens than any model reads: in no sum'],
	[{kind: 'future-replies', replies: 2}, '2 replies dated in the future: in no sum until then'],
	[{kind: 'skipped-lines', lines: 3}, '3 transcript lines could not be read and was skipped'],
	[{kind: 'unreadable', path: '/x', code: 'EPERM'}, 'cannot read /x (permission denied)'],
	[{kind: 'unreadable', path: '/x', code: 'EIO'}, 'cannot read /x (EIO)'],
	[{kind: 'not-a-session', path: '/x'}, '/x does not describe a session: it is ignored'],
	[
		{kind: 'asked-less-often', perDay: 100_000_000_000n},
		'asked less often, so that watching stays below $0.1 a day (--max-watch-cost)',
	],
])('the note of %o', (note, words) => {
	expect(noteWords(note)).toBe(words);
});
