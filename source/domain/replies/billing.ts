import {count, type JsonRecord, record, text} from '../common/json.ts';
import {addUsage, noUsage, totalTokens, type Usage} from '../money/usage.ts';
import type {Turn} from './turn.ts';

/** What a `usage` object says is to be paid for, and on which terms. */
type Billing = Pick<Turn, 'incomplete' | 'unreadable' | 'serviceTier' | 'isInUs' | 'webSearches'> & {
	readonly usage: Usage;
	/** Another model was called for this reply, too, whose price nobody knows here. */
	readonly lowerBound: boolean;
};

/**
 * Tokens of a `usage` object. The nested 5 m / 1 h split and the flat cache figure disagree in some versions
 * (2.1.152 wrote 0 flat): the larger wins, and what the split does not explain is billed at the requested lifetime.
 */
export const readUsage = (usage: JsonRecord, cacheRequested?: string): Usage => {
	const split = record(usage.cache_creation);
	const fiveMinutes = count(split?.ephemeral_5m_input_tokens) ?? 0;
	const oneHour = count(split?.ephemeral_1h_input_tokens) ?? 0;
	const flat = count(usage.cache_creation_input_tokens) ?? 0;
	const unexplained = Math.max(0, flat - fiveMinutes - oneHour);
	const isOneHour = cacheRequested === '1h';
	return {
		input: count(usage.input_tokens) ?? 0,
		output: count(usage.output_tokens) ?? 0,
		cacheRead: count(usage.cache_read_input_tokens) ?? 0,
		cacheWrite5m: fiveMinutes + (isOneHour ? 0 : unexplained),
		cacheWrite1h: oneHour + (isOneHour ? unexplained : 0),
	};
};

/** Cache counters may be absent where nothing was cached; input and output never are. */
const isComplete = (usage: JsonRecord): boolean =>
	count(usage.input_tokens) !== undefined && count(usage.output_tokens) !== undefined;

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isReadable = (usage: JsonRecord): boolean => {
	const {cache_creation: creation} = usage;
	const split = record(creation);
	const counters = [
		...[usage.cache_read_input_tokens, usage.cache_creation_input_tokens],
		...[split?.ephemeral_5m_input_tokens, split?.ephemeral_1h_input_tokens],
	];
	const isSplit = isAbsent(creation) || split !== undefined;
	return isSplit && counters.every(counter => isAbsent(counter) || count(counter) !== undefined);
};

const standard = new Set(['standard', 'default', 'on_demand', '']);

/** `service_tier` and `speed`; Claude Code writes `standard` where the server says nothing. */
const tierOf = ({service_tier: tier, speed}: JsonRecord): string | undefined =>
	[speed, tier]
		.map(word => text(word)?.trim().toLowerCase().slice(0, 40))
		.find(word => word !== undefined && !standard.has(word));

/**
 * Reads a `usage` object. `iterations` are the model's runs for one reply; the flat figures leave those of server-side
 * compaction out. https://platform.claude.com/docs/en/build-with-claude/compaction
 */
export const readBilling = (
	usage: JsonRecord,
	{model, cacheRequested}: {readonly model: string; readonly cacheRequested?: string | undefined},
): Billing => {
	const runs = (Array.isArray(usage.iterations) ? usage.iterations : []).map(record).filter(run => run !== undefined);
	const isOther = (run: JsonRecord) => text(run.model) !== undefined && run.model !== model;
	const own = runs.filter(run => !isOther(run));
	const ofRuns = own.map(run => readUsage(run, cacheRequested)).reduce(addUsage, noUsage);
	const flat = readUsage(usage, cacheRequested);
	const serviceTier = tierOf(usage);
	const searches = record(usage.server_tool_use)?.web_search_requests;
	const webSearches = count(searches) ?? 0;
	const isSound = [usage, ...own].every(isReadable) && (isAbsent(searches) || count(searches) !== undefined);
	return {
		usage: totalTokens(ofRuns) > totalTokens(flat) ? ofRuns : flat,
		lowerBound: own.length < runs.length,
		...(isComplete(usage) ? {} : {incomplete: true}),
		...(isSound ? {} : {unreadable: true}),
		...(serviceTier === undefined ? {} : {serviceTier}),
		...(usage.inference_geo === 'us' ? {isInUs: true} : {}),
		...(webSearches === 0 ? {} : {webSearches}),
	};
};
