import {describe, expect, test} from 'vitest';
import {fetchBill} from '../../../source/sources/cost-explorer/bill.ts';
import {awsAnswering, bodyOf} from '../../support/aws-answers.ts';

const now = Date.UTC(2026, 10, 23, 22);
const [opus, haiku] = ['Claude Opus 5.5 (Amazon Bedrock Edition)', 'Claude Haiku 5.5 (Amazon Bedrock Edition)'];
type Groups = Readonly<Record<string, string | undefined>>;
const day = (start: string, groups: Groups, isEstimated = false, unit = 'USD') => ({
	TimePeriod: {Start: start, End: start},
	Estimated: isEstimated,
	Groups: Object.entries(groups).map(([service, amount]) => ({
		Keys: [service],
		Metrics: amount === undefined ? {} : {UnblendedCost: {Amount: amount, Unit: unit}},
	})),
});

/** Cost Explorer with those pages as answers, through the real client. */
const costExplorer = (...pages: readonly object[]) => {
	const asked: Record<string, unknown>[] = [];
	const aws = awsAnswering(request => {
		const page = pages[asked.length] ?? {};
		asked.push(bodyOf(request));
		return Response.json(page);
	});
	return {asked, bill: () => fetchBill(aws, now, new AbortController().signal)};
};

describe('the bill of the month so far', () => {
	test('asks for the first of the month to tomorrow, in UTC, by service and day', async () => {
		const {asked, bill} = costExplorer({ResultsByTime: []});
		expect(await bill()).toEqual({
			...{from: '2026-11-01', to: '2026-11-24', amount: 0n, days: new Map(), models: []},
			...{isProvisional: false, askedAt: now, currency: 'USD'},
		});
		expect(asked).toMatchObject([
			{
				...{TimePeriod: {Start: '2026-11-01', End: '2026-11-24'}, Granularity: 'DAILY', Metrics: ['UnblendedCost']},
				GroupBy: [{Type: 'DIMENSION', Key: 'SERVICE'}],
			},
		]);
	});

	test('is the sum of Claude alone, by day and by model, the dearest first', async () => {
		const {bill} = costExplorer({
			ResultsByTime: [
				day('2026-11-01', {[haiku]: '0.5', [opus]: '1.000000000001', 'Amazon Bedrock': '99'}),
				day('2026-11-02', {[opus]: '2', [haiku]: undefined}, true),
				day('2026-11-03', {'Amazon Bedrock': '99'}),
			],
		});
		expect(await bill()).toMatchObject({
			amount: 3_500_000_000_001n,
			days: new Map([
				['2026-11-01', 1_500_000_000_001n],
				['2026-11-02', 2_000_000_000_000n],
			]),
			models: [
				{service: opus, amount: 3_000_000_000_001n},
				{service: haiku, amount: 500_000_000_000n},
			],
			isProvisional: true,
		});
	});

	test('is in the currency of the account, and final where only other days are estimates', async () => {
		const {bill} = costExplorer({
			ResultsByTime: [day('2026-11-01', {[opus]: '1'}, false, 'EUR'), day('2026-11-02', {'Amazon Bedrock': '1'}, true)],
		});
		expect(await bill()).toMatchObject({currency: 'EUR', isProvisional: false});
	});

	test('reads three pages and pays for no more', async () => {
		const page = (next: string | undefined) => ({
			ResultsByTime: [day('2026-11-01', {[opus]: '1'})],
			NextPageToken: next,
		});
		const {asked, bill} = costExplorer(page('b'), page('c'), page('d'), page(undefined));
		expect((await bill()).amount).toBe(3_000_000_000_000n);
		expect(asked.map(({NextPageToken}) => NextPageToken)).toEqual([undefined, 'b', 'c']);
	});

	test.each([
		['an amount that is no number', {ResultsByTime: [day('2026-11-01', {[opus]: 'much'})]}, /no number/],
		['no content', {}, /GetCostAndUsage answered without content/],
	])('is none with %s', async (_, page, message) => {
		await expect(costExplorer(page).bill()).rejects.toThrow(message);
	});
});
