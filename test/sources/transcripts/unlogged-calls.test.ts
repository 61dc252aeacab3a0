import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {reduce} from '../../../source/state/state.ts';
import {globalOpus, noon, stateOf} from '../../support/builders.ts';

/** Work that people found on their bill and not in any `usage`: which system lines tell of it, from bytes to the sum. */
let claude: string;
beforeEach(() => {
	claude = mkdtempSync(join(tmpdir(), 'bedtop-unlogged-'));
	mkdirSync(join(claude, 'projects/a'), {recursive: true});
});
afterEach(() => rmSync(claude, {recursive: true}));

const time = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();
const answer = (minutes: number, inputTokens = 1000) => ({
	...{type: 'assistant', sessionId: 's1', timestamp: time(minutes), requestedModel: globalOpus},
	message: {
		...{id: `msg_bdrk_${minutes}`, model: 'claude-opus-5-5', role: 'assistant', stop_reason: 'end_turn'},
		usage: {input_tokens: inputTokens, output_tokens: 0},
	},
});
const system = (subtype: string, minutes: number, more: object = {}) => ({
	...{type: 'system', subtype, sessionId: 's1', timestamp: time(minutes), content: 'what was done'},
	...more,
});
const costState = (inputTokens: number) => ({
	...{type: 'cost-state', sessionId: 's1'},
	modelUsage: {[globalOpus]: {inputTokens, outputTokens: 0, cacheReadInputTokens: 0}},
});

const sumOf = async (lines: readonly object[]) => {
	writeFileSync(join(claude, 'projects/a/s1.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
	const batch = await createTranscripts({directories: [claude]}).read({touchedSince: 0});
	const {amount, unloggedTokens, lowerBound} = spendOf(
		reduce(stateOf(), {type: 'transcripts', ...batch}).ledger,
		0,
	).local;
	return [Number(amount) / 4_000_000, unloggedTokens, lowerBound];
};

test.each<[string, readonly object[], readonly [tokens: number, unlogged: number, isLowerBound: boolean]]>([
	['nothing but replies is all', [answer(0)], [1000, 0, false]],
	[
		'a recap for who comes back is billed: VasiHemanth/tokentelemetry#246',
		[answer(0), system('away_summary', 10)],
		[1000, 0, true],
	],
	[
		'a compaction is, by hand or not: anthropics/claude-code#24525',
		[answer(0), system('compact_boundary', 10, {compactMetadata: {trigger: 'auto', preTokens: 987_474}})],
		[1000, 0, true],
	],
	[
		'what the session says it was billed for settles it: aflock-ai/aflock#156',
		[answer(0), system('away_summary', 10), costState(1700)],
		[1700, 700, false],
	],
	[
		'what was before a compaction counts on: anthropics/claude-code#46466',
		[answer(0), system('compact_boundary', 10), answer(11), costState(2500)],
		[2500, 500, false],
	],
	[
		'how long a turn took is no call: stop hooks and durations are system lines too',
		[answer(0), system('turn_duration', 10), system('stop_hook_summary', 11)],
		[1000, 0, false],
	],
])('%s', async (_, lines, expected) => expect(await sumOf(lines)).toEqual(expected));
