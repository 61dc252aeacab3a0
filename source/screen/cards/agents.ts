import type {Agent, AgentState} from '../../domain/agents/agents.ts';
import type {SessionCost} from '../../state/session-costs.ts';
import {type Column, chooseColumns, drawRow} from '../text/columns.ts';
import {formatAge} from '../text/format.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {shortModel} from '../text/model-name.ts';
import {moneyText} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {heading} from './fields.ts';

const looks: Readonly<Record<AgentState, readonly [shape: string, style: Style]>> = {
	running: ['▶', 'good'],
	unknown: ['?', 'warn'],
	ended: ['·', 'dim'],
};

/** Nobody scrolls through hundreds: those that run and the dearest are shown. */
const mostShown = 20;

const columnsFor = ({payee}: SessionCost, now: number): readonly Column<Agent>[] => [
	{title: '', cell: ({state}) => looks[state][0], style: ({state}) => looks[state][1], drop: 0},
	{
		title: 'type',
		cell: ({type}) => type ?? 'type?',
		style: ({type}) => (type ? 'plain' : 'dim'),
		max: 28,
		min: 8,
		drop: 0,
	},
	{title: 'model', cell: ({model, called}) => shortModel(model ?? called), max: 24, drop: 2},
	{title: 'cost', cell: ({spend}) => moneyText(spend[payee]), align: 'right', drop: 0},
	{title: 'calls', cell: ({spend}) => plural(spend[payee].calls, 'call'), align: 'right', drop: 3},
	{title: 'reply', cell: ({lastAt}) => formatAge(lastAt, now), style: () => 'dim', align: 'right', drop: 1},
	{title: 'id', cell: ({agentId}) => agentId, style: () => 'dim', max: 20, drop: 4},
];

const urgency: readonly AgentState[] = ['running', 'unknown', 'ended'];

/** A session's agents of the window: those that run first, then the dearest. */
export const agentLines = (cost: SessionCost, now: number, width: number): readonly Line[] => {
	const {agents, payee, ofAgents, running} = cost;
	if (agents.length === 0) return [];
	const amountOf = ({spend}: Agent) => spend[payee].amount;
	const inOrder = agents.toSorted((a, b) => {
		const byState = urgency.indexOf(a.state) - urgency.indexOf(b.state);
		return byState || (amountOf(a) === amountOf(b) ? 0 : amountOf(a) > amountOf(b) ? -1 : 1);
	});
	const shown = inOrder.slice(0, mostShown);
	const columns = chooseColumns(columnsFor(cost, now), shown, width, false);
	const hidden = agents.length - shown.length;
	const title = `Agents: ${running ?? '?'} running of ${agents.length}, ${moneyText(ofAgents)} of the cost`;
	return [
		...heading(title, width),
		...shown.map(agent => drawRow(columns, agent, width)),
		...(hidden > 0 ? [[span(`and ${plural(hidden, 'more agent')}`, 'dim')] satisfies Line] : []),
	];
};
