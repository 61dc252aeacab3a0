import {useEffect, useRef} from 'react';

/** Rings once when something new is to be alarmed about, and never for what was there when the program had just opened. */
export const useBell = (alarms: ReadonlySet<string>, isReady: boolean, ring: (() => void) | undefined): void => {
	const known = useRef<ReadonlySet<string> | undefined>(undefined);
	useEffect(() => {
		const before = known.current;
		if (!isReady && before === undefined) return;
		known.current = before === undefined ? alarms : new Set([...before, ...alarms]);
		const isNews = before !== undefined && [...alarms].some(alarm => !before.has(alarm));
		if (isNews) ring?.();
	}, [alarms, isReady, ring]);
};
