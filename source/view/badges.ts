import {countNews} from '../domain/news.ts';
import type {Overview} from '../domain/overview.ts';
import {formatAge} from './format.ts';
import {type Line, span} from './line.ts';
import type {Ui} from './ui.ts';

type Shown = {
	/** What is on screen, and what is true now. */
	readonly overview: Overview;
	readonly live: Overview;
	readonly ui: Ui;
	readonly isDemo: boolean;
	/** Where a recording is played: how far it is. */
	readonly replay?: string | undefined;
};

/** What the person must not forget about the screen: that it is a demo, that it stands still, that rows are left out. */
export const badgesOf = ({overview, live, ui, isDemo, replay}: Shown): Line => {
	const {frozenAt, isTroubleOnly, isMineOnly, filter, draft} = ui;
	const news = frozenAt === undefined ? 0 : countNews(overview.state, live.state);
	const words: Line = [
		...(isDemo ? [span('DEMO', 'warn')] : []),
		...(replay === undefined ? [] : [span(replay, 'warn')]),
		...(frozenAt === undefined
			? []
			: [span(`frozen ${formatAge(frozenAt, live.now)}${news > 0 ? `, ${news} new` : ''}`, 'warn')]),
		...(isTroubleOnly ? [span('trouble only', 'accent')] : []),
		...(isMineOnly ? [span('mine only', 'accent')] : []),
		...(filter !== '' && draft === undefined ? [span(`/${filter}`, 'accent')] : []),
	];
	return words.flatMap((word, index) => (index === 0 ? [word] : [span(' '), word]));
};
