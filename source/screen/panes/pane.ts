import {healthOf, isStale, statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {SourceName} from '../../state/source-status.ts';
import type {RowFilter} from '../input/filter.ts';
import {formatAge} from '../text/format.ts';
import {type Line, span, truncate, widthOf} from '../text/line.ts';
import {noteWords} from '../words/note.ts';
import type {Listing} from './listing.ts';

/** What a pane shows, before it knows its height: a headline, the clock its numbers come from, notices and rows. */
export type PaneContent = {
	readonly headline: Line;
	/** Which clock, and how old. */
	readonly clock: Line;
	/** What is said about the whole pane: problems, sums, findings. */
	readonly notices: readonly Line[];
	readonly listing: Listing;
	/** What is said where there is room to spare. */
	readonly footnotes?: readonly Line[];
	/** Its source has not answered for longer than it should: numbers are dimmed. */
	readonly isStale: boolean;
};

/** How many lines a pane could fill below its title. */
export const lengthOf = ({notices, listing}: PaneContent): number =>
	notices.length + Number(listing.hasTitles) + listing.keys.length;

const leastMessage = 16;

export type PaneInput = {
	readonly overview: Overview;
	readonly width: number;
	readonly home?: string | undefined;
	readonly filter: RowFilter;
	/** Rows whose values are close to each other stand in the order they had before. */
	readonly order?: readonly string[] | undefined;
};

/** The source's name with the age of its last answer; `?` while it fails, dimmed while all is well. */
export const clockOf = ({state, now}: Overview, name: SourceName, label: string): Line => {
	const {isOff, isFailing, answeredAt: at} = healthOf(state, name);
	if (isOff) return [span(`${label} off`, 'dim')];
	if (isFailing) return [span(`? ${label} ${formatAge(at, now)}`, 'warn')];
	if (isStale(state, name, now)) return [span(`? ${label} ${formatAge(at, now)} old`, 'warn')];
	return [span(at === undefined ? `${label} …` : `${label} ${formatAge(at, now)}`, 'dim')];
};

/** The fix is what a person needs most: the message gives way to it, down to its first words. */
const problemLine = (message: string, fix: string | undefined, width: number): Line => {
	if (fix === undefined) return [span(`? ${message}`, 'warn')];
	const mending = ` → ${fix}`;
	const room = Math.max(leastMessage, width - widthOf(mending));
	return [span(truncate(`? ${message}`, room), 'warn'), span(mending, 'strong')];
};

/** One line per distinct problem of a source: what is wrong, then what mends it. */
export const problemLines = ({overview: {state}, width}: PaneInput, name: SourceName): readonly Line[] => {
	const statuses = statusesOf(state, name);
	const seen = new Map<string, Line>();
	for (const {problem, region} of statuses) {
		if (problem === undefined) continue;
		const where = statuses.length > 1 && region !== undefined ? `${region}: ` : '';
		const message = where + problem.message;
		seen.set(message, problemLine(message, problem.fix && problem.fix, width));
	}
	return [...seen.values()];
};

/** What could not be used of a source that works as a whole. */
export const noteLines = ({state}: Overview, name: SourceName): readonly Line[] =>
	(state.notes.get(name) ?? []).map(note => [span(`▲ ${noteWords(note)}`, 'warn')]);

/** The same, where nothing is wrong. */
export const dimNotes = ({state}: Overview, name: SourceName): readonly Line[] =>
	(state.notes.get(name) ?? []).map(note => [span(noteWords(note), 'dim')]);
