import {Buffer} from 'node:buffer';
import type {Stats} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import {openPlainFile} from '../files/plain-file.ts';

/** How far one growing file has been read. */
export type Tail = {
	/** Inode, size and times at the last look: while they stand, there is nothing to read. */
	readonly stamp: string;
	readonly inode: number;
	readonly size: number;
	/** Where the first line starts that has not been handed out. */
	readonly offset: number;
	/** Digest of the bytes before `offset`: a file rewritten in place keeps its inode, but not these. */
	readonly guard: string;
	/** Bytes after `offset` form a line without an end: `fresh` until it has been tried as the file's last one. */
	readonly rest: 'none' | 'fresh' | 'tried';
	/** Inside a line too long to hold: everything up to its end is dropped. */
	readonly isSkipping: boolean;
};

type TailOptions = {
	/** A line is handed out only if it contains one of these. */
	readonly needles: readonly string[];
	/** Takes a line (bytes valid only during the call) and its offset; false when it is not whole. */
	readonly onLine: (line: Buffer, offset: number) => boolean;
	/** A whole line was refused by `onLine` or is too long to hold. */
	readonly onCorrupt: () => void;
	readonly onBytes?: ((bytes: number) => void) | undefined;
	readonly chunkBytes?: number | undefined;
	readonly maxLineBytes?: number | undefined;
};

const newline = 0x0a;
/** Long enough that two transcript lines cannot agree on it: their last 32 bytes (version, branch) often do. */
const guardBytes = 4096;

/** What changes whenever a file's bytes, identity or permissions do. */
export const stampOf = (stats: Stats): string =>
	`${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;

/** Whether a look into the file could bring anything: it changed, or its last line still waits for its end. */
export const needsReading = (tail: Tail, stats: Stats): boolean =>
	tail.stamp !== stampOf(stats) || tail.rest === 'fresh';

const readGuard = async (handle: FileHandle, offset: number): Promise<string> => {
	const length = Math.min(guardBytes, offset);
	const bytes = Buffer.alloc(length);
	const {bytesRead} = await handle.read(bytes, 0, length, offset - length);
	// Loaded when first needed: it would cost 4 ms before the first frame.
	const {createHash} = await import('node:crypto');
	return createHash('sha1').update(bytes.subarray(0, bytesRead)).digest('base64');
};

const isSameFile = async (tail: Tail, stats: Stats, handle: FileHandle): Promise<boolean> =>
	tail.inode === stats.ino && tail.size <= stats.size && tail.guard === (await readGuard(handle, tail.offset));

/** Where the lines with a needle start and end, in order; the other lines are never looked at. */
const findLines = function* (bytes: Buffer, needles: readonly Buffer[]): Generator<readonly [number, number]> {
	const hits = needles.map(() => -1);
	let from = 0;
	for (;;) {
		for (const [index, needle] of needles.entries()) {
			const isBehind = (hits[index] ?? -1) < from;
			if (!isBehind) continue;
			const hit = bytes.indexOf(needle, from);
			hits[index] = hit === -1 ? Number.POSITIVE_INFINITY : hit;
		}
		const hit = Math.min(...hits);
		if (hit === Number.POSITIVE_INFINITY) return;
		const next = bytes.indexOf(newline, hit);
		const end = next === -1 ? bytes.length : next;
		yield [bytes.lastIndexOf(newline, hit) + 1, end];
		from = end + 1;
	}
};

/**
 * Reads files that grow by lines: only what is new since the given Tail, in chunks into one buffer, so that neither
 * memory nor the event loop feels the file's size. Offsets only ever stop at a line's start: half a line (and half a
 * UTF-8 character) is read again when its end has come. One `read` at a time.
 */
export const createTailReader = ({
	needles: needleTexts,
	onLine,
	onCorrupt,
	onBytes,
	chunkBytes = 1 << 20,
	maxLineBytes = 64 << 20,
}: TailOptions) => {
	const needles = needleTexts.map(needle => Buffer.from(needle));
	const chunk = Buffer.allocUnsafeSlow(chunkBytes);

	const handOut = (bytes: Buffer, base: number) => {
		for (const [start, end] of findLines(bytes, needles)) {
			if (!onLine(bytes.subarray(start, end), base + start)) onCorrupt();
		}
	};

	/** A file that ends without a newline would lose its last line: it is taken once it parses and stands still. */
	const handOutRest = (bytes: Buffer, base: number): boolean => {
		const isWanted = needles.some(needle => bytes.includes(needle));
		return isWanted && onLine(bytes, base);
	};

	const readFrom = async (handle: FileHandle, start: Tail, signal: AbortSignal | undefined): Promise<Tail> => {
		let buffer = chunk;
		let {offset, isSkipping} = start;
		let held = 0;
		while (offset + held < start.size && signal?.aborted !== true) {
			if (held === buffer.length) {
				if (buffer.length >= maxLineBytes) {
					if (!isSkipping) onCorrupt();
					isSkipping = true;
					offset += held;
					held = 0;
				} else {
					const larger = Buffer.allocUnsafeSlow(Math.min(maxLineBytes, buffer.length * 2));
					buffer.copy(larger, 0, 0, held);
					buffer = larger;
				}
			}
			const position = offset + held;
			const length = Math.min(buffer.length - held, start.size - position);
			const {bytesRead} = await handle.read(buffer, held, length, position);
			if (bytesRead === 0) break;
			onBytes?.(bytesRead);
			const view = buffer.subarray(0, held + bytesRead);
			let from = 0;
			if (isSkipping) {
				const end = view.indexOf(newline);
				isSkipping = end === -1;
				from = isSkipping ? view.length : end + 1;
			}
			const end = Math.max(from, view.lastIndexOf(newline) + 1);
			handOut(view.subarray(from, end), offset + from);
			buffer.copyWithin(0, end, view.length);
			offset += end;
			held = view.length - end;
		}
		const hasRest = held > 0;
		const isTaken = hasRest && start.rest === 'fresh' && handOutRest(buffer.subarray(0, held), offset);
		if (isTaken) offset += held;
		const untaken = start.rest === 'none' ? 'fresh' : 'tried';
		const rest = isTaken || !hasRest ? 'none' : untaken;
		const guard = await readGuard(handle, offset);
		if (signal?.aborted) return {...start, offset, isSkipping, guard, rest: 'none', stamp: 'aborted'};
		return {...start, offset, isSkipping, guard, rest};
	};

	return {
		/**
		 * Reads what is new and says how far it came; throws what the file system throws. An abort only stops early:
		 * the lines handed out so far are behind the offset, the others come with the next read.
		 */
		async read(path: string, tail: Tail | undefined, signal?: AbortSignal): Promise<Tail> {
			const handle = await openPlainFile(path);
			try {
				const stats = await handle.stat();
				const stamp = stampOf(stats);
				const identity = {stamp, inode: stats.ino, size: stats.size};
				const isContinued = tail !== undefined && (await isSameFile(tail, stats, handle));
				const start: Tail = isContinued
					? {...tail, ...identity, rest: tail.stamp === stamp ? tail.rest : 'none'}
					: {...identity, offset: 0, guard: '', rest: 'none', isSkipping: false};
				return await readFrom(handle, start, signal);
			} finally {
				await handle.close();
			}
		},
	};
};
