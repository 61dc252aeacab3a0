import {type Buckets, bucketsSince} from '../../domain/metrics/buckets.ts';
import type {CountMetric} from '../../domain/metrics/metrics.ts';
import {readCalled} from '../../domain/models/resolution.ts';
import {answeredAt} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {lineChart} from '../text/chart.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {calledModel} from '../text/model-name.ts';
import {plural} from '../text/plural.ts';
import {unpricedWords} from '../words/unpriced-reason.ts';
import type {Card} from './card.ts';
import {clipboardLine, type Field, fieldsOf, heading, paragraph, titleOf} from './fields.ts';
import {countFields, moneyFields, priceFields, type Subject, subjectOf} from './model-facts.ts';
import {agoWords, momentWords} from './words.ts';

type CardInput = {
	readonly width: number;
	/** Rows for the whole card: its charts take a part of them. */
	readonly height: number;
	/** Charts of ASCII characters only. */
	readonly isAscii?: boolean | undefined;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** CloudWatch goes on revising the last minutes: they are dimmed. */
const provisionalMs = 5 * minuteMs;
/** As wide as most figures of an axis are, so that both charts begin in one column. */
const labelColumns = 4;

const lengthWords = (lengthMs: number): string => {
	const [count, noun] =
		lengthMs >= dayMs
			? [lengthMs / dayMs, 'day']
			: lengthMs >= hourMs
				? [lengthMs / hourMs, 'hour']
				: [lengthMs / minuteMs, 'minute'];
	return count === 1 ? noun : plural(count, noun);
};

type Drawing = {
	readonly title: string;
	readonly metrics: readonly CountMetric[];
	readonly style: Style;
	readonly rows: number;
};

/** What is sent is a hundred times what is answered: each has its own scale. */
const drawingsFor = (height: number): readonly Drawing[] => {
	const between = (least: number, rows: number, most: number) => Math.max(least, Math.min(most, Math.floor(rows)));
	const sent: Drawing = {
		title: 'Tokens sent (input and cache)',
		metrics: ['InputTokenCount', 'CacheReadInputTokens', 'CacheWriteInputTokens'],
		style: 'accent',
		rows: between(4, height * 0.35, 12),
	};
	const answered: Drawing = {
		title: 'Tokens answered',
		metrics: ['OutputTokenCount'],
		style: 'good',
		rows: between(3, height * 0.2, 8),
	};
	return height < 16 ? [sent] : [sent, answered];
};

const isBlank = ({sums}: Buckets) => sums.every(sum => sum === undefined);

const chartLines = (subject: Subject, {spend, now}: Overview, {width, height, isAscii}: CardInput): readonly Line[] => {
	// Just after midnight today is too short to see anything.
	const since = Math.min(spend.since, now - hourMs);
	const until = Math.floor(now / minuteMs) * minuteMs + minuteMs;
	const cells = Math.max(1, width - labelColumns - 1);
	const window = {since, until, buckets: isAscii === true ? cells : 2 * cells};
	return drawingsFor(height).flatMap(({title, metrics, style, rows}) => {
		const found = bucketsSince(subject.metrics, metrics, window);
		const {startAt, lengthMs, sums} = found;
		if (isBlank(found)) return [...paragraph(`${title}: CloudWatch has told nothing in this window.`, width, 'dim')];
		const options = {
			labelColumns,
			width,
			height: rows,
			style,
			startAt,
			lengthMs,
			provisionalFrom: now - provisionalMs,
			isAscii,
		};
		return [...paragraph(`${title} per ${lengthWords(lengthMs)}`, width), ...lineChart(sums, options)];
	});
};

const nameFields = ({profile, metrics}: Subject, {state: {resolutions}}: Overview): readonly Field[] => {
	const {model, scope, reason} = readCalled(profile, resolutions);
	const regions = [...new Set(metrics.map(({region}) => region))];
	const isMantle = metrics.some(({namespace}) => namespace === 'AWS/BedrockMantle');
	return [
		{label: 'called as', value: profile},
		{label: 'model', value: model ?? '?', note: model === undefined && reason ? unpricedWords(reason) : undefined},
		{label: 'scope', value: isMantle ? 'Mantle' : scope},
		{label: 'region', value: regions.join(', ')},
	];
};

const accountHeading = ({state, spend, now}: Overview): string => {
	const at = answeredAt(state, 'cloudwatch');
	const age = at === undefined ? '' : `, ${agoWords(at, now)}`;
	return `Whole account since ${momentWords(spend.since, now)} (CloudWatch${age})`;
};

const hasSpeed = ({metrics}: Subject) => metrics.some(({p50LatencyMs}) => p50LatencyMs !== undefined);

/** A model over time: what the account sends it, what that costs, and which part is mine. */
export const modelCard = (overview: Overview, key: string, input: CardInput): Card | undefined => {
	const {width} = input;
	const subject = subjectOf(overview, key);
	if (subject === undefined) return undefined;
	const {state} = overview;
	const region = subject.metrics.map(one => one.region).join(', ');
	// The hour's median is all that is asked for: a course of latency would be made up.
	const speed = hasSpeed(subject)
		? paragraph('Latency is known as the median of the last hour only, so no course of it is drawn.', width, 'dim')
		: [];
	return {
		title: titleOf([span(calledModel(subject.profile, state.resolutions), 'strong'), span(` ${region}`, 'dim')], width),
		body: [
			...chartLines(subject, overview, input),
			...speed,
			...heading(accountHeading(overview), width),
			...fieldsOf(countFields(subject, overview), width),
			...heading('Money', width),
			...fieldsOf([...moneyFields(subject, overview), ...priceFields(subject, overview)], width),
			...heading('Name', width),
			...fieldsOf(nameFields(subject, overview), width),
		],
		copy: {text: clipboardLine(subject.profile), what: 'the id that is called'},
	};
};
