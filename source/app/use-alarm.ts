import {useBell} from '../hooks/use-bell.ts';
import {troubles} from '../screen/panes/trouble.ts';
import {plainText} from '../screen/text/line.ts';
import {alarmsOf} from '../state/alarms.ts';
import {hasSpoken} from '../state/health.ts';
import type {Overview} from '../state/overview.ts';

/** Calls `alarm` with a sentence about what is newly wrong, once the sources that tell of it have been read. */
export const useAlarm = (live: Overview, hasTrail: boolean, alarm: ((sentence: string) => void) | undefined): void => {
	const isTrailRead = !hasTrail || hasSpoken(live.state, 'cloudtrail');
	const isRead = hasSpoken(live.state, 'transcripts') && isTrailRead;
	useBell(alarmsOf(live), isRead, alarm && (() => alarm(plainText(troubles(live)[0]?.what ?? []))));
};
