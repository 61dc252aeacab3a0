import type {LookupEventsCommandInput} from '@aws-sdk/client-cloudtrail';
import {readTrailRecord, type TrailRecord} from '../../domain/calls/call.ts';
import {parseJson} from '../../domain/common/json.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer} from '../aws/problem.ts';

/** Event history is documented at about 5 minutes late; refused calls were measured 25 to 85 minutes late. */
const overlapMs = 90 * 60_000;
/** LookupEvents allows 2 requests a second for the whole account and region: take half of it at most. */
const paceMs = 1000;
/** A window of up to this many pages is read whole each time; a longer one only now and then. */
const cheapPages = 4;
const deepEveryMs = 5 * 60_000;
const maxPages = 200;

type TrailOptions = {
	readonly aws: Aws;
	readonly region: string;
	readonly now: () => number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** Shortest time between two requests, ms. */
	readonly paceMs?: number;
};

export type TrailSource = {
	/**
	 * Reads what is new since then (epoch ms) and, in a sliding window of 90 minutes, what came late. Records are handed
	 * over page by page, newest first and with repetitions; resolves when the round is complete.
	 */
	read(since: number, onPage: (records: readonly TrailRecord[]) => void, signal: AbortSignal): Promise<void>;
	/** From when on everything has been read, epoch ms; undefined before the first answer. */
	readBackTo(): number | undefined;
};

type Page = {
	readonly records: readonly TrailRecord[];
	readonly ids: readonly string[];
	/** When the oldest event of the page was, epoch ms. */
	readonly oldestAt: number;
	readonly next?: string | undefined;
};

/**
 * CloudTrail's event history of one region, by EventSource: the one attribute that finds the four inference
 * operations, their refusals and their completions in one stream.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const createTrail = ({aws, region, now, wait, ...rest}: TrailOptions): TrailSource => {
	const pace = rest.paceMs ?? paceMs;
	const known = new Map<string, number>();
	let lastRequestAt = Number.NEGATIVE_INFINITY;
	let readThrough: number | undefined;
	let readFrom = Number.POSITIVE_INFINITY;
	let reach = Number.POSITIVE_INFINITY;
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

	const remember = (ids: readonly string[], at: number) => {
		for (const id of ids) known.set(id, at);
	};

	const forget = (before: number) => {
		for (const [id, at] of known) if (at < before) known.delete(id);
	};

	return {
		async read(since, onPage, signal) {
			const startedAt = now();
			// A window that has been made longer is read from its beginning once more.
			const isFirst = readThrough === undefined || since < readFrom;
			const start = isFirst ? since : Math.max(since, Math.min(readThrough ?? since, startedAt) - overlapMs);
			const isDeep = isFirst || deepPages <= cheapPages || startedAt - deepAt >= deepEveryMs;
			const input = {
				LookupAttributes: [{AttributeKey: 'EventSource' as const, AttributeValue: 'bedrock.amazonaws.com'}],
				// Whole seconds, and the same through all pages: a token is only good with the parameters it came with.
				StartTime: new Date(Math.floor(start / 1000) * 1000),
				MaxResults: 50,
			};
			let next: string | undefined;
			let pages = 0;
			do {
				const page = await lookUp(next === undefined ? input : {...input, NextToken: next}, signal);
				pages++;
				next = page.next;
				reach = Math.min(reach, next === undefined ? start : page.oldestAt);
				const isAllKnown = page.ids.every(id => known.has(id));
				remember(page.ids, startedAt);
				if (page.records.length > 0) onPage(page.records);
				if (isAllKnown && !isDeep) break;
			} while (next !== undefined && pages < maxPages);
			if (isDeep) {
				deepAt = startedAt;
				deepPages = pages;
			}
			readThrough = startedAt;
			readFrom = Math.min(readFrom, since);
			forget(startedAt - 2 * overlapMs);
		},
		readBackTo: () => (Number.isFinite(reach) ? reach : undefined),
	};
};
