import type {Note} from '../../domain/common/note.ts';
import {variant} from './field.ts';
import {amount, count, file, plainText, time} from './values.ts';

/** What a source says beside its data. */
export const note = variant<Note, 'kind'>('kind', {
	'skipped-lines': {lines: count},
	'impossible-replies': {replies: count},
	'future-replies': {replies: count},
	unreadable: {path: file, code: plainText},
	'deleted-before': {at: time, days: count},
	'not-a-session': {path: file},
	'set-aside': {path: file},
	'asked-less-often': {perDay: amount},
});
