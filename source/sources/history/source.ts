import type {Note} from '../../domain/common/note.ts';
import {object, optional} from '../../state/fields/field.ts';
import {count, time} from '../../state/fields/values.ts';
import {defineSource} from '../source.ts';
import {explainFault} from './fault.ts';
import type {Kept} from './look.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly history: Kept;
	}
}

/** What bedtop itself keeps of what it has read, on this machine. */
export const history = defineSource({
	name: 'history',
	scope: 'once',
	isOn: ({hasHistory}) => hasHistory,
	// It only counts: what is kept is read and written along with the transcripts.
	pace: {everyMs: 60_000, maxDelayMs: 60_000},
	round: [['transcripts again']],
	slice: object<Kept>({since: optional(time), replies: count, bytes: count}),
	open({history: kept}) {
		return {
			async read(dispatch) {
				if (kept === undefined) return;
				const asideAt = kept.asideAt();
				const notes: readonly Note[] = asideAt === undefined ? [] : [{kind: 'set-aside', path: asideAt}];
				dispatch({type: 'notes', source: 'history', notes});
				dispatch({type: 'slice', source: 'history', value: kept.look()});
			},
			explain: error => explainFault(error, kept?.path ?? ''),
		};
	},
});
