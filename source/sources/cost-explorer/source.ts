import type {Bill} from '../../domain/money/bill.ts';
import {usdNumber} from '../../domain/money/money.ts';
import {readField} from '../../state/fields/field.ts';
import {defineSource, explainer} from '../source.ts';
import {fetchBill} from './bill.ts';
import {billField} from './field.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly 'cost-explorer': Bill;
	}
}

const sixHoursMs = 6 * 3_600_000;
const dayMs = 86_400_000;
const retryMs = 10 * 60_000;
/** https://aws.amazon.com/aws-cost-management/pricing/ */
const requestPrice = 10_000_000_000n;
const actions = ['ce:GetCostAndUsage'];

/** Half of what watching may cost is for Cost Explorer, whose looks cost a cent each; never more than four a day. */
const billEveryMs = (capUsd: number) => Math.max(sixHoursMs, (dayMs * usdNumber(requestPrice)) / (capUsd / 2));

/** What AWS billed, from the disk while that is fresh enough: every look costs $0.01, restarts included. */
export const costExplorer = defineSource({
	name: 'cost-explorer',
	scope: 'once',
	isOn: ({hasAws, hasCostExplorer, watchCap}) => hasAws && hasCostExplorer && watchCap > 0n,
	needs: ({slices}, {purpose}) => slices.identity !== undefined || purpose !== 'watch',
	// The source itself says when a look is due.
	pace: {everyMs: 60_000, maxDelayMs: sixHoursMs},
	round: [['identity']],
	requests: {'ce:GetCostAndUsage': requestPrice},
	permissions: [{sid: 'Bill', actions}],
	slice: billField,
	open(context) {
		const {aws, now, getState, cache} = context;
		const everyMs = billEveryMs(usdNumber(context.options.watchCap));
		let nextAt = Number.NEGATIVE_INFINITY;
		let failure: unknown;
		const ask = async (signal: AbortSignal): Promise<Bill> => {
			try {
				nextAt = now() + retryMs;
				const bill = await fetchBill(aws, now(), signal);
				[nextAt, failure] = [bill.askedAt + everyMs, undefined];
				return bill;
			} catch (error) {
				failure = error;
				throw error;
			}
		};
		return {
			async read(dispatch, signal) {
				const account = getState().slices.identity?.accountId;
				const name = `bill-${account}`;
				const kept = account === undefined ? undefined : readField(billField, await cache.read(name));
				const isFresh = kept !== undefined && kept.askedAt <= now() && now() - kept.askedAt < everyMs;
				if (isFresh) {
					nextAt = kept.askedAt + everyMs;
					dispatch({type: 'slice', source: 'cost-explorer', value: kept});
					return;
				}
				// However often the person asks for fresh data: this one is paid for.
				if (now() < nextAt) {
					if (failure !== undefined) throw failure;
					return;
				}
				const bill = await ask(signal);
				dispatch({type: 'slice', source: 'cost-explorer', value: bill});
				if (account !== undefined) await cache.write(name, bill);
			},
			explain: explainer({service: 'Cost Explorer', actions}, context),
			dueInMs: () => Math.max(0, nextAt - now()),
		};
	},
});
