import {describe, expect, test} from 'vitest';
import {type Bill, billedThrough, isClaudeOnBedrock} from '../../../source/domain/money/bill.ts';

const bill: Bill = {
	...{from: '2026-11-01', to: '2026-11-24', amount: 12_345_678_901_234_567_890n, isProvisional: true},
	days: new Map([
		['2026-11-03', 5n],
		['2026-11-21', -7n],
		['2026-11-02', 1n],
	]),
	models: [{service: 'Claude Opus 5.5 (Amazon Bedrock Edition)', amount: 5n}],
	...{askedAt: 1_795_000_000_000, currency: 'USD'},
};

test.each([
	['Claude Opus 5.5 (Amazon Bedrock Edition)', true],
	['Claude (Amazon Bedrock Edition)', true],
	['Amazon Bedrock', false],
	['Claudette (Amazon Bedrock Edition)', false],
	['My Claude Opus (Amazon Bedrock Edition)', false],
	['Claude Opus 5.5 (Amazon Bedrock Edition) support', false],
	['Claude Opus 5.5', false],
])('%s is Claude on Bedrock: %s', (service, expected) => expect(isClaudeOnBedrock(service)).toBe(expected));

describe('a bill says something', () => {
	test('up to its newest day, in whatever order the days came', () => expect(billedThrough(bill)).toBe('2026-11-21'));

	test('of no day at all while it has no entry', () => {
		expect(billedThrough({...bill, days: new Map()})).toBeUndefined();
	});
});
