import {fstatSync, type Stats} from 'node:fs';
import process from 'node:process';
import {systemClock} from '../polling/clock.ts';

/** Node's own handle below a stream, of which only this much is used. */
type Handle = {onread?: () => void; readStart?(): number};

const askEveryMs = 1000;

const kindOf = (): Pick<Stats, 'isFIFO' | 'isSocket'> | undefined => {
	try {
		return fstatSync(1);
	} catch {
		return undefined;
	}
};

/**
 * Notices that the reader of standard output has gone although nothing is written: a socket tells by itself; a pipe
 * tells only whoever writes to it, so it gets a blank now and then, which JSON allows before the next object. Its
 * failure is an error of the stream's. Returns the way to stop.
 */
export const watchReader = (onGone: () => void): (() => void) => {
	const kind = kindOf();
	const handle = (process.stdout as {_handle?: Handle})._handle;
	if (kind?.isSocket() && handle?.readStart !== undefined) {
		handle.onread = onGone;
		handle.readStart();
	}
	if (!kind?.isFIFO()) return () => undefined;
	let cancel: () => void = () => undefined;
	const ask = () => {
		if (process.stdout.writableLength === 0) process.stdout.write(' ');
		cancel = systemClock.after(askEveryMs, ask);
	};
	cancel = systemClock.after(askEveryMs, ask);
	return () => cancel();
};
