import type {Problem} from '../../domain/common/problem.ts';
import {statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {watchedRegions} from '../../state/overview.ts';
import {metricsName, shownModels, sparkline} from '../panes/models.ts';
import {verdictLine} from '../panes/routing.ts';
import {modelSpendWords} from '../panes/spend.ts';
import type {Trouble} from '../panes/trouble.ts';
import {formatSpan, formatUsd} from '../text/format.ts';
import {fitLine, type Line, lineWidth, span} from '../text/line.ts';
import {spentText} from '../text/money.ts';
import type {Badges} from './badges.ts';

/** Something worth saying, in ever shorter forms; the empty line says nothing. */
type Segment = {
	/** Each with its rank: the form with the highest rank is the first to give way. */
	readonly forms: readonly (readonly [rank: number, line: Line])[];
	/** Where nothing more can be left out, it must be what is seen. */
	readonly isFirst?: boolean;
};

const nothing: Line = [];
const kept = 0;

const tooWide = 1000;

const ribbonBuckets = 12;

type RibbonInput = {
	readonly columns: number;
	readonly rows: number;
	readonly troubles: readonly Trouble[];
	readonly badges: Badges;
	readonly toast?: string | undefined;
};

const troubleSegment = ({what, fix, short}: Trouble, others: number, columns: number): Segment => {
	const more: Line = others === 0 ? nothing : [span(` +${others}`, 'bad')];
	const words = what.slice(0, 2);
	return {
		forms: [
			[90, fix.length === 0 ? [...what, ...more] : [...what, span(' '), ...fix, ...more]],
			[65, [...words, ...more]],
			[60, fitLine(words, columns)],
			[30, [...short, ...more]],
			[kept, short],
		],
		isFirst: true,
	};
};

const modelSegment = (overview: Overview): Segment | undefined => {
	const [model] = shownModels(overview);
	if (model === undefined) return undefined;
	const name = metricsName(model, overview.state);
	const drawn = sparkline(model, overview, ribbonBuckets);
	return {
		forms: [
			[80, [span(`${name} `), ...drawn]],
			[75, nothing],
		],
	};
};

const optional = (rank: number, line: Line): Segment => ({
	forms: [
		[rank, line],
		[kept, nothing],
	],
});

const moneySegment = (overview: Overview): Segment => {
	const {spanMs, begins} = overview.state;
	const amount = span(spentText(overview), 'strong');
	return {
		forms: [
			[50, [amount, span(` ${formatSpan(spanMs, begins)}`, 'dim')]],
			[20, [amount]],
			[kept, nothing],
		],
	};
};

const verdictSegment = ({judgement, failingSince}: Overview): Segment => {
	const line = verdictLine(judgement, failingSince);
	const shape: Line = line.map(([text, style]) => [text.slice(0, 1), style]);
	return {
		forms: [
			[40, line],
			[kept, shape],
		],
	};
};

const lateSources = ['identity', 'cloudtrail', 'cloudwatch'] as const;

/** Why what AWS says does not arrive. */
const lateProblems = ({state}: Overview): readonly Problem[] =>
	lateSources
		.flatMap(name => statusesOf(state, name))
		.map(({problem}) => problem)
		.filter(problem => problem !== undefined);

/** That AWS is not seen, in ever fewer words: a tick beside it is about this machine alone. */
const blindSegment = ([problem]: readonly Problem[]): Segment | undefined => {
	if (problem === undefined) return undefined;
	const reason = problem.kind === 'unexpected' ? '' : ` ${problem.kind}`;
	return {
		forms: [
			[55, [span(`? AWS${reason}`, 'warn')]],
			[kept, [span('?aws', 'warn')]],
		],
	};
};

/** What lets AWS be seen again, where there is a row to spare. */
const mendingSegment = (problems: readonly Problem[]): Segment | undefined => {
	const fix = problems.find(it => it.fix !== undefined)?.fix;
	return fix === undefined ? undefined : optional(65, [span(`→ ${fix}`)]);
};

const frozenSegment = (line: Line): Segment => ({
	forms: [
		[45, line],
		[10, [span('frozen', 'warn')]],
		[kept, nothing],
	],
});

/** Where there are rows to spare: what each model cost. */
const details = (overview: Overview): readonly Segment[] =>
	overview.spend.models.map((row, index) => optional(100 + index, modelSpendWords(row)));

const segmentsOf = (overview: Overview, {columns, troubles, badges, toast}: RibbonInput): readonly Segment[] => {
	const {burn, state} = overview;
	const [trouble] = troubles;
	const problems = lateProblems(overview);
	const [blind, mending] = [blindSegment(problems), mendingSegment(problems)];
	const middle = trouble === undefined ? modelSegment(overview) : troubleSegment(trouble, troubles.length - 1, columns);
	return [
		...(toast === undefined ? [] : [optional(25, [span(toast, 'accent')])]),
		...(badges.origin.length === 0 ? [] : [{forms: [[kept, badges.origin] as const]}]),
		...(badges.frozen.length === 0 ? [] : [frozenSegment(badges.frozen)]),
		verdictSegment(overview),
		...(blind === undefined ? [] : [blind]),
		moneySegment(overview),
		...(burn === undefined ? [] : [optional(70, [span(`${formatUsd(burn)}/h`)])]),
		...(middle === undefined ? [] : [middle]),
		...(mending === undefined ? [] : [mending]),
		optional(85, [span(watchedRegions(state).join(' '), 'dim')]),
		...details(overview),
	];
};

const flow = (lines: readonly Line[], columns: number, gap: string): readonly Line[] => {
	const rows: Line[] = [];
	for (const line of lines) {
		if (lineWidth(line) === 0) continue;
		const last = rows.at(-1);
		const joined: Line = last === undefined ? line : [...last, span(gap), ...line];
		if (last !== undefined && lineWidth(joined) <= columns) rows[rows.length - 1] = joined;
		else rows.push(line);
	}
	return rows;
};

const firstThings = (segments: readonly Segment[], lines: readonly Line[]): readonly Line[] => [
	...lines.filter((_, index) => segments[index]?.isFirst === true),
	...lines.filter((_, index) => segments[index]?.isFirst !== true),
];

/**
 * A few rows, for slivers: the verdict, money, the pace, and the newest refusal or else the busiest model. What does not
 * fit is said shorter, then left out, the least important first; a refusal and the verdict always stay.
 */
export const ribbonLines = (overview: Overview, input: RibbonInput): readonly Line[] => {
	const {columns, rows} = input;
	const segments = segmentsOf(overview, input);
	const chosen = segments.map(() => 0);
	for (;;) {
		const lines = segments.map(({forms}, index) => (forms[chosen[index] as number] as readonly [number, Line])[1]);
		for (const gap of ['  ', ' ']) {
			const flowed = flow(lines, columns, gap);
			const fits = flowed.length <= rows && flowed.every(line => lineWidth(line) <= columns);
			if (fits) return flowed;
		}
		// What is wider than the screen does not fit however much else is left out.
		const ranks = segments.map(({forms}, index) => {
			const form = chosen[index] as number;
			// The last form is what is left of it.
			const rank = form === forms.length - 1 ? kept : (forms[form]?.[0] ?? kept);
			return rank !== kept && lineWidth(lines[index] as Line) > columns ? rank + tooWide : rank;
		});
		const highest = Math.max(...ranks);
		if (highest === kept) {
			return flow(firstThings(segments, lines), columns, ' ')
				.slice(0, rows)
				.map(line => fitLine(line, columns));
		}
		const weakest = ranks.indexOf(highest);
		chosen[weakest] = (chosen[weakest] as number) + 1;
	}
};
