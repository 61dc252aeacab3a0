import {expect, test} from 'vitest';
import {fitSpeech, paceSpeech} from '../../../source/screen/speech/speech.ts';

const proven = 'Proven: the sessions are routed through Bedrock.';
const unproven = 'Nothing proves yet where the sessions are routed.';
const refused = 'Refused: opus-5.5, no IAM policy allows it, under a minute ago.';
const unread = 'The transcripts have not been read yet.';
const calls = (count: number) => `Spent today, an estimate: $1.00 for ${count} replies of this machine.`;
const before = paceSpeech(undefined, [proven, calls(1)], 0);

test.each([
	['what can wait waits half a minute', [proven, calls(2)], 29_999, 'before'],
	['and is then said', [proven, calls(2)], 30_000, 'new'],
	['a refusal is said at once', [refused, proven, calls(1)], 1000, 'new'],
	['and so is another verdict', [unproven, calls(1)], 1000, 'new'],
	['a clock that was set back does not silence it', [proven, calls(2)], -1, 'new'],
])('%s', (_, lines, now, expected) => {
	expect(paceSpeech(before, lines, now)).toEqual(expected === 'before' ? before : {lines, at: now});
});

test('that something has been read at last is said at once', () => {
	const empty = paceSpeech(undefined, [unproven, unread], 0);
	expect(paceSpeech(empty, [unproven, calls(1)], 1000).lines).toContain(calls(1));
});

test('what does not fit is what comes last', () => {
	const speech = paceSpeech(undefined, [refused, proven, calls(1)], 0);
	expect(fitSpeech(speech, {columns: 30, rows: 3})).toEqual([
		'Refused: opus-5.5, no IAM',
		'policy allows it, under a',
		'minute ago.',
	]);
	expect(fitSpeech(speech, {columns: 100, rows: 40})).toEqual([refused, proven, calls(1)]);
});
