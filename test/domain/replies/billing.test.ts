import {expect, test} from 'vitest';
import {readBilling} from '../../../source/domain/replies/billing.ts';
import {usageOf} from '../../support/builders.ts';

const flat = {input_tokens: 10, output_tokens: 20};
const run = (input: number, output: number, more = {}) => ({input_tokens: input, output_tokens: output, ...more});

test.each([
	['nothing but tokens', {}, {}],
	['the standard tier', {service_tier: 'standard', speed: 'standard', inference_geo: ''}, {}],
	['another tier', {service_tier: 'priority'}, {serviceTier: 'priority'}],
	['fast mode', {service_tier: 'standard', speed: 'fast'}, {serviceTier: 'fast'}],
	['kept in the US', {inference_geo: 'us'}, {isInUs: true}],
	['anywhere else', {inference_geo: 'global'}, {}],
	['web searches', {server_tool_use: {web_search_requests: 3}}, {webSearches: 3}],
	['a negative cache counter', {cache_read_input_tokens: -5}, {unreadable: true}],
	['a fraction of a token', {cache_creation_input_tokens: 1.5}, {unreadable: true}],
	['a counter in words', {cache_creation: {ephemeral_1h_input_tokens: 'many'}}, {unreadable: true}],
	['a split that is none', {cache_creation: 'x'}, {unreadable: true}],
	['no cache counters, or null', {cache_read_input_tokens: null}, {}],
	['no output tokens', {output_tokens: undefined}, {incomplete: true, usage: usageOf({input: 10})}],
	['a single run', {iterations: [run(10, 20)]}, {}],
	[
		'a run that compacted',
		{iterations: [run(500, 90, {type: 'compaction'}), run(10, 20)]},
		{usage: usageOf({input: 510, output: 110})},
	],
	['a run of another model', {iterations: [run(10, 20), run(1, 1, {model: 'claude-opus-5'})]}, {lowerBound: true}],
	['a run with a broken counter', {iterations: [run(10, 20, {cache_read_input_tokens: '?'})]}, {unreadable: true}],
	['no list of runs', {iterations: 'x'}, {}],
])('%s', (_, usage, expected) => {
	expect(readBilling({...flat, ...usage}, {model: 'claude-opus-5-5'})).toEqual({
		...{usage: usageOf({input: 10, output: 20}), lowerBound: false},
		...expected,
	});
});
