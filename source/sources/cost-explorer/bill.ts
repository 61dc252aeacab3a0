import {type Bill, isClaudeOnBedrock} from '../../domain/money/bill.ts';
import {type PicoUsd, picoFromDecimal} from '../../domain/money/money.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer} from '../aws/problem.ts';

/** Each page is a request and costs $0.01; an account with more services than this is not read to its end. */
const mostPages = 3;
const dayMs = 86_400_000;

const utcDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The first of the month, UTC, to tomorrow: Cost Explorer's end is exclusive, and it counts in UTC. */
const monthOf = (now: number) => ({Start: `${utcDay(now).slice(0, 8)}01`, End: utcDay(now + dayMs)});

type Sums = {
	readonly days: Map<string, PicoUsd>;
	readonly models: Map<string, PicoUsd>;
};

const add = (sums: Map<string, PicoUsd>, key: string, amount: PicoUsd) => sums.set(key, (sums.get(key) ?? 0n) + amount);

/**
 * What Claude on Bedrock was billed in the month so far, by day and by model. Costs $0.01 a page; the caller counts on
 * being asked at most every six hours. Rejects with the SDK's error, or where an amount cannot be read.
 */
export const fetchBill = async (aws: Aws, now: number, signal: AbortSignal): Promise<Bill> => {
	const {client, sdk} = await aws.costExplorer();
	const period = monthOf(now);
	const sums: Sums = {days: new Map(), models: new Map()};
	let [isProvisional, currency] = [false, 'USD'];
	let next: string | undefined;
	let pages = 0;
	do {
		const command = new sdk.GetCostAndUsageCommand({
			TimePeriod: period,
			Granularity: 'DAILY',
			Metrics: ['UnblendedCost'],
			GroupBy: [{Type: 'DIMENSION', Key: 'SERVICE'}],
			...(next !== undefined && {NextPageToken: next}),
		});
		const {ResultsByTime: results, NextPageToken: token} = await client.send(command, {abortSignal: signal});
		if (results === undefined) throw emptyAnswer('GetCostAndUsage');
		for (const {TimePeriod: {Start: day = ''} = {}, Groups: groups = [], Estimated: isEstimated} of results) {
			for (const {Keys: [service = ''] = [], Metrics: metrics} of groups) {
				const {Amount: text, Unit: unit = 'USD'} = metrics?.UnblendedCost ?? {};
				if (!isClaudeOnBedrock(service) || text === undefined) continue;
				const amount = picoFromDecimal(text);
				if (amount === undefined) throw new Error(`Cost Explorer gave an amount that is no number for ${service}`);
				add(sums.days, day, amount);
				add(sums.models, service, amount);
				isProvisional ||= isEstimated === true;
				currency = unit;
			}
		}
		next = token;
		pages++;
	} while (next !== undefined && pages < mostPages);
	const models = [...sums.models].map(([service, amount]) => ({service, amount}));
	return {
		...{from: period.Start, to: period.End, isProvisional, askedAt: now, currency, days: sums.days},
		amount: models.reduce((total, {amount}) => total + amount, 0n),
		models: models.sort((a, b) => (a.amount > b.amount ? -1 : 1)),
	};
};
