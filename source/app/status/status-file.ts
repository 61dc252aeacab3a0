import {mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {localDay} from '../../domain/common/calendar.ts';
import {count, instant, type JsonRecord, parseJson, record, text} from '../../domain/common/json.ts';
import type {PicoUsd} from '../../domain/money/money.ts';
import type {Verdict} from '../../domain/routing/routing.ts';
import {existsAsProcess} from '../../sources/sessions/process.ts';
import {type Status, type Sum, today} from '../../state/status.ts';

/** Who wrote the file and when, epoch ms. */
type Writer = {readonly pid: number; readonly at: number};

const version = 1;
const staleMs = 3 * 60_000;
/** Half a kilobyte is usual; what is larger was not written by this program. */
const mostBytes = 16_384;

const pathIn = (directory: string) => join(directory, 'status.json');

const verdicts: readonly Verdict[] = ['bedrock', 'not-bedrock', 'mixed', 'unproven'];

const pico = (value: unknown): PicoUsd | undefined =>
	typeof value === 'string' && /^\d{1,24}$/.test(value) ? BigInt(value) : undefined;

const sumObject = ({amount, low, high, ...counts}: Sum) => ({
	picoUsd: String(amount),
	picoUsdRange: [String(low), String(high)],
	...counts,
});

const readSum = (value: unknown): Sum | undefined => {
	const it = record(value);
	const range = Array.isArray(it?.picoUsdRange) ? it.picoUsdRange : [];
	const [amount, low, high] = [it?.picoUsd, ...range].map(pico);
	const [calls, unpricedCalls, unpricedTokens] = [it?.calls, it?.unpricedCalls, it?.unpricedTokens].map(count);
	if (amount === undefined || low === undefined || high === undefined) return undefined;
	if (calls === undefined || unpricedCalls === undefined || unpricedTokens === undefined) return undefined;
	return {amount, low, high, calls, unpricedCalls, unpricedTokens, lowerBound: it?.lowerBound === true};
};

const readRefusal = (value: unknown): Status['refusal'] => {
	const it = record(value);
	const [words, at] = [text(it?.words), instant(it?.at)];
	return words === undefined || at === undefined ? undefined : {model: text(it?.model), words, at};
};

const readStatus = (it: JsonRecord): Status | undefined => {
	const verdict = verdicts.find(name => name === it.verdict);
	const window = text(it.window);
	const spent = readSum(it.spent);
	const isUnread = it.isUnread === true;
	if (it.version !== version || verdict === undefined || window === undefined) return undefined;
	if (spent === undefined && !isUnread) return undefined;
	return {verdict, spent, isUnread, window, burn: pico(it.burnPicoUsd), refusal: readRefusal(it.refusal)};
};

const readWriter = (it: JsonRecord | undefined): Writer | undefined => {
	const [pid, at] = [count(it?.pid), instant(it?.at)];
	return pid === undefined || pid === 0 || at === undefined ? undefined : {pid, at};
};

const parse = (directory: string): JsonRecord | undefined => {
	try {
		const stats = statSync(pathIn(directory));
		if (!stats.isFile() || stats.size > mostBytes) return undefined;
		return record(parseJson(readFileSync(pathIn(directory), 'utf8')));
	} catch {
		return undefined;
	}
};

/**
 * What a running program keeps there; undefined where none does, what wrote it is gone or silent for three minutes, or
 * it cannot be made sense of. `now` is epoch ms.
 */
export const readStatusFile = (directory: string, now: number, isAlive = existsAsProcess): Status | undefined => {
	const it = parse(directory);
	const writer = readWriter(it);
	if (it === undefined || writer === undefined) return undefined;
	const isRecent = Math.abs(now - writer.at) <= staleMs;
	const isOfToday = it.window !== today || localDay(writer.at) === localDay(now);
	return isRecent && isOfToday && isAlive(writer.pid) ? readStatus(it) : undefined;
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
	if (readWriter(parse(directory))?.pid !== pid) return;
	try {
		rmSync(pathIn(directory));
	} catch {
		// It ages.
	}
};
