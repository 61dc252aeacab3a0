import {Box, Text} from 'ink';
import {Table} from 'ink-table';
import type {Check} from '../screen/panes/check.ts';
import {type Gate, type GateName, gateRows} from '../screen/panes/gates/gate.ts';
import {sanitize} from '../screen/text/sanitize.ts';

const marks: Readonly<Record<Check['state'], string>> = {pass: '✓', warn: '▲', fail: '✗', unknown: '?'};

const names = Object.keys(gateRows) as readonly GateName[];

/** What decides whether each model answers: a row of four marks for each, and in words what is not open. */
export const DoctorGates = ({gates}: {readonly gates: readonly Gate[]}) => {
	const byProfile = Map.groupBy(gates, ({profile}) => profile);
	const rows = [...byProfile].map(([profile, own]) => ({
		called: sanitize(profile),
		...Object.fromEntries(
			names.map(name => [gateRows[name].title, marks[own.find(({gate}) => gate === name)?.state ?? 'unknown']]),
		),
	}));
	const shut = gates.filter(({state}) => state !== 'pass');
	return (
		<Box flexDirection="column" marginTop={1}>
			<Text bold>What decides whether a model answers, found out without calling it</Text>
			<Table data={rows} />
			{shut.map(({gate, profile, state, evidence, decidedBy, changes, fix}) => (
				<Box key={`${profile} ${gate}`} flexDirection="column">
					<Text>{sanitize(`${marks[state]} ${profile}, ${gateRows[gate].title}: ${evidence}`)}</Text>
					{state !== 'unknown' && <Text dimColor>{sanitize(`  decided by ${decidedBy}; it ${changes}`)}</Text>}
					{fix !== null && <Text>{sanitize(`  → ${fix}`)}</Text>}
				</Box>
			))}
		</Box>
	);
};
