import {expect, test} from 'vitest';
import {extendedAccessFrom, type Lifecycle, stageOf} from '../../../source/domain/models/lifecycle.ts';

/** The days of Opus 4.1: theopenco/llmgateway#3229. */
const opus41: Lifecycle = {
	...{model: 'anthropic.claude-opus-4-1-20250805-v1:0', status: 'legacy', region: 'us-east-1'},
	legacyAt: Date.UTC(2026, 6, 8),
	extendedAccessAt: Date.UTC(2026, 9, 8),
	endOfLifeAt: Date.UTC(2027, 0, 8),
};

test.each([
	['before all of it', {status: 'active'}, Date.UTC(2026, 5, 1), 'active'],
	['asked while it was active, on the day', {status: 'active'}, Date.UTC(2026, 6, 8), 'legacy'],
	['in Legacy', {}, Date.UTC(2026, 9, 7, 23), 'legacy'],
	['in extended access', {}, Date.UTC(2026, 9, 8), 'extended'],
	['at its end', {}, Date.UTC(2027, 0, 8), 'ended'],
	['without dates', {legacyAt: undefined, extendedAccessAt: undefined, endOfLifeAt: undefined}, 0, 'legacy'],
] as const)('%s', (_, changes, now, stage) => expect(stageOf({...opus41, ...changes}, now)).toBe(stage));

test.each([
	['its date', {}, Date.UTC(2026, 9, 8)],
	['never, of a model that is active', {status: 'active', extendedAccessAt: undefined}, Number.POSITIVE_INFINITY],
	['not known, of one in Legacy without a date', {extendedAccessAt: undefined}, undefined],
] as const)('extended access counts from: %s', (_, changes, from) => {
	expect(extendedAccessFrom({...opus41, ...changes})).toBe(from);
});
