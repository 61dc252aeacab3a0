import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {listPrices} from '../../support/pricing.ts';

/** What Claude Code 2.1.330 wrote, in its own folder layout, to the token and the pico-dollar. */
let claude: string;
beforeEach(() => {
	claude = mkdtempSync(join(tmpdir(), 'bedtop-written-'));
	mkdirSync(join(claude, 'projects'));
});
afterEach(() => rmSync(claude, {recursive: true}));

const read = async (name: string) => {
	cpSync(join(import.meta.dirname, '../../transcripts/claude-2.1.330', name), join(claude, 'projects'), {
		recursive: true,
	});
	const batch = await createTranscripts({directories: [claude]}).read({touchedSince: 0});
	const ledger = post(
		emptyLedger,
		batch.turns.map(turn => createPosting(turn, listPrices)),
	);
	return {...batch, spend: spendOf(ledger, 0)};
};

test('a reply of several blocks, a subagent in its own file, and what followed', async () => {
	const {spend, turns, files} = await read('subagent');
	expect(files).toBe(2);
	expect(turns).toHaveLength(6);
	// 41 × 4.4 + 373 × 22 + 4600 × 0.22 + 3120 × 5.5 = 26,558.4 µ$
	expect(spend.local).toMatchObject({
		calls: 4,
		usage: {input: 41, output: 373, cacheRead: 4600, cacheWrite5m: 3120, cacheWrite1h: 0},
		amount: 26_558_400_000n,
		low: 26_558_400_000n,
		high: 26_558_400_000n,
		unpricedTokens: 0,
		lowerBound: false,
	});
	expect(spend.direct.calls + spend.unproven.calls).toBe(0);
	expect(turns.filter(({sidechain}) => sidechain)).toHaveLength(1);
});

test('1-hour cache writes are priced as such', async () => {
	const {spend} = await read('hourly');
	// 7 × 4.4 + 500 × 22 + 9000 × 0.22 + 4000 × 8.8 = 48,210.8 µ$
	expect(spend.local).toMatchObject({calls: 1, usage: {cacheWrite1h: 4000}, amount: 48_210_800_000n});
});

test('a refused run has no reply and no cost, but says what was refused', async () => {
	const {spend, failures} = await read('refused');
	expect(spend.local.calls).toBe(0);
	const refused = {status: 403, model: 'us.anthropic.claude-opus-5-5'};
	expect(failures).toMatchObject([refused, {...refused, isFinal: true}]);
});
