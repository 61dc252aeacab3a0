import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {quote} from '../../../source/domain/money/quote.ts';
import {usageOf} from '../../support/builders.ts';

/** Prices that other programs were reported to date wrongly: a reply's own day decides, in dollars from low to high. */
type Asked = {
	readonly model: string;
	readonly day: string;
	readonly scope?: 'global' | 'in-region';
	readonly usage?: object;
};
const million = 1_000_000;
const priceOf = ({model, day, scope = 'global', usage = {input: million, output: million}}: Asked) => {
	const quoted = quote(defaultBook, usageOf(usage), {model, scope, at: Date.parse(day)});
	return quoted.state === 'unpriced' ? quoted.reason.kind : [Number(quoted.low) / 1e12, Number(quoted.high) / 1e12];
};
const sonnet35 = 'anthropic.claude-3-5-sonnet-20240620-v1:0';
const sonnet4 = 'anthropic.claude-sonnet-4-20250514-v1:0';
const sonnet45 = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const opus41 = 'anthropic.claude-opus-4-1-20250805-v1:0';
const long = {input: 200_018};

test.each<[string, Asked, string | readonly [number, number]]>([
	[
		'the last day before extended access: posit-dev/positron#9339',
		{model: sonnet35, day: '2025-11-30T23:59:59.999Z', scope: 'in-region'},
		[18, 18],
	],
	[
		'twice as much from its first moment on: posit-dev/positron#9339',
		{model: sonnet35, day: '2025-12-01T00:00:00.000Z', scope: 'in-region'},
		[36, 36],
	],
	[
		'the price of Sonnet 5 at its beginning: danny-avila/LibreChat#14042',
		{model: 'claude-sonnet-5', day: '2026-07-01'},
		[12, 12],
	],
	[
		'and after the rise that was called off: awslabs/startups#269',
		{model: 'claude-sonnet-5', day: '2026-09-02'},
		[12, 12],
	],
	['not that of Sonnet 4: phuryn/claude-usage#181', {model: 'claude-sonnet-5', day: '2026-11-23'}, [12, 12]],
	[
		'a long prompt of Sonnet 4.5 while it was sold: pydantic/genai-prices#585',
		{model: sonnet45, day: '2026-04-29T23:59:59.999Z', usage: long},
		[1.200_108, 1.200_108],
	],
	[
		'none of 4.6 has a step: BerriAI/litellm#24474',
		{model: 'claude-sonnet-4-6', day: '2026-03-24', usage: long},
		[0.600_054, 0.600_054],
	],
	[
		'nor has Opus 4.6: pydantic/genai-prices#320',
		{model: 'claude-opus-4-6', day: '2026-03-24', usage: long},
		[1.000_09, 1.000_09],
	],
	['Sonnet 4 before extended access: browser-use/browser-use#5448', {model: sonnet4, day: '2026-07-13'}, [18, 18]],
	['a range in it, of which no source has the price', {model: sonnet4, day: '2026-07-14'}, [18, 36]],
	['Opus 4.1 too: theopenco/llmgateway#3229', {model: opus41, day: '2026-10-08', scope: 'in-region'}, [90, 180]],
	[
		'Opus 4.5 and later are not at the price of Opus 4.1: Lcharvol/Claude-God#1',
		{model: 'claude-opus-4-5-20251101', day: '2026-03-11'},
		[30, 30],
	],
	[
		'the cache reads of Fable 5.1 cost a fortieth: gwittebolle/claude-carbon#30',
		{model: 'claude-fable-5-1', day: '2026-09-07', usage: {cacheRead: million}},
		[0.25, 0.25],
	],
])('%s', (_, asked, expected) => expect(priceOf(asked)).toEqual(expected));
