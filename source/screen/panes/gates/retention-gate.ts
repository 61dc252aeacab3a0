import {answersUnder, askedRetention} from '../../../domain/models/retention.ts';
import type {Prerequisites} from '../../../domain/refusals/prerequisites.ts';
import {shortModel} from '../../text/model-name.ts';
import type {GateVerdict} from './gate.ts';

type Account = Pick<Prerequisites, 'retention' | 'region'>;

/** Modes under which calls of every model are kept or shared, whether or not a model asks for it. */
const shares: Readonly<Record<string, string>> = {
	aws_review: 'AWS keeps calls for review',
	provider_data_share: "calls are shared with the model's provider",
};

/** Whether the account lets Bedrock keep what a model asks to keep. */
export const retentionGate = (model: string, {retention, region}: Account): GateVerdict => {
	if (retention === undefined) return {state: 'unknown', evidence: 'not asked', fix: null};
	if (retention.state === 'unknown') {
		return {state: 'unknown', evidence: retention.reason ?? 'left out of the recording', fix: retention.fix};
	}
	const mode = retention.value;
	const name = shortModel(model);
	const asked = askedRetention(model)?.join(' or ');
	const answers = answersUnder(model, mode);
	if (answers === undefined) {
		const evidence = `the mode in ${region} is ${mode}; which one ${name} asks for is not known`;
		return {state: 'unknown', evidence, fix: null};
	}
	if (answers) {
		const note = shares[mode] === undefined ? '' : `: ${shares[mode]}`;
		return {state: 'pass', evidence: `${name} answers under ${mode}, the mode in ${region}${note}`, fix: null};
	}
	const evidence = `${name} asks for ${asked}; the mode in ${region} is ${mode}`;
	const fix = `ask who decides on it whether the account's data retention in ${region} may be ${asked}, or call another model`;
	return {state: 'fail', evidence, fix};
};
