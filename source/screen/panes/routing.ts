import {isUnpriced} from '../../domain/money/amount.ts';
import {isBehindGateway, type Judgement, type SessionRoute, type Verdict} from '../../domain/routing/routing.ts';
import {answeredAt, isStale} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {SessionCost} from '../../state/session-costs.ts';
import {filterRows, type Traits} from '../input/filter.ts';
import type {Column} from '../text/columns.ts';
import {formatAge, formatFolder} from '../text/format.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {shortModel} from '../text/model-name.ts';
import {moneyText} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {routingFindingWords} from '../words/routing-finding.ts';
import type {Check} from './check.ts';
import {routingChecks} from './checks.ts';
import {list} from './listing.ts';
import {clockOf, noteLines, type PaneContent, type PaneInput, problemLines} from './pane.ts';

const verdictLooks: Readonly<Record<Verdict, readonly [shape: string, words: string, style: Style]>> = {
	bedrock: ['✓', 'bedrock', 'good'],
	mixed: ['▲', 'mixed', 'warn'],
	'not-bedrock': ['✗', 'not bedrock', 'bad'],
	unproven: ['?', 'unproven', 'warn'],
};

/** The verdict as a shape and one or two words. Replies prove nothing of now once calls do nothing but fail. */
export const verdictLine = (
	{verdict, isAccountUnproven}: Pick<Judgement, 'verdict' | 'isAccountUnproven'>,
	failingSince?: number,
): Line => {
	if (verdict === 'bedrock' && failingSince !== undefined) return [span('▲ bedrock, failing', 'warn')];
	if (verdict === 'bedrock' && isAccountUnproven) return [span('▲ bedrock?', 'warn')];
	const [shape, words, style] = verdictLooks[verdict];
	return [span(`${shape} ${words}`, style)];
};

const newest = (times: readonly (number | undefined)[]): number | undefined => {
	const known = times.filter(time => time !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
};

const lamp = (isLit: boolean | undefined, text: string): Line =>
	isLit === undefined ? [span(`? ${text}`, 'dim')] : [span(`${isLit ? '✓' : '✗'} ${text}`, isLit ? 'good' : 'bad')];

const wideEnough = 64;

/** The chain of four lamps. An unlit one is `?`: what has not been seen is not disproved. */
const chain = ({state, sessions, now}: Overview, width: number): Line => {
	const configured = state.configuration?.provider;
	const isOpen = configured === undefined || configured === 'gateway';
	const running = sessions.filter(session => session.running).length;
	const replied = newest(sessions.map(({proven}) => (proven?.provider === 'bedrock' ? proven.at : undefined)));
	const audited = newest(sessions.map(({auditedAt}) => auditedAt));
	const [set, run, reply, audit] =
		width >= wideEnough ? ['configured', 'running', 'replied', 'audited'] : ['set', 'run', 'reply', 'audit'];
	const lamps = [
		lamp(isOpen ? undefined : configured === 'bedrock', `${set}`),
		lamp(running > 0 ? true : undefined, running > 0 ? `${running} ${run}` : `${run}`),
		lamp(replied === undefined ? undefined : true, `${reply} ${formatAge(replied, now)}`),
		lamp(
			audited === undefined ? undefined : true,
			`${audit} ${audited === undefined ? 'not yet' : formatAge(audited, now)}`,
		),
	];
	return lamps.flatMap((line, index) => (index === 0 ? line : [span('  '), ...line]));
};

const provenWord = ({proven}: SessionRoute): string => {
	if (proven === undefined) return 'no reply';
	if (proven.provider === 'first-party') return 'anthropic';
	return proven.provider === 'unknown' ? 'unproven' : proven.provider;
};

const provenStyle = (session: SessionRoute): Style => {
	const {proven, diverged} = session;
	if (diverged) return 'bad';
	if (proven?.provider === 'bedrock') return isBehindGateway(session) ? 'warn' : 'good';
	return proven === undefined || proven.provider === 'unknown' ? 'dim' : 'warn';
};

const shapeOf = (session: SessionRoute): string => {
	if (session.diverged) return '✗';
	if (session.proven === undefined || session.proven.provider === 'unknown') return '?';
	return session.proven.provider === 'bedrock' && !isBehindGateway(session) ? '✓' : '▲';
};

/** Nothing where nothing was answered in the window: then there is nothing to pay, and nothing to say. */
const costWords = ({amount}: SessionCost): string =>
	amount.calls + amount.unloggedTokens === 0 ? '' : isUnpriced(amount) ? 'unpriced' : moneyText(amount);

const agentsWords = (running: number | undefined): string => (running ? plural(running, 'agent') : '');

const columnsFor = ({now, costOf}: Overview, home: string | undefined): readonly Column<SessionRoute>[] => [
	{title: '', cell: shapeOf, style: provenStyle, drop: 0},
	{
		title: 'session',
		cell: ({cwd, sessionId}) => (cwd === undefined ? sessionId : formatFolder(cwd, home)),
		style: ({running}) => (running ? 'plain' : 'dim'),
		max: 36,
		min: 8,
		cut: 'start',
		drop: 0,
	},
	{title: 'proven', cell: provenWord, style: provenStyle, drop: 4},
	{title: 'model', cell: ({model}) => (model === undefined ? '' : shortModel(model)), max: 24, drop: 5},
	{title: 'region', cell: ({region}) => region ?? '', max: 14, style: () => 'dim', drop: 6},
	{title: 'pid', cell: ({pid}) => String(pid ?? ''), style: () => 'dim', drop: 7},
	{title: 'agents', cell: ({sessionId}) => agentsWords(costOf(sessionId).running), drop: 3},
	{title: 'cost', cell: ({sessionId}) => costWords(costOf(sessionId)), align: 'right', drop: 2},
	{
		title: 'reply',
		cell: ({pid, proven}) => `${pid === undefined ? 'ended ' : ''}${formatAge(proven?.at, now)}`,
		style: () => 'dim',
		align: 'right',
		drop: 1,
	},
];

const findings = ({sessions, state}: Overview): readonly Line[] => {
	// A session that has ended can only be noted: its row says so, and no line is spent on it.
	const diverged = sessions
		.filter(session => session.diverged && session.running)
		.flatMap(session => session.findings.slice(0, 1));
	const configured = state.configuration?.findings ?? [];
	const words = [...diverged, ...configured].map(routingFindingWords);
	return [...new Set(words)].map(text => [span(`▲ ${text}`, 'warn')]);
};

const checkLooks: Readonly<Record<Check['state'], readonly [shape: string, style: Style]>> = {
	pass: ['✓', 'good'],
	warn: ['▲', 'warn'],
	fail: ['✗', 'bad'],
	unknown: ['?', 'dim'],
};

const urgency: readonly Check['state'][] = ['fail', 'warn', 'unknown', 'pass'];

/** The list that `bedtop doctor` prints, what is wrong first. */
const checkLines = (overview: Overview): readonly Line[] =>
	[...routingChecks(overview)]
		.sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))
		.map(({state, title, evidence, fix}): Line => {
			const [shape, style] = checkLooks[state];
			const mending = fix === null ? [] : [span(` → ${fix}`, 'strong')];
			return [span(`${shape} `, style), span(`${title}: `), span(evidence, 'dim'), ...mending];
		});

const traitsOf = (session: SessionRoute): Traits => {
	const {model, region, cwd, sessionId, diverged, proven, version} = session;
	return {
		model: model === undefined ? undefined : shortModel(model),
		profile: model,
		region,
		folder: cwd ?? sessionId,
		client: version === undefined ? undefined : `claude-cli/${version}`,
		provider: provenWord(session),
		isMine: true,
		isTrouble: diverged || proven === undefined || proven.provider !== 'bedrock',
	};
};

/** Routing: one verdict, the chain of proof, what contradicts it, then a row per session. */
export const routingPane = (input: PaneInput): PaneContent => {
	const {overview, width, home, filter} = input;
	const {judgement, sessions, now, state, failingSince} = overview;
	const isRead = answeredAt(state, 'transcripts') !== undefined;
	const none: readonly Line[] = isRead ? [[span('No Claude Code session has replied in this window.', 'dim')]] : [];
	return {
		headline: verdictLine(judgement, failingSince),
		clock: clockOf(overview, 'sessions', 'sessions'),
		notices: [
			...problemLines(input, 'sessions'),
			...noteLines(overview, 'sessions'),
			chain(overview, width),
			...findings(overview),
			...(sessions.length === 0 ? none : []),
		],
		listing: list({
			columns: columnsFor(overview, home),
			rows: filterRows(filter, sessions, traitsOf),
			keyOf: ({sessionId}) => sessionId,
			targetOf: ({sessionId}) => ({kind: 'session', sessionId}),
			...{width, titles: false, outOf: sessions.length},
		}),
		footnotes: checkLines(overview),
		isStale: isStale(state, 'sessions', now),
	};
};
