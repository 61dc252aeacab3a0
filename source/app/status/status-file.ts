import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';
import {localDay} from '../../domain/common/calendar.ts';
import {parseJson} from '../../domain/common/json.ts';
import type {PicoUsd} from '../../domain/money/money.ts';
import type {Verdict} from '../../domain/routing/routing.ts';
import {readPlainTextSync} from '../../sources/files/plain-file-sync.ts';
import {existsAsProcess} from '../../sources/sessions/process.ts';
import {type Status, type Sum, today} from '../../state/status.ts';

/** Who wrote the file and when, epoch ms. */
type Writer = {readonly pid: number; readonly at: number};

const version = 1;
const staleMs = 3 * 60_000;
/** Half a kilobyte is usual; what is larger was not written by this program. */
const mostBytes = 16_384;

const pathIn = (directory: string) => join(directory, 'status.json');

const pico = v.pipe(
	v.string(),
	v.regex(/^\d{1,24}$/),
	v.transform((digits): PicoUsd => BigInt(digits)),
);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const time = v.pipe(v.string(), v.transform(Date.parse), v.number());

const verdicts = {
	...{bedrock: 'bedrock', 'not-bedrock': 'not-bedrock', mixed: 'mixed', unproven: 'unproven'},
} as const satisfies {readonly [Name in Verdict]: Name};

const writer = {pid: v.pipe(count, v.minValue(1)), at: time};

const sum = v.pipe(
	v.object({
		...{picoUsd: pico, picoUsdRange: v.tuple([pico, pico])},
		...{calls: count, unpricedCalls: count, unpricedTokens: count, lowerBound: v.boolean()},
	}),
	v.transform(({picoUsd, picoUsdRange: [low, high], ...counts}): Sum => ({amount: picoUsd, low, high, ...counts})),
);

const refusal = v.object({model: v.optional(v.string()), words: v.string(), at: time});

const file = v.pipe(
	v.object({
		...writer,
		version: v.literal(version),
		verdict: v.enum(verdicts),
		isFailing: v.optional(v.literal(true)),
		spent: v.optional(sum),
		isUnread: v.boolean(),
		window: v.string(),
		burnPicoUsd: v.optional(pico),
		refusal: v.optional(refusal),
	}),
	v.check(({spent, isUnread}) => spent !== undefined || isUnread),
	v.transform(({version: _, pid, at, burnPicoUsd: burn, ...rest}): {writer: Writer; status: Required<Status>} => ({
		writer: {pid, at},
		status: {...rest, isFailing: rest.isFailing, spent: rest.spent, refusal: rest.refusal, burn},
	})),
);

const sumObject = ({amount, low, high, ...counts}: Sum) => ({
	picoUsd: String(amount),
	picoUsdRange: [String(low), String(high)],
	...counts,
});

const read = (directory: string): unknown => {
	try {
		return parseJson(readPlainTextSync(pathIn(directory), mostBytes));
	} catch {
		return undefined;
	}
};

/**
 * What a running program keeps there; undefined where none does, what wrote it is gone or silent for three minutes, or
 * it cannot be made sense of. `now` is epoch ms.
 */
export const readStatusFile = (directory: string, now: number, isAlive = existsAsProcess): Status | undefined => {
	const {success, output} = v.safeParse(file, read(directory));
	if (!success) return undefined;
	const {writer, status} = output;
	const isRecent = Math.abs(now - writer.at) <= staleMs;
	const isOfToday = status.window !== today || localDay(writer.at) === localDay(now);
	return isRecent && isOfToday && isAlive(writer.pid) ? status : undefined;
};

/**
 * Keeps a status, readable by its owner only and replaced as a whole. Synchronous: it is half a kilobyte, and a write
 * that outlived the removal at the end would bring the file back. A disk that is full or read-only loses it.
 */
export const writeStatusFile = (directory: string, status: Status, {pid, at}: Writer): void => {
	const {spent, burn, refusal, ...rest} = status;
	const kept = {
		...{version, pid, at: new Date(at).toISOString()},
		...rest,
		spent: spent && sumObject(spent),
		burnPicoUsd: burn?.toString(),
		refusal: refusal && {...refusal, at: new Date(refusal.at).toISOString()},
	};
	const draft = `${pathIn(directory)}.${pid}`;
	try {
		mkdirSync(directory, {recursive: true, mode: 0o700});
		writeFileSync(draft, JSON.stringify(kept), {mode: 0o600});
		renameSync(draft, pathIn(directory));
	} catch {
		// Whoever asks works it out from the transcripts.
	}
};

/** Removes what this process keeps, not what another one does. */
export const removeStatusFile = (directory: string, pid: number): void => {
	const {success, output} = v.safeParse(v.object(writer), read(directory));
	if (!success || output.pid !== pid) return;
	try {
		rmSync(pathIn(directory));
	} catch {
		// It ages.
	}
};
