import type {Refusal} from '../domain/refusals/refusals.ts';
import {isBehindGateway} from '../domain/routing/routing.ts';
import type {Budget} from '../domain/spend/budget.ts';
import {routingChecks} from '../screen/panes/checks.ts';
import {formatTime, formatUsd} from '../screen/text/format.ts';
import {shortModel} from '../screen/text/model-name.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {failingFix, failureWords} from '../screen/words/failure.ts';
import {fanOutFix, fanOutWords} from '../screen/words/fan-out.ts';
import {routingFindingWords} from '../screen/words/routing-finding.ts';
import {answeredAt, isPartlyUnread} from '../state/health.ts';
import type {Overview} from '../state/overview.ts';

/** A verdict for scripts: 0 all well, 1 violated, 2 could not tell; and a sentence for each thing that is wrong. */
export type Verdict = {readonly code: 0 | 1 | 2; readonly sentences: readonly string[]};

/** A warning is worth a sentence and nothing more; what is neither that nor a violation could not be told. */
type Finding = {readonly isViolation: boolean; readonly isWarning?: true; readonly sentence: string};

const options = {day: '--budget', month: '--budget-month'} as const;

/** Bedrock answered, but whose: no record of CloudTrail shows the calls in an account that can be asked. */
const behindGateway = ({sessions}: Overview): Finding => {
	const hosts = sessions.filter(isBehindGateway).map(({gateway}) => gateway?.host ?? gateway?.variable);
	const through = [...new Set(hosts)].join(', ');
	const fix = 'ask CloudTrail of the account behind it, with --profile and --region, or call an endpoint of AWS itself';
	return {
		isViolation: false,
		sentence: `routing: Bedrock answers through the gateway ${through}, in an account that nothing here proves → ${fix}`,
	};
};

const routing = (overview: Overview): readonly Finding[] => {
	const {judgement} = overview;
	const fix = routingChecks(overview).find(
		({id, fix}) => (id === 'reply-proof' || id === 'provider-switch') && fix !== null,
	)?.fix;
	const mend = fix === undefined ? '' : ` → ${fix}`;
	const why = judgement.findings.length === 0 ? '' : `: ${judgement.findings.map(routingFindingWords).join('; ')}`;
	switch (judgement.verdict) {
		case 'bedrock':
			return judgement.isAccountUnproven ? [behindGateway(overview)] : [];
		case 'unproven':
			return [
				{
					isViolation: false,
					sentence: `routing: not proven, no reply seen in the window${why} → send a prompt, or look further back with --since`,
				},
			];
		case 'mixed':
			return [
				{isViolation: true, sentence: `routing: some sessions are answered from elsewhere than Bedrock${why}${mend}`},
			];
		case 'not-bedrock':
			return [{isViolation: true, sentence: `routing: replies do not come from Bedrock${why}${mend}`}];
	}
};

/** What mends a refusal, in a line: a policy has too many. */
const remedy = ({fix}: Refusal): string => {
	if (fix === undefined) return '';
	const more = fix.policy === null ? fix.command : 'bedtop doctor';
	return ` → ${fix.text}${more === null ? '' : ` (${more})`}`;
};

const refused = ({refusals}: Overview): readonly Finding[] =>
	refusals.map(refusal => {
		const {cause, model, count, lastAt, caller, denial} = refusal;
		const what = model === undefined ? (denial.action ?? 'a model') : shortModel(model);
		const who = caller === undefined ? '' : `, ${caller}`;
		const sentence = `refused: ${what} ×${count}, ${cause}${who}, last at ${formatTime(lastAt)}${remedy(refusal)}`;
		return {isViolation: true, sentence};
	});

/** Failed calls violate nothing, unless there are no others any more. */
const failing = ({failingSince, refusals, failures}: Overview): readonly Finding[] => {
	if (failingSince === undefined || refusals.length > 0) return [];
	const what = failures.map(failureWords).join('; ');
	const sentence = `failing: no call has been answered since ${formatTime(failingSince)}: ${what} → ${failingFix}`;
	return [{isViolation: true, sentence}];
};

const budget = ({period, level, spent, limit, unpricedCalls}: Budget): readonly Finding[] => {
	const sum = `${formatUsd(spent)} of ${formatUsd(limit)} this ${period}`;
	if (level === 'over')
		return [
			{
				isViolation: true,
				sentence: `budget: exceeded, ${sum} → spend less, or set another limit with ${options[period]}`,
			},
		];
	if (unpricedCalls === 0) return [];
	return [{isViolation: false, sentence: `budget: ${sum}, but ${unpricedCalls} unpriced replies are not in it`}];
};

/** A violation only of what the person has asked for: nobody's pipeline is to fail by a limit that came with the program. */
const fannedOut = ({fanOuts}: Overview): readonly Finding[] =>
	fanOuts.map(fanOut => {
		const {cwd, sessionId, isChosen} = fanOut;
		const sentence = `agents: ${fanOutWords(fanOut)}, ${cwd ?? sessionId} → ${fanOutFix}`;
		return isChosen ? {isViolation: true, sentence} : {isViolation: false, isWarning: true, sentence};
	});

/** What of the transcripts could not be read. */
const unread = ({state}: Overview): readonly Finding[] => {
	const couldNot = (what: string) => [{isViolation: false, sentence: `transcripts: ${what}`}];
	if (answeredAt(state, 'transcripts') === undefined)
		return couldNot('could not be read, so spend and local refusals are unknown');
	return isPartlyUnread(state) ? couldNot('some cannot be read, so spend and local refusals are not complete') : [];
};

/** Judges one round. What could not be seen is not well: without an answer to a question the verdict is 2. */
export const check = (overview: Overview): Verdict => {
	const findings = [
		...unread(overview),
		...routing(overview),
		...refused(overview),
		...failing(overview),
		...overview.budgets.flatMap(budget),
		...fannedOut(overview),
	];
	const sentences = findings.map(({sentence}) => sanitize(sentence));
	if (findings.some(({isViolation}) => isViolation)) return {code: 1, sentences};
	return {code: findings.some(({isWarning}) => isWarning !== true) ? 2 : 0, sentences};
};
