import {equal} from '../domain/common/equal.ts';
import type {Action} from './action.ts';
import {type SourceStatus, sourceKey} from './source-status.ts';
import type {State} from './state.ts';

const hasAnswered = (status: SourceStatus | undefined) => status?.lastSuccessAt !== undefined;

/** Whether a status says more than that its source was asked again and has answered as before. */
const isStatusNews = (before: SourceStatus | undefined, after: SourceStatus | undefined): boolean =>
	before === undefined ||
	after === undefined ||
	hasAnswered(before) !== hasAnswered(after) ||
	!equal(before.problem, after.problem);

/**
 * How soon a change of the state is to be shown. What this machine has just done is shown at once, what is asked for
 * in the background along with other things. That a source is being asked, when it is asked next and that it has said
 * the same again is no news: its age is shown when ages are next looked at.
 */
export const urgencyOf = (action: Action, before: State, after: State): 'now' | 'soon' | 'unasked' => {
	// While the files are read for the first time, much comes at once, and how far that is comes beside it.
	if (action.type === 'transcripts') return after.progress === undefined ? 'now' : 'soon';
	if (action.type !== 'status') return 'soon';
	const key = sourceKey(action.status.name, action.status.region);
	return isStatusNews(before.sources.get(key), after.sources.get(key)) ? 'soon' : 'unasked';
};
