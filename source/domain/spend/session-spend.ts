import {type Amount, addPosting, noAmount} from '../money/amount.ts';
import type {Ledger} from './ledger.ts';

/** What one session's replies come to: Bedrock's, and those that are proven or may be somebody else's. */
export type SessionSpend = {readonly bedrock: Amount; readonly elsewhere: Amount; readonly unproven: Amount};

/** The replies of a session since then (epoch ms), its subagents' included, by who answered; never added together. */
export const sessionSpend = (ledger: Ledger, sessionId: string, since: number): SessionSpend => {
	let [bedrock, elsewhere, unproven] = [noAmount, noAmount, noAmount];
	for (const posting of ledger.values()) {
		const {turn} = posting;
		if (turn.sessionId !== sessionId || turn.at < since) continue;
		if (turn.provider === 'bedrock') bedrock = addPosting(bedrock, posting);
		else if (turn.provider === 'unknown') unproven = addPosting(unproven, posting);
		else elsewhere = addPosting(elsewhere, posting);
	}
	return {bedrock, elsewhere, unproven};
};
