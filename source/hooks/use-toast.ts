import {useCallback, useEffect, useState} from 'react';
import type {Clock} from '../polling/clock.ts';

const toastMs = 4000;

/** A sentence that is shown for a few seconds, and the way to say another. */
export const useToast = (clock: Clock): readonly [toast: string | undefined, say: (sentence: string) => void] => {
	const [toast, setToast] = useState<{readonly text: string} | undefined>(undefined);
	useEffect(() => {
		if (toast === undefined) return;
		return clock.after(toastMs, () => setToast(undefined));
	}, [toast, clock]);
	const say = useCallback((text: string) => setToast({text}), []);
	return [toast?.text, say];
};
