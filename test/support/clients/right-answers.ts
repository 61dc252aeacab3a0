import type {SituationName} from './situations.ts';

/** What bedtop has to say of a situation, whichever client met it. */
export type Answer = {
	/** Exit code of `--check`. */
	readonly check: number;
	readonly verdict: string;
	readonly provider: string | undefined;
	readonly refusals: readonly string[];
	readonly failures: readonly string[];
};

const well: Answer = {check: 0, verdict: 'bedrock', provider: 'bedrock', refusals: [], failures: []};
const unproven = {verdict: 'unproven', provider: undefined, refusals: [], failures: []} as const;
const refused = (cause: string): Answer => ({...unproven, check: 1, refusals: [cause]});
/** Nobody refused it, and no reply proves anything. */
const failed = (code: string): Answer => ({...unproven, check: 2, failures: [code]});

const answers: Readonly<Record<SituationName, Answer>> = {
	answers: well,
	denied: refused('identity-policy'),
	'use-case-form': refused('use-case-form'),
	throttled: refused('throttled'),
	retention: refused('data-retention'),
	unavailable: failed('ServiceUnavailableException'),
	'too-long': failed('ValidationException'),
	'expired-credentials': refused('expired-credentials'),
	'no-credentials': refused('no-credentials'),
	'answers-shell': well,
	'denied-shell': refused('identity-policy'),
	'throttled-shell': refused('throttled'),
	'too-long-shell': failed('ValidationException'),
};

const isBefore = (version: string, other: string) => version.localeCompare(other, 'en', {numeric: true}) < 0;

/** From 2.1.75 on, clients have words of their own in place of every 404 of Bedrock's. */
const hidesNotFound = (version: string) => !isBefore(version, '2.1.75');

/** 2.0.76 leaves nothing but its own words of a prompt that is too long: whose they are, no line tells. */
const saysNobody = (version: string) => isBefore(version, '2.1.75');

export const rightAnswer = (version: string, name: SituationName): Answer => {
	if (name === 'use-case-form' && hidesNotFound(version)) return refused('model-access');
	if (name === 'too-long-shell' && saysNobody(version)) return {...unproven, check: 2};
	return answers[name];
};

/** Whether a client's own lines tell which profile was called, so that a price is exact. */
const tellsProfile = (version: string): boolean => !isBefore(version, '2.1.290');

/** Whether a client writes the placeholder of a reply's beginning: the output is at least that. */
const writesPlaceholder = (version: string): boolean => isBefore(version, '2.1.75');

type Json = {
	readonly routing: {verdict: string; sessions: readonly {proven: {provider: string} | null}[]};
	readonly refusals: readonly {cause: string; profile: string | null; count: number}[];
	readonly failures: readonly {code: string; model: string | null; count: number}[];
	readonly spend: {
		readonly local: {picoUsd: string; usdRange: readonly [number, number] | null; calls: number; lowerBound: boolean};
	};
};

/** The part of bedtop's JSON that the table is about. */
export const toldBy = (json: Json, check: number): Answer => ({
	check,
	verdict: json.routing.verdict,
	provider: json.routing.sessions[0]?.proven?.provider,
	refusals: [...new Set(json.refusals.map(({cause}) => cause))],
	failures: [...new Set(json.failures.map(({code}) => code))],
});

/** The ids that bedtop says were refused or failed, which can be none but the one that was called. */
export const calledIn = (json: Json): readonly string[] => [
	...new Set(
		[...json.refusals.map(({profile}) => profile), ...json.failures.map(({model}) => model)].filter(id => id !== null),
	),
];

/** Refused or failed tries. */
export const triesIn = (json: Json): number =>
	[...json.refusals, ...json.failures].reduce((sum, {count}) => sum + count, 0);

/** Of one reply, pico-dollars, at what was really called. */
const picoUsdOfReply = 35_508_000_000n;

/** Whether the sum is right for so many replies: exact where the lines tell all, else a range or a bound around it. */
export const isRightSum = (version: string, {spend}: Json, replies: number): boolean => {
	const {picoUsd, usdRange, calls, lowerBound} = spend.local;
	const truth = picoUsdOfReply * BigInt(replies);
	if (calls !== replies || lowerBound !== writesPlaceholder(version)) return false;
	if (lowerBound && BigInt(picoUsd) < truth) return true;
	if (tellsProfile(version)) return usdRange === null && BigInt(picoUsd) === truth;
	if (usdRange === null) return false;
	const usd = Number(truth) / 1e12;
	return usdRange[0] <= usd && usd <= usdRange[1];
};
