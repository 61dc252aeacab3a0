import type {Check} from '../screen/panes/check.ts';
import {type Gate, type GateName, gateRows} from '../screen/panes/gates/gate.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {aside, heading, table} from './sheet.ts';

const marks: Readonly<Record<Check['state'], string>> = {pass: '✓', warn: '▲', fail: '✗', unknown: '?'};

const names = Object.keys(gateRows) as readonly GateName[];

/** What decides whether each model answers: a row of four marks for each, and in words what is not open. */
export const doctorGates = (gates: readonly Gate[]): readonly string[] => {
	if (gates.length === 0) return [];
	const byProfile = Map.groupBy(gates, ({profile}) => profile);
	const rows = [...byProfile].map(([profile, own]) => ({
		called: sanitize(profile),
		...Object.fromEntries(
			names.map(name => [gateRows[name].title, marks[own.find(({gate}) => gate === name)?.state ?? 'unknown']]),
		),
	}));
	const shut = gates.filter(({state}) => state !== 'pass');
	return [
		heading('What decides whether a model answers, found out without calling it'),
		...table(rows),
		...shut.flatMap(({gate, profile, state, evidence, decidedBy, changes, fix}) => [
			sanitize(`${marks[state]} ${profile}, ${gateRows[gate].title}: ${evidence}`),
			...(state === 'unknown' ? [] : [aside(sanitize(`  decided by ${decidedBy}; it ${changes}`))]),
			...(fix === null ? [] : [sanitize(`  → ${fix}`)]),
		]),
	];
};
