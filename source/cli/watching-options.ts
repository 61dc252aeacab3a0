import type {CacheLifetime} from '../domain/spend/cache-split.ts';
import type {OptionRow} from './option-row.ts';
import {discount} from './structured-settings.ts';
import {chosenWindow, dollars, interval, oneOf, patience, region, text} from './value-kinds.ts';

const lifetimes: readonly CacheLifetime[] = ['5m', '1h'];

/** Where Bedrock has Claude and people have their accounts; any other region can be typed as well. */
const usualRegions = [
	...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
	...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
	...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** The options about what is watched, for how long and at which price. */
export const watchingOptions = {
	region: {
		kind: 'values',
		of: region,
		as: 'regions',
		words: 'region to watch',
		more: ", repeatable; default: where Claude Code's sessions are configured for, then the SDK's own",
		value: 'R',
		completion: usualRegions,
		setting: "Regions to watch. Default: where Claude Code's sessions are configured for, then the SDK's own.",
		also: ['doctor', 'prices'],
	},
	profile: {
		kind: 'value',
		of: text,
		as: 'profile',
		words: 'profile of ~/.aws',
		value: 'P',
		setting: 'Profile of ~/.aws.',
		also: ['doctor', 'prices'],
	},
	claudeDir: {
		kind: 'values',
		of: text,
		as: 'claudeDirectories',
		words: "Claude Code's folder",
		more: ', repeatable; default: CLAUDE_CONFIG_DIR, else ~/.claude',
		value: 'DIR',
		completion: 'directory',
		setting: "Claude Code's folders. Default: CLAUDE_CONFIG_DIR, else ~/.claude.",
		also: ['doctor', 'status'],
	},
	since: {
		kind: 'value',
		of: chosenWindow,
		as: 'since',
		words: 'window',
		more: '; default: since local midnight for spend, 1h for the feed',
		value: '24h',
		completion: ['1h', '24h', '7d', '30d', 'today', 'month'],
		alone: 'how far to look back',
		setting:
			'Window, 400d at most; or today, month, or the day it begins. Default: since local midnight for spend, 1h for the feed.',
	},
	refresh: {
		kind: 'value',
		of: interval,
		fallback: '60',
		as: 'refreshMs',
		words: 'how often AWS is asked',
		more: ', at least 15; default 60',
		value: 'SECONDS',
		setting: 'How often AWS is asked, seconds.',
	},
	timeout: {
		kind: 'value',
		of: patience,
		fallback: '25',
		as: 'timeoutMs',
		words: 'what has not answered by then is left out of one round',
		more: '; default 25',
		value: 'SECONDS',
		setting: 'The longest that one round may take, seconds. Default: 25.',
		also: ['doctor'],
	},
	aws: {
		kind: 'off-switch',
		as: 'hasAws',
		words: 'this machine only',
		setting: 'Whether AWS is asked at all.',
		also: ['doctor', 'policy'],
	},
	budget: {
		kind: 'value',
		of: dollars,
		words: 'what a local day may cost',
		more: '; --budget-month USD for the month',
		value: 'USD',
		setting: 'What a local day may cost, US dollars.',
	},
	budgetMonth: {
		kind: 'value',
		of: dollars,
		words: 'what a month may cost',
		value: 'USD',
		place: 'unlisted',
		setting: 'What a month may cost, US dollars.',
	},
	prices: {
		kind: 'value',
		of: text,
		as: 'pricesFile',
		words: 'prices of your own',
		more: ' (JSON, as "prices --json" prints them)',
		value: 'FILE',
		completion: 'file',
		setting: 'A file with prices of your own, as `bedtop prices --json` prints them.',
		also: ['prices'],
	},
	costExplorer: {
		kind: 'switch',
		as: 'hasCostExplorer',
		words: 'show the bill too',
		more: ': every look costs $0.01, at most one in 6 h',
		setting: 'Show the bill too: every look costs $0.01, at most one in 6 h.',
		also: ['policy'],
	},
	maxWatchCost: {
		kind: 'value',
		of: dollars,
		fallback: '0.10',
		as: 'watchCap',
		words: "the most that bedtop's own requests may cost in a day",
		more: '; default 0.10',
		value: 'USD',
		setting: "The most that bedtop's own requests may cost in a day, US dollars. Default: 0.10.",
		also: ['policy'],
	},
	history: {
		kind: 'off-switch',
		as: 'hasHistory',
		words: 'keep nothing, and read nothing that was kept',
		setting: 'Whether replies are kept on this machine, so that they outlive the transcripts.',
		also: ['doctor'],
	},
	discount: {
		kind: 'setting',
		of: discount,
		as: 'discounts',
		words: '',
		setting: 'What is taken off list prices, percent.',
	},
	cacheWrites: {
		kind: 'value',
		of: oneOf(lifetimes, '5m or 1h'),
		isFileOnly: true,
		as: 'cacheLifetime',
		words: '',
		setting:
			'How long Claude Code asks the cache to keep what it writes: CloudWatch does not tell the two prices apart.',
	},
} as const satisfies Readonly<Record<string, OptionRow>>;
