import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {statusLine} from '../../../source/output/status/status-line.ts';
import {formatSpan} from '../../../source/screen/text/format.ts';
import {type Status, type Sum, today} from '../../../source/state/status.ts';

const now = new Date(2026, 10, 23, 12, 0, 0).getTime();
const minute = 60_000;
const dollar = 1_000_000_000_000n;

const sum = (changes: Partial<Sum> = {}): Sum => {
	const amount = (412n * dollar) / 100n;
	return {
		amount,
		low: amount,
		high: amount,
		calls: 3,
		unpricedCalls: 0,
		unpricedTokens: 0,
		lowerBound: false,
		...changes,
	};
};

const status = (changes: Partial<Status> = {}): Status => ({
	...{verdict: 'bedrock', spent: sum(), isUnread: false, window: today, burn: (21n * dollar) / 10n},
	...changes,
});

const refusal = {model: 'opus-5.5', words: 'no IAM policy allows it', at: now - minute};
const plain = {format: 'plain', hasColour: true, now} as const;
const tmux = {format: 'tmux', hasColour: true, now} as const;

describe('the line', () => {
	test.each<[string, Partial<Status>, string]>([
		['says verdict, money and pace', {}, '✓ bedrock $4.12 today $2.10/h'],
		['has no pace while nothing is answered', {burn: undefined}, '✓ bedrock $4.12 today'],
		['names a fresh refusal', {refusal}, '✓ bedrock $4.12 today $2.10/h ✗ opus-5.5 no IAM policy allows it'],
		['forgets an old refusal', {refusal: {...refusal, at: now - 16 * minute}}, '✓ bedrock $4.12 today $2.10/h'],
		[
			'can do without the model',
			{refusal: {...refusal, model: undefined}, burn: undefined},
			'✓ bedrock $4.12 today ✗ no IAM policy allows it',
		],
		['says what it does not know as a question', {verdict: 'unproven'}, '? unproven $4.12 today $2.10/h'],
		['says nothing of money that is not known', {verdict: 'unproven', spent: undefined, burn: undefined}, '? unproven'],
		['says that there is nothing to read', {isUnread: true, spent: undefined}, '? no Claude Code transcripts'],
		['tells mixed from not Bedrock', {verdict: 'mixed', burn: undefined}, '▲ mixed $4.12 today'],
		['tells not Bedrock from mixed', {verdict: 'not-bedrock', burn: undefined}, '✗ not bedrock $4.12 today'],
		[
			'shows a range',
			{spent: sum({low: 4n * dollar, high: 5n * dollar}), burn: undefined},
			'✓ bedrock $4.00–5.00 today',
		],
		[
			'never shows $0 for what has no price',
			{spent: sum({amount: 0n, unpricedCalls: 3, unpricedTokens: 12_000}), burn: undefined},
			'✓ bedrock unpriced 12k tok today',
		],
		['names another window', {window: formatSpan(86_400_000), burn: undefined}, '✓ bedrock $4.12 24h'],
	])('%s', (_, changes, line) => expect(statusLine(status(changes), plain)).toBe(line));

	test('calls the local day what the file calls it', () => expect(formatSpan(undefined)).toBe(today));

	test('is coloured for tmux, and only by shape without colours', () => {
		const refused = status({refusal});
		expect(statusLine(refused, tmux)).toBe(
			'#[fg=green,bg=black]✓ bedrock#[default] $4.12 today $2.10/h #[fg=white,bg=red]✗ opus-5.5 no IAM policy allows it#[default]',
		);
		expect(statusLine(refused, {...tmux, hasColour: false})).toBe(statusLine(refused, plain));
	});

	test('gives tmux nothing to expand or to obey, whatever a model is called', () => {
		const model = '#(reboot)#{pane_pid}#[bg=red]#';
		const line = statusLine(status({refusal: {...refusal, model}}), tmux);
		expect(line).toContain('✗ ♯(reboot)♯{pane_pid}♯[bg=re… ');
		expect(line.replaceAll(/#\[(fg=\w+,bg=\w+|default)\]/g, '')).not.toContain('#');
	});

	test('is one harmless line of 80 columns at most', () => {
		const hostile = fc.string({unit: 'binary', maxLength: 300});
		fc.assert(
			fc.property(hostile, hostile, hostile, fc.constantFrom('plain', 'tmux'), (model, words, window, format) => {
				const line = statusLine(status({window, refusal: {model, words, at: now}}), {format, hasColour: false, now});
				// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
				expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
				expect([...line].length).toBeLessThanOrEqual(80);
				if (format === 'tmux') expect(line).not.toContain('#');
			}),
		);
	});

	test('counts wide characters twice when it cuts', () => {
		const line = statusLine(status({window: '项'.repeat(60)}), plain);
		expect(line).toBe(`✓ bedrock $4.12 ${'项'.repeat(31)}…`);
	});
});
