import type {Check} from '../screen/panes/check.ts';
import {routingChecks} from '../screen/panes/checks.ts';
import {modelGates} from '../screen/panes/gates/gates.ts';
import {formatTime} from '../screen/text/format.ts';
import {truncate} from '../screen/text/line.ts';
import {calledModel} from '../screen/text/model-name.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {failureWords} from '../screen/words/failure.ts';
import {routingFindingWords} from '../screen/words/routing-finding.ts';
import type {Overview} from '../state/overview.ts';
import {doctorGates} from './doctor-gates.ts';
import {failureJson, refusalJson} from './json/json.ts';
import {stringifySafely} from './json/json-text.ts';
import {heading, sheet, table} from './sheet.ts';

/** A table is as wide as its cells: evidence is cut so that it fits, but never below this. */
const leastEvidence = 24;
const frame = 10;

const marks: Readonly<Record<Check['state'], string>> = {
	pass: '✓ pass',
	warn: '▲ look',
	fail: '✗ fail',
	unknown: '? unknown',
};

/** 1 where something is wrong, 2 where the proof itself is missing or of no known account, 0 where all is well. */
const doctorCode = (checks: readonly Check[], {judgement}: Overview): 0 | 1 | 2 => {
	if (checks.some(({state}) => state === 'fail')) return 1;
	if (judgement.isAccountUnproven) return 2;
	const essential = checks.filter(({id}) => id === 'provider-switch' || id === 'reply-proof');
	return essential.some(({state}) => state === 'unknown') ? 2 : 0;
};

/** Every check with what it was judged by and what mends it, as JSON or as a table for a person. */
export const doctor = (
	overview: Overview,
	{isJson, columns}: {readonly isJson: boolean; readonly columns: number},
): {readonly text: string; readonly code: 0 | 1 | 2} => {
	const checks = routingChecks(overview);
	const gates = modelGates(overview);
	const code = doctorCode(checks, overview);
	if (isJson) {
		const {verdict} = overview.judgement;
		const findings = overview.judgement.findings.map(routingFindingWords);
		const at = new Date(overview.now).toISOString();
		const json = {
			schema: 1,
			at,
			verdict,
			findings,
			checks,
			gates,
			refusals: overview.refusals.map(refusalJson),
			failures: overview.failures.map(failureJson),
		};
		return {text: `${stringifySafely(json)}\n`, code};
	}
	const widest = (texts: readonly string[]) => Math.max(...texts.map(text => text.length));
	const taken = widest(Object.values(marks)) + widest(checks.map(({title}) => title)) + frame;
	const rows = checks.map(({state, title, evidence}) => ({
		state: marks[state],
		check: title,
		evidence: truncate(sanitize(evidence), Math.max(leastEvidence, columns - taken)),
	}));
	const broken = checks.filter(({state, fix}) => state !== 'pass' || fix !== null);
	const policies = overview.refusals.flatMap(({model, fix}) => {
		if (fix?.policy === undefined || fix.policy === null) return [];
		const title = `Policy that allows ${calledModel(model, overview.state.resolutions)}`;
		return [{title: sanitize(title), json: JSON.stringify(fix.policy, undefined, 2)}];
	});
	const failures = overview.failures.map(failure =>
		sanitize(`${failureWords(failure)}, last at ${formatTime(failure.lastAt)}: ${failure.message}`),
	);
	const text = sheet([
		[heading(`bedtop doctor: ${overview.judgement.verdict}`), ...table(rows)],
		...broken.map(({state, title, evidence, fix}) => [
			heading(`${marks[state].slice(0, 1)} ${title}`),
			sanitize(evidence),
			...(fix === null ? [] : [`→ ${sanitize(fix)}`]),
		]),
		doctorGates(gates),
		failures.length === 0 ? [] : [heading('Calls that failed, though nobody refused them'), ...failures],
		...policies.map(({title, json}) => [heading(title), ...json.split('\n')]),
	]);
	return {text, code};
};
