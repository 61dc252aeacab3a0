import {useIsScreenReaderEnabled} from 'ink';
import {useRef} from 'react';
import {fitSpeech, paceSpeech, type Speech} from '../screen/speech/speech.ts';
import {speak} from '../screen/speech/spoken.ts';
import type {Overview} from '../state/overview.ts';

type SpeechInput = {
	readonly columns: number;
	readonly rows: number;
	readonly isDemo: boolean;
	readonly home?: string | undefined;
	/** What is on screen instead of the panes, and is read as it is: a card has no sparklines and few signs. */
	readonly otherText: (() => readonly string[]) | undefined;
};

/** What a screen reader is to say, as lines; undefined where there is none. */
export const useSpeech = (live: Overview, input: SpeechInput): readonly string[] | undefined => {
	const {isDemo, home, otherText} = input;
	const isEnabled = useIsScreenReaderEnabled();
	const speech = useRef<Speech>(undefined);
	if (!isEnabled) return undefined;
	if (otherText !== undefined) return otherText();
	speech.current = paceSpeech(speech.current, speak(live, {isDemo, home}), live.now);
	return fitSpeech(speech.current, input);
};
