import {useEffect, useState} from 'react';
import type {Clock} from '../polling/clock.ts';

/**
 * The time, renewed every so often for the sake of ages on screen. Ages move in steps of 5 s, so a tick each second
 * would repaint nothing five times. `isDue` says whether any of them has moved: without that nothing is rendered.
 */
export const useNow = (clock: Clock, everyMs: number, isDue: {readonly current: () => boolean}): number => {
	const [now, setNow] = useState(clock.now);
	useEffect(() => {
		let cancel: () => void;
		const tick = () => {
			if (isDue.current()) setNow(clock.now());
			cancel = clock.after(everyMs, tick);
		};
		cancel = clock.after(everyMs, tick);
		return () => cancel();
	}, [clock, everyMs, isDue]);
	return now;
};
