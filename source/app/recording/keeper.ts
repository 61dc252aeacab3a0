import type {Clock} from '../../polling/clock.ts';
import {fileReason} from '../../screen/words/file-problem.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import type {Action, RecordingFault} from '../../state/action.ts';

/** What takes down what happens: a file, or a folder of them. Both throw the file system's error. */
export type Medium = {
	readonly append: (action: Action) => void;
	/** Takes down all that is known, after a time in which nothing could be. */
	readonly again: () => void;
};

/** A full disk is asked again so often. */
const retryMs = 5000;

/** Lets through what is new: neither that a source is being asked nor what it said before. */
const createStatusFilter = () => {
	const said = new Map<string, string>();
	return (action: Action): boolean => {
		if (action.type !== 'status') return true;
		const {name, region, phase, problem, failures} = action.status;
		if (phase === 'fetching') return false;
		const words = JSON.stringify([phase, problem, failures, Math.floor((action.status.lastSuccessAt ?? 0) / 30_000)]);
		const key = `${name} ${region}`;
		const isNews = said.get(key) !== words;
		said.set(key, words);
		return isNews;
	};
};

/** Keeps what is new for as long as it can be kept, goes on when it can be again, and knows since when it cannot. */
export const createKeeper = (medium: Medium, clock: Clock, onFault: (sentence: string) => void) => {
	const isNews = createStatusFilter();
	let fault: RecordingFault | undefined;
	let triedAt = 0;
	const moment = () => new Date(clock.now()).toISOString();
	const attempt = (write: () => void): boolean => {
		try {
			write();
			return true;
		} catch (error) {
			triedAt = clock.now();
			if (fault === undefined) {
				fault = {since: clock.now(), code: codeOf(error)};
				onFault(`Nothing could be recorded from ${moment()} on (${fileReason(fault.code)}).`);
			}
			return false;
		}
	};
	return {
		fault: () => fault,
		keep(action: Action): void {
			if (!isNews(action)) return;
			if (fault !== undefined) {
				const isSoon = clock.now() >= triedAt && clock.now() - triedAt < retryMs;
				if (isSoon || !attempt(medium.again)) return;
				fault = undefined;
				onFault(`The recording goes on from ${moment()}.`);
			}
			attempt(() => medium.append(action));
		},
	};
};
