import {expect, test} from 'vitest';
import {cacheSplit} from '../../../source/domain/spend/cache-split.ts';
import {emptyLedger} from '../../../source/domain/spend/ledger.ts';
import {ledgerOf, reply} from '../../support/builders.ts';

const opus = 'anthropic.claude-opus-5-5';
const haiku = 'anthropic.claude-haiku-5-5';
const ledger = ledgerOf(
	reply('a', {usage: {cacheWrite5m: 100, cacheWrite1h: 200}}),
	reply('b', {usage: {cacheWrite1h: 100}}),
	reply('c', {requestedModel: `global.${haiku}`, usage: {cacheWrite5m: 5}}),
);

test.each([
	['as the replies of the same model did here', undefined, ledger, opus, 0.75, false],
	['each model for itself', undefined, ledger, haiku, 0, false],
	["as Claude Code's default where that model wrote nothing here", undefined, ledger, 'other', 0, false],
	["as Claude Code's default where nobody knows the model", undefined, emptyLedger, undefined, 0, false],
	['all for an hour where the person says so', '1h', ledger, haiku, 1, true],
	['all for 5 minutes where the person says so', '5m', ledger, opus, 0, true],
] as const)('cache writes divide %s', (_, setting, replies, model, hourShare, isCertain) => {
	const split = cacheSplit(setting, replies);
	expect([split.hourShare(model), split.isCertain]).toEqual([hourShare, isCertain]);
});
