import type {LookupEventsCommandInput} from '@aws-sdk/client-cloudtrail';
import {readTrailRecord, type TrailRecord} from '../../domain/calls/call.ts';
import {parseJson} from '../../domain/common/json.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer, explainAwsError} from '../aws/problem.ts';
import {gapBelow, type Stretch, withStretch} from './coverage.ts';

/** Event history is documented at about 5 minutes late; refused calls were measured 25 to 85 minutes late. */
const overlapMs = 90 * 60_000;
/** LookupEvents allows 2 requests a second for the whole account and region: take half of it at most. */
const paceMs = 1000;
/** A window of up to this many pages is read whole each time; a longer one only now and then. */
const cheapPages = 4;
const deepEveryMs = 5 * 60_000;
/** A longer round would keep what is new from being looked for; the rest is read in the next ones. */
const pagesOfRound = 120;
/** Colleagues and the console use the same two requests a second: once pages come, a refused one is asked for again. */
const mostThrottles = 4;

type TrailOptions = {
	readonly aws: Aws;
	readonly region: string;
	readonly now: () => number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** Shortest time between two requests, ms. */
	readonly paceMs?: number;
	/** So many pages are read in a round at most. */
	readonly mostPages?: number;
};

export type TrailSource = {
	/**
	 * Reads what is new since then (epoch ms) and, in a sliding window of 90 minutes, what came late. Records are handed
	 * over page by page, newest first and with repetitions; resolves when the round is complete. Where a round was cut off,
	 * the next one goes on.
	 */
	read(since: number, onPage: (records: readonly TrailRecord[]) => void, signal: AbortSignal): Promise<void>;
	/** From when on everything has been read without a gap, epoch ms; undefined before the first answer. */
	readBackTo(): number | undefined;
};

type Page = {
	readonly records: readonly TrailRecord[];
	readonly ids: readonly string[];
	/** When the oldest event of the page was, epoch ms. */
	readonly oldestAt: number;
	readonly next?: string | undefined;
};

type Pages = {
	readonly from: number;
	/** Undefined: up to now. */
	readonly until?: number;
	/** Whether to go on behind a page of which everything is known. */
	readonly isWhole: boolean;
};

type Round = {
	readonly startedAt: number;
	readonly onPage: (records: readonly TrailRecord[]) => void;
	readonly signal: AbortSignal;
	pages: number;
};

const secondMs = 1000;
const wholeSecond = (at: number) => new Date(Math.floor(at / secondMs) * secondMs);

/**
 * CloudTrail's event history of one region, by EventSource: the one attribute that finds the four inference
 * operations, their refusals and their completions in one stream.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const createTrail = ({aws, region, now, wait, ...rest}: TrailOptions): TrailSource => {
	const pace = rest.paceMs ?? paceMs;
	const mostPages = rest.mostPages ?? pagesOfRound;
	const known = new Map<string, number>();
	let lastRequestAt = Number.NEGATIVE_INFINITY;
	let stretches: readonly Stretch[] = [];
	/** How far back the last round left it, while another goes on. */
	let reachBefore: number | undefined;
	let deepAt = Number.NEGATIVE_INFINITY;
	let deepPages = 0;

	const lookUp = async (input: LookupEventsCommandInput, signal: AbortSignal): Promise<Page> => {
		const {client, sdk} = await aws.cloudTrail(region);
		const tooEarlyMs = lastRequestAt + pace - now();
		if (tooEarlyMs > 0) await wait(Math.min(tooEarlyMs, pace), signal);
		lastRequestAt = now();
		const {Events, NextToken} = await client.send(new sdk.LookupEventsCommand(input), {abortSignal: signal});
		if (Events === undefined) throw emptyAnswer('LookupEvents');
		const records = Events.map(event => readTrailRecord(parseJson(event.CloudTrailEvent ?? '')));
		return {
			records: records.filter(record => record !== undefined),
			ids: Events.map(event => event.EventId ?? ''),
			oldestAt: Math.min(...Events.map(({EventTime}) => EventTime?.getTime() ?? Number.POSITIVE_INFINITY)),
			next: NextToken,
		};
	};

	const lookUpPatiently = async (input: LookupEventsCommandInput, {signal, pages}: Round): Promise<Page> => {
		for (let throttles = 0; ; throttles++) {
			try {
				return await lookUp(input, signal);
			} catch (error) {
				const {kind} = explainAwsError(error, {service: 'CloudTrail', actions: []});
				if (kind !== 'throttled' || pages === 0 || throttles >= mostThrottles) throw error;
				await wait(paceMs * 2 ** (throttles + 1), signal);
			}
		}
	};

	const readPages = async ({from, until, isWhole}: Pages, round: Round): Promise<void> => {
		const input = {
			LookupAttributes: [{AttributeKey: 'EventSource' as const, AttributeValue: 'bedrock.amazonaws.com'}],
			// Whole seconds, and the same through all pages: a token is only good with the parameters it came with.
			StartTime: wholeSecond(from),
			...(until !== undefined && {EndTime: wholeSecond(until)}),
			MaxResults: 50,
		};
		const tokens = new Set<string | undefined>();
		let next: string | undefined;
		do {
			tokens.add(next);
			const page = await lookUpPatiently(next === undefined ? input : {...input, NextToken: next}, round);
			round.pages++;
			next = page.next;
			// More of the page's oldest second may stand on the next one.
			const reached = next === undefined ? input.StartTime.getTime() : page.oldestAt + secondMs;
			const through = until ?? round.startedAt;
			if (Number.isFinite(reached)) stretches = withStretch(stretches, {from: Math.min(reached, through), through});
			const isAllKnown = page.ids.length > 0 && page.ids.every(id => known.has(id));
			for (const id of page.ids) known.set(id, round.startedAt);
			if (page.records.length > 0) round.onPage(page.records);
			if (isAllKnown && !isWhole) break;
			// A token that leads in a circle ends there.
		} while (next !== undefined && !tokens.has(next) && round.pages < mostPages);
	};

	const readNewest = async (since: number, round: Round) => {
		const {startedAt} = round;
		const [newest] = stretches;
		const isAllRead = newest === undefined || newest.from <= since;
		const isDeep = isAllRead && (deepPages <= cheapPages || startedAt - deepAt >= deepEveryMs);
		const from = newest === undefined ? since : Math.max(since, Math.min(newest.through, startedAt) - overlapMs);
		await readPages({from, isWhole: isDeep}, round);
		if (isDeep) [deepAt, deepPages] = [startedAt, round.pages];
	};

	/** Goes on where an earlier round was cut off, and reads what a longer window needs. */
	const readOlder = async (since: number, round: Round) => {
		let gap = gapBelow(stretches, since);
		while (gap !== undefined && round.pages < mostPages) {
			const before = gap;
			await readPages({from: gap.from, until: gap.through, isWhole: true}, round);
			gap = gapBelow(stretches, since);
			if (gap?.through === before.through) break;
		}
	};

	return {
		async read(since, onPage, signal) {
			const round = {startedAt: now(), onPage, signal, pages: 0};
			reachBefore = stretches[0]?.from;
			try {
				await readNewest(since, round);
				await readOlder(since, round);
			} finally {
				reachBefore = undefined;
			}
			stretches = stretches.filter(({through}) => through >= since);
			for (const [id, at] of known) if (at < round.startedAt - 2 * overlapMs) known.delete(id);
		},
		readBackTo() {
			const reach = stretches[0]?.from;
			return reach === undefined ? undefined : Math.min(reach, reachBefore ?? reach);
		},
	};
};
