import {Box, renderToString, Text} from 'ink';
import {Table} from 'ink-table';
import type {Overview} from '../domain/overview.ts';
import {type Check, routingChecks} from '../view/checks.ts';
import {refusalJson} from '../view/json.ts';
import {stringifySafely} from '../view/json-text.ts';
import {truncate} from '../view/line.ts';
import {sanitize} from '../view/sanitize.ts';

const columns = 400;
const widestCell = 110;

const marks: Readonly<Record<Check['state'], string>> = {
	pass: '✓ pass',
	warn: '▲ look',
	fail: '✗ fail',
	unknown: '? unknown',
};

const cell = (text: string) => truncate(sanitize(text), widestCell);

/** 1 where something is wrong, 2 where the proof itself is missing, 0 where all is well. */
const doctorCode = (checks: readonly Check[]): 0 | 1 | 2 => {
	if (checks.some(({state}) => state === 'fail')) return 1;
	const essential = checks.filter(({id}) => id === 'provider-switch' || id === 'reply-proof');
	return essential.some(({state}) => state === 'unknown') ? 2 : 0;
};

/** Every check with what it was judged by and what mends it, as JSON or as a table for a person. */
export const doctor = (overview: Overview, isJson: boolean): {readonly text: string; readonly code: 0 | 1 | 2} => {
	const checks = routingChecks(overview);
	const code = doctorCode(checks);
	if (isJson) {
		const {verdict, findings} = overview.judgement;
		const at = new Date(overview.now).toISOString();
		const json = {schema: 1, at, verdict, findings, checks, refusals: overview.refusals.map(refusalJson)};
		return {text: `${stringifySafely(json)}\n`, code};
	}
	const rows = checks.map(({state, title, evidence, fix}) => ({
		state: marks[state],
		check: cell(title),
		evidence: cell(evidence),
		fix: cell(fix ?? ''),
	}));
	const sheet = (
		<Box flexDirection="column">
			<Text bold>bedtop doctor: {overview.judgement.verdict}</Text>
			<Table data={rows} />
		</Box>
	);
	return {text: `${renderToString(sheet, {columns}).trimEnd()}\n`, code};
};
