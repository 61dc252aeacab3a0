import type {Budget} from '../domain/spend/budget.ts';
import {formatTime, formatUsd} from '../screen/text/format.ts';
import {shortModel} from '../screen/text/model-name.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {routingFindingWords} from '../screen/words/routing-finding.ts';
import {answeredAt} from '../state/health.ts';
import type {Overview} from '../state/overview.ts';

/** A verdict for scripts: 0 all well, 1 violated, 2 could not tell; and a sentence for each thing that is wrong. */
export type Verdict = {readonly code: 0 | 1 | 2; readonly sentences: readonly string[]};

type Finding = {readonly isViolation: boolean; readonly sentence: string};

const routing = ({judgement}: Overview): readonly Finding[] => {
	const why = judgement.findings.length === 0 ? '' : `: ${judgement.findings.map(routingFindingWords).join('; ')}`;
	switch (judgement.verdict) {
		case 'bedrock':
			return [];
		case 'unproven':
			return [{isViolation: false, sentence: `routing: not proven, no reply seen in the window${why}`}];
		case 'mixed':
			return [{isViolation: true, sentence: `routing: some sessions are answered from elsewhere than Bedrock${why}`}];
		case 'not-bedrock':
			return [{isViolation: true, sentence: `routing: replies do not come from Bedrock${why}`}];
	}
};

const refused = ({refusals}: Overview): readonly Finding[] =>
	refusals.map(({cause, model, count, lastAt, caller}) => ({
		isViolation: true,
		sentence: `refused: ${model === undefined ? 'a model' : shortModel(model)} ×${count}, ${cause}${caller === undefined ? '' : `, ${caller}`}, last at ${formatTime(lastAt)}`,
	}));

const budget = ({period, level, spent, limit, unpricedCalls}: Budget): readonly Finding[] => {
	const sum = `${formatUsd(spent)} of ${formatUsd(limit)} this ${period}`;
	if (level === 'over') return [{isViolation: true, sentence: `budget: exceeded, ${sum}`}];
	if (unpricedCalls === 0) return [];
	return [{isViolation: false, sentence: `budget: ${sum}, but ${unpricedCalls} unpriced replies are not in it`}];
};

/** Judges one round. What could not be seen is not well: without an answer to a question the verdict is 2. */
export const check = (overview: Overview): Verdict => {
	const hasTranscripts = answeredAt(overview.state, 'transcripts') !== undefined;
	const blind: readonly Finding[] = hasTranscripts
		? []
		: [{isViolation: false, sentence: 'transcripts: could not be read, so spend and local refusals are unknown'}];
	const findings = [...blind, ...routing(overview), ...refused(overview), ...overview.budgets.flatMap(budget)];
	const sentences = findings.map(({sentence}) => sanitize(sentence));
	if (findings.some(({isViolation}) => isViolation)) return {code: 1, sentences};
	return {code: findings.length > 0 ? 2 : 0, sentences};
};
