import type {Verdict} from '../../domain/routing/routing.ts';
import {formatUsd} from '../../screen/text/format.ts';
import {moneyText} from '../../screen/text/money-text.ts';
import {sanitize} from '../../screen/text/sanitize.ts';
import {freshRefusalMs, type Status} from '../../state/status.ts';

/** How the line is written: bare, or with tmux's style markup. */
export const statusFormats = ['plain', 'tmux'] as const;
export type StatusFormat = (typeof statusFormats)[number];

type Look = {
	readonly format: StatusFormat;
	/** Whether colours are wanted. */
	readonly hasColour: boolean;
	/** Epoch ms. */
	readonly now: number;
};

type Tone = 'good' | 'warn' | 'bad' | 'plain';
type Part = readonly [text: string, tone: Tone];

/**
 * With a background each, because tmux's own bar is green: green on it could not be read. What is well stays quiet on
 * dark bars, what is not stands out on all.
 */
const styles: Readonly<Record<Tone, string | undefined>> = {
	good: 'fg=green,bg=black',
	warn: 'fg=yellow,bg=black',
	bad: 'fg=white,bg=red',
	plain: undefined,
};

const verdictParts: Readonly<Record<Verdict, Part>> = {
	bedrock: ['✓ bedrock', 'good'],
	mixed: ['▲ mixed', 'warn'],
	'not-bedrock': ['✗ not bedrock', 'bad'],
	unproven: ['? unproven', 'warn'],
};

const longest = 80;

/** Wide characters count 2; a guess that is never too low, because what knows better takes as long to load as Node. */
const columnsOf = (character: string): number => {
	const code = character.codePointAt(0) ?? 0;
	return code >= 0x2e80 || (code >= 0x1100 && code < 0x1160) ? 2 : 1;
};

const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + columnsOf(character), 0);

const cut = (text: string, columns: number): string => {
	if (widthOf(text) <= columns) return text;
	let kept = '';
	let left = columns - 1;
	for (const character of text) {
		left -= columnsOf(character);
		if (left < 0) break;
		kept += character;
	}
	return `${kept}…`;
};

/**
 * tmux 3.3a expands the output of a `#()` command once more, `#{…}` and `#(…)` included, and takes `##` at the end of a
 * text together with the markup behind it: no number of them is one that is only shown. So it shows a sign like it.
 */
const withoutHash = (text: string) => text.replaceAll('#', '♯');

const forTmux = ([text, tone]: Part, hasColour: boolean): string => {
	const safe = withoutHash(text);
	const style = hasColour ? styles[tone] : undefined;
	return style === undefined ? safe : `#[${style}]${safe}#[default]`;
};

const partsOf = (
	{verdict, isFailing, spent, isUnread, window, burn, refusal}: Status,
	now: number,
): readonly Part[] => {
	if (isUnread) return [['? no Claude Code transcripts', 'warn']];
	const money: readonly Part[] = spent === undefined ? [] : [[`${moneyText(spent)} ${window}`, 'plain']];
	const pace: readonly Part[] = burn === undefined ? [] : [[`${formatUsd(burn)}/h`, 'plain']];
	const isFresh = refusal !== undefined && refusal.at > now - freshRefusalMs;
	const model = refusal?.model === undefined ? '' : `${cut(refusal.model, 28)} `;
	const trouble: readonly Part[] = isFresh ? [[`✗ ${model}${refusal.words}`, 'bad']] : [];
	const judged: Part = isFailing && verdict === 'bedrock' ? ['▲ bedrock, failing', 'warn'] : verdictParts[verdict];
	return [judged, ...money, ...pace, ...trouble];
};

/** The line: verdict, money, pace and the newest refusal in 80 columns at most. */
export const statusLine = (status: Status, {format, hasColour, now}: Look): string => {
	let left = longest;
	const shown: string[] = [];
	for (const [text, tone] of partsOf(status, now)) {
		if (left < 2) break;
		const part: Part = [cut(sanitize(text), left), tone];
		shown.push(format === 'tmux' ? forTmux(part, hasColour) : part[0]);
		left -= widthOf(part[0]) + 1;
	}
	return shown.join(' ');
};
