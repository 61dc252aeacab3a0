import {refusalWords} from '../../screen/panes/trouble.ts';
import {formatSpan} from '../../screen/text/format.ts';
import {calledModel} from '../../screen/text/model-name.ts';
import {answeredAt, statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {freshRefusalMs, type Status} from '../../state/status.ts';

/** An ARN that nobody could resolve names the account it lies in. */
const withoutAccount = (model: string) => model.replace(/\d{12}/g, '…');

const refusalOf = ({refusals, now, state: {resolutions}}: Overview): Status['refusal'] => {
	const [newest] = refusals.filter(({lastAt}) => lastAt > now - freshRefusalMs).sort((a, b) => b.lastAt - a.lastAt);
	if (newest === undefined) return undefined;
	const model = newest.model === undefined ? undefined : withoutAccount(calledModel(newest.model, resolutions));
	return {model, words: refusalWords(newest), at: newest.lastAt};
};

const sumOf = ({amount, low, high, calls, unpricedCalls, unpricedTokens, lowerBound}: Overview['spend']['local']) => ({
	...{amount, low, high, calls, unpricedCalls, unpricedTokens, lowerBound},
});

/** What is worth a line, from everything that is known. */
export const statusOf = (overview: Overview): Status => {
	const {state, judgement, spend, burn, failingSince} = overview;
	const isRead = answeredAt(state, 'transcripts') !== undefined;
	return {
		// A line has no room for which half is proven.
		verdict: judgement.verdict === 'bedrock' && judgement.isAccountUnproven ? 'unproven' : judgement.verdict,
		isFailing: failingSince === undefined ? undefined : true,
		spent: isRead ? sumOf(spend.local) : undefined,
		isUnread: !isRead && statusesOf(state, 'transcripts').some(({problem}) => problem !== undefined),
		window: formatSpan(state.spanMs, state.begins),
		burn,
		refusal: refusalOf(overview),
	};
};
