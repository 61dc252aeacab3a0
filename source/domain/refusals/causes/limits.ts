import type {CauseRows} from './row.ts';
import {say} from './situation.ts';

const inQuotas = ' in Service Quotas';

/** Nobody forbids the call: a limit was reached. */
export const limits = {
	quota: {
		rank: 110,
		phrases: [{words: /tokens per day|daily (?:token )?(?:quota|limit)|exceeds? the service quota/i}],
		codes: [{words: /^(?:ServiceQuotaExceeded|LimitExceeded)$/}],
		label: 'daily quota used up',
		meaning: "The account's tokens of the day are used up.",
		standard: 'Too many tokens per day',
		short: 'Call another model, or request more tokens per day',
		fix: ({words}) =>
			say(`Call another model for now, or request more tokens per day for ${words.model}${words.where}${inQuotas}.`),
		isLimit: true,
	},
	throttled: {
		rank: 120,
		phrases: [
			{words: /too many (?:requests|tokens|connections)|rate exceeded|request rate is too high/i},
			{words: /model is not ready/i},
		],
		codes: [{words: /^(?:Throttl|TooManyRequests$|ModelNotReady$|RequestLimitExceeded$)/}],
		label: 'throttled',
		meaning: "There were more requests or tokens in a minute than the account's quota allows.",
		standard: 'Too many requests, please wait before trying again',
		short: 'Slow down, or request a higher quota in Service Quotas',
		fix: ({words}) => say(`Slow down, or request a higher quota for ${words.model}${words.where}${inQuotas}.`),
		isLimit: true,
	},
	/** What a gateway answers in place of AWS: AWS's own words for a limit are read as its too. */
	'gateway-cap': {
		rank: 108,
		phrases: [
			{
				words:
					/budget has been exceeded|budget[_ ]exceeded|exceeded ?budget|max parallel request limit|spend[_ ]limit/i,
			},
		],
		label: 'limit of the gateway',
		meaning: 'The gateway between Claude Code and Bedrock allows no more calls for now; AWS was not asked.',
		standard: 'Budget has been exceeded',
		short: 'Wait, or ask who runs the gateway for a higher limit',
		fix: ({words}) => say(`Wait until the limit resets, or ask who runs ${words.gateway} for a higher one.`),
		isLimit: true,
	},
} as const satisfies CauseRows;
