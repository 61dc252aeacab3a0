import {
	CostExplorerClient,
	GetCostAndUsageCommand,
	type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer';
import {describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../../source/demo/aws/handler.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {hour, openedAt, startAt} from '../opened.ts';

const opus = 'Claude Opus 5.5 (Amazon Bedrock Edition)';

const period = (Start: string, End: string) => ({TimePeriod: {Start, End}});

const ask = async (more: Partial<GetCostAndUsageCommandInput>, config: object = openedAt(startAt).config) => {
	const input = {
		...period('2026-11-01', '2026-11-24'),
		Granularity: 'DAILY' as const,
		Metrics: ['UnblendedCost'],
		GroupBy: [{Type: 'DIMENSION' as const, Key: 'SERVICE'}],
		...more,
	};
	return (await new CostExplorerClient(config).send(new GetCostAndUsageCommand(input))).ResultsByTime ?? [];
};

type Day = Awaited<ReturnType<typeof ask>>[number];

const usd = ({Groups = []}: Day, service: string): number =>
	Number(Groups.find(({Keys}) => Keys?.[0] === service)?.Metrics?.UnblendedCost?.Amount);
const total = ({Groups = []}: Day): number =>
	Groups.reduce((sum, {Metrics}) => sum + Number(Metrics?.UnblendedCost?.Amount), 0);
const namesOf = ({Groups = []}: Day) => Groups.flatMap(({Keys}) => Keys ?? []);

test('one entry per day, each with its services under the names of the bill', async () => {
	const days = await ask(period('2026-11-01', '2026-11-23'));
	expect(days.map(({TimePeriod}) => TimePeriod?.Start)).toEqual(
		Array.from({length: 22}, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`),
	);
	expect(days[8]?.TimePeriod).toEqual({Start: '2026-11-09', End: '2026-11-10'});
	for (const day of days) {
		expect(namesOf(day)).toEqual(
			expect.arrayContaining([opus, 'Claude Haiku 4.5 (Amazon Bedrock Edition)', 'Amazon Bedrock', 'AmazonCloudWatch']),
		);
		for (const {Metrics} of day.Groups ?? []) {
			expect(Metrics?.UnblendedCost).toEqual({Amount: expect.stringMatching(/^\d+\.\d{10}$/), Unit: 'USD'});
		}
	}
	// Tax is charged once a month.
	expect(days.filter(day => namesOf(day).includes('Tax')).map(({TimePeriod}) => TimePeriod?.Start)).toEqual([
		'2026-11-01',
	]);
});

test('the last two days are estimates; today and what comes has nothing yet', async () => {
	const days = await ask(period('2026-11-18', '2026-11-26'));
	expect(days.map(({Estimated, Groups}) => [Estimated, (Groups ?? []).length > 0])).toEqual([
		[false, true],
		[false, true],
		[false, true],
		[true, true],
		[true, true],
		[true, false],
		[true, false],
		[true, false],
	]);
	expect(days.at(-1)).toMatchObject({Groups: [], Total: {UnblendedCost: {Amount: '0', Unit: 'USD'}}});
});

test('a day costs the same whoever asks and when, and not the same as another', async () => {
	const days = await ask(period('2026-10-20', '2026-11-23'));
	expect(await ask(period('2026-10-20', '2026-11-23'))).toEqual(days);
	expect(await ask(period('2026-11-10', '2026-11-11'))).toEqual([days[21]]);
	const handler = createRequestHandler(createWorld({seed: 4, startAt: startAt + 40 * hour}), {now: () => startAt});
	const other = {...openedAt(startAt).config, requestHandler: handler as never};
	expect(await ask(period('2026-10-20', '2026-11-23'), other)).toEqual(days);
	expect(new Set(days.map(day => usd(day, opus))).size).toBe(days.length);
	// A day on, the day that was today has its figures.
	expect(namesOf((await ask(period('2026-11-23', '2026-11-24')))[0] as Day)).toEqual([]);
	const later = await ask(period('2026-11-23', '2026-11-24'), openedAt(startAt + 24 * hour).config);
	expect(namesOf(later[0] as Day)).toContain(opus);
});

test('working days cost what such a team costs, weekends less', async () => {
	const days = await ask(period('2026-11-02', '2026-11-23'));
	const isWeekend = (day: Day) => new Date(day.TimePeriod?.Start ?? '').getUTCDay() % 6 === 0;
	for (const day of days) {
		const [low, high] = isWeekend(day) ? [15, 50] : [50, 110];
		expect(total(day)).toBeGreaterThan(low);
		expect(total(day)).toBeLessThan(high);
	}
	expect(days.filter(isWeekend)).toHaveLength(6);
});

test('a model is on the bill from its launch on, its predecessor until then', async () => {
	const days = await ask(period('2026-10-06', '2026-10-08'));
	const haiku = 'Claude Haiku 5.5 (Amazon Bedrock Edition)';
	expect(days.map(day => namesOf(day).includes(haiku))).toEqual([false, true]);
	const [september] = await ask(period('2026-09-01', '2026-09-02'));
	expect(namesOf(september as Day)).toContain('Claude Opus 5 (Amazon Bedrock Edition)');
	expect(namesOf(september as Day)).not.toContain(opus);
});

describe('a ValidationException answers', () => {
	test.each([
		['an empty period', period('2026-11-10', '2026-11-10')],
		['a period that runs backwards', period('2026-11-10', '2026-11-09')],
		['a time', period('2026-11-10T00:00:00Z', '2026-11-11')],
		['no day', period('2026-09-31', '2026-11-01')],
		['no date', period('yesterday', '2026-11-11')],
		['what is long past', period('2025-09-30', '2025-10-02')],
		['what is far ahead', period('2026-11-01', '2026-12-02')],
		['another granularity', {Granularity: 'MONTHLY' as const}],
		['another metric', {Metrics: ['BlendedCost']}],
		['another grouping', {GroupBy: [{Type: 'DIMENSION' as const, Key: 'USAGE_TYPE'}]}],
		['no grouping', {GroupBy: []}],
		['a filter', {Filter: {Dimensions: {Key: 'SERVICE' as const, Values: [opus]}}}],
	])('%s', async (_, more) => {
		await expect(ask(more)).rejects.toMatchObject({name: 'ValidationException', $fault: 'client'});
	});

	test('but not the whole history that it has', async () => {
		expect(await ask(period('2025-10-01', '2026-12-01'))).toHaveLength(426);
	});
});
