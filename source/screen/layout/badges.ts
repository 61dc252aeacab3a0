import type {RecordingFault} from '../../state/action.ts';
import {countNews} from '../../state/news.ts';
import type {Overview} from '../../state/overview.ts';
import type {Ui} from '../input/ui.ts';
import {formatAge} from '../text/format.ts';
import {type Line, span} from '../text/line.ts';
import {fileReason} from '../words/file-problem.ts';

type Shown = {
	/** What is on screen, and what is true now. */
	readonly overview: Overview;
	readonly live: Overview;
	readonly ui: Ui;
	readonly isDemo: boolean;
	/** Where a recording is played: how far it is. */
	readonly replay?: string | undefined;
};

const joined = (words: Line): Line => words.flatMap((word, index) => (index === 0 ? [word] : [span(' '), word]));

/** What the person must not forget about the screen. */
export type Badges = {
	/** That it is no live account, or that it is not recorded although it should be. */
	readonly origin: Line;
	/** That it stands still, since when, and how much it misses. */
	readonly frozen: Line;
	/** That rows are left out. */
	readonly filter: Line;
};

const faultWords = ({since, code}: RecordingFault, now: number) =>
	`not recorded ${formatAge(since, now)}: ${fileReason(code)}`;

export const badgesOf = ({overview, live, ui, isDemo, replay}: Shown): Badges => {
	const {frozenAt, isTroubleOnly, isMineOnly, filter, draft} = ui;
	const fault = live.state.recordingFault;
	const news = frozenAt === undefined ? 0 : countNews(overview.state, live.state);
	const since = frozenAt === undefined ? '' : `frozen ${formatAge(frozenAt, live.now)}`;
	return {
		origin: joined([
			...(isDemo ? [span('DEMO', 'warn')] : []),
			...(replay === undefined ? [] : [span(replay, 'warn')]),
			...(fault === undefined ? [] : [span(faultWords(fault, live.now), 'warn')]),
		]),
		frozen: since === '' ? [] : [span(news > 0 ? `${since}, ${news} new` : since, 'warn')],
		filter: joined([
			...(isTroubleOnly ? [span('trouble only', 'accent')] : []),
			...(isMineOnly ? [span('mine only', 'accent')] : []),
			...(filter !== '' && draft === undefined ? [span(`/${filter}`, 'accent')] : []),
		]),
	};
};

/** All of them behind each other. */
export const badgesLine = ({origin, frozen, filter}: Badges): Line =>
	[origin, frozen, filter]
		.filter(line => line.length > 0)
		.flatMap((line, index) => (index === 0 ? line : [span(' '), ...line]));
