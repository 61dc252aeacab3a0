import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {widthOf} from '../../source/screen/text/line.ts';
import {createFakeClock, type FakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

let clock: FakeClock;
let opened: OpenedApp | undefined;
beforeEach(() => {
	clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
});
afterEach(async () => opened?.unmount());

/** The screen of that size once everything has been read. */
const frame = async (columns: number, rows: number, keys = ''): Promise<readonly string[]> => {
	const app = openApp(columns, rows, {clock});
	opened = app;
	await app.waitFor('✗');
	await expect.poll(() => app.store.getState().metrics.size).toBe(2);
	await expect.poll(() => app.store.getState().log.calls.length).toBeGreaterThan(40);
	await app.flushed();
	for (const key of keys) app.press(key);
	await app.flushed();
	const shown = app.rows();
	expect(shown).toHaveLength(rows);
	for (const row of shown) expect(widthOf(row)).toBeLessThanOrEqual(columns);
	return shown;
};

describe('the whole screen', () => {
	test('20×1', async () => {
		expect(await frame(20, 1)).toMatchInlineSnapshot(`
			[
			  "✓  $0.28  ✗ opus-5.5",
			]
		`);
	});

	test('36×3', async () => {
		expect(await frame(36, 3)).toMatchInlineSnapshot(`
			[
			  "✓ bedrock  $0.28 today  $1.13/h",
			  "✗ opus-5.5 ×19 no IAM policy allows…",
			  "us-east-1  opus-5.5 $0.25",
			]
		`);
	});

	test('40×12', async () => {
		expect(await frame(40, 12)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice us-east-1",
			  "✗ opus-5.5 ×19 no IAM policy allows it …",
			  "✗ haiku-4.5 ×9 no IAM policy allows it …",
			  "2 Spend $0.28 today, estimate",
			  "$1.13/h · day → $10.39 · account …",
			  "1 Routing ✓ bedrock ─────── sessions now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m",
			  "4 Calls 15 ok 28 refused",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1",
			  "3 Models 120 calls/h account",
			  "opus-5.5     ▆█▇▆█▆▅▆ 85/h 3.1s 5 thr",
			  "Enter open  ? help  q quit  1–4 pane",
			]
		`);
	});

	test('60×15', async () => {
		expect(await frame(60, 15)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m → Allow bed…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this …",
			  "2 Spend $0.28 today, estimate ──────────────────── files now",
			  "$1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% ·",
			  "opus-5.5 geo       8 336k 4.0k    95% $0.25",
			  "1 Routing ✓ bedrock ─────────────────────────── sessions now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m",
			  "✓ ~/shop bedrock opus-5.5 us-east-1 4121 $0.25 1m",
			  "4 Calls 15 ok 28 refused ──────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1 you alice",
			  "14:56:00 ✓ ok               opus-5.5        bob",
			  "3 Models 120 calls/h account ──────────────── CloudWatch now",
			  "opus-5.5 us          ▄▆▅█▆▆▇█▇▃█▄▇▅  85/h 3.1s 820ms 5 thr",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble",
			]
		`);
	});

	test('80×24', async () => {
		expect(await frame(80, 24)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1        files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity pol…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement t…",
			  "2 Spend $0.28 today, estimate ──────────────────────────────────────── files now",
			  "$1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% · 12 calls",
			  "model     scope  calls   in  out cached  cost",
			  "opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "1 Routing ✓ bedrock ─────────────────────────────────────────────── sessions now",
			  "✓ configured  ✓ 1 running  ✓ replied 1m  ✓ audited 9m",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121 $0.25       1m",
			  "✓ ~/项目 bedrock haiku-4.5 us-east-1      $0.04 ended 3m",
			  "4 Calls 15 ok 28 refused ──────────────────────────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5… you alice us-east-1 → us-west-2 claude-cl…",
			  "14:56:00 ✓ ok               opus-5.5      bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:55:00 ✓ ok               opus-5.5  you alice us-east-1 → us-west-2 claude-cl…",
			  "14:55:00 ✓ ok               haiku-4.5     bob   us-east-1 → us-west-2 Boto3/1.42",
			  "… 12 more",
			  "3 Models 120 calls/h account ──────────────────────────────────── CloudWatch now",
			  "model     scope  last hour                      calls   p50 first",
			  "opus-5.5  us               █▄▄▄█▃█▄█▂█▄▅▄█▄▄▄█▃  85/h  3.1s 820ms 5 thr",
			  "haiku-4.5 global           █▄▄▄█▃█▄              35/h 900ms     –",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble  / filter  m mine",
			]
		`);
	});

	test('100×30', async () => {
		expect(await frame(100, 30)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1                            files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSR…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement to an identity policy…",
			  "1 Routing ✓ bedrock ─────────────── sessions now │ 2 Spend $0.28 today, estimate ───────── files now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m           │ $1.13/h · day → $10.39 · account $2.99–3.55 mine…",
			  "✓ ~/shop bedrock opus-5.5  $0.25       1m        │ model     scope  calls   in  out cached  cost",
			  "✓ ~/项目 bedrock haiku-4.5 $0.04 ended 3m        │ opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "✗ Refused calls: opus-5.5 ×19 identity-policy, … │ haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "✓ Bedrock is switched on: CLAUDE_CODE_USE_BEDRO… │ cache 95% hit saved $1.46 (read $0.09, write …",
			  "3 Models 120 calls/h account ──────────────────────────────────────────────────────── CloudWatch now",
			  "model     scope  last hour                      calls   p50 first",
			  "opus-5.5  us               █▄▄▄█▃█▄█▂█▄▅▄█▄▄▄█▃  85/h  3.1s 820ms 5 thr",
			  "haiku-4.5 global           █▄▄▄█▃█▄              35/h 900ms     –",
			  "4 Calls 15 ok 28 refused ──────────────────────────────────────────────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1 you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:56:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:55:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:55:00 ✓ ok               haiku-4.5       bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:53:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:52:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:51:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:50:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:49:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:48:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:47:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "… 3 more",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble  / filter  m mine  w window  f freeze",
			]
		`);
	});

	test('160×50', async () => {
		expect(await frame(160, 50)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1                                                                                        files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSReservedSSO_Dev_0a1b (bedtop offers no policy, because it doe…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement to an identity policy of the role AWSReservedSSO_Dev_0a1b.",
			  "1 Routing ✓ bedrock ───────────────────────────────────────────── sessions now │ 2 Spend $0.28 today, estimate ─────────────────────────────────────── files now",
			  "✓ configured  ✓ 1 running  ✓ replied 1m  ✓ audited 9m                          │ $1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% · 12 calls",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121 $0.25       1m                       │ model     scope  calls   in  out cached  cost",
			  "✓ ~/项目 bedrock haiku-4.5 us-east-1      $0.04 ended 3m                       │ opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "✗ Refused calls: opus-5.5 ×19 identity-policy, 7m ago; haiku-4.5 ×9 identity-… │ haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "✓ Bedrock is switched on: CLAUDE_CODE_USE_BEDROCK=1 in ~/.claude/settings.json │ cache 95% hit saved $1.46 (read $0.09, write $0.10)",
			  "✓ Region, profile and endpoint: us-east-1, AWS_REGION in ~/.claude/settings.j… │ 89 % of the account's tokens are not from this machine: bob (3 calls)",
			  "✓ Sessions are running: 1 running                                              │ CloudWatch has not caught up: 4 replies of the last minutes (answered 0 min ag…",
			  "✓ Replies prove Bedrock: last msg_bdrk_ reply 1m ago                           │ 128k of my haiku-4.5 tokens are not in CloudWatch: another account, another re…",
			  "✓ Billed elsewhere: no reply of another provider in the window                 │",
			  "✓ CloudTrail confirms the calls: newest confirmed call 9m ago, by request id   │",
			  "✓ AWS credentials work: account 123456789012 as SSO alice                      │",
			  "3 Models 120 calls/h account ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────── CloudWatch now",
			  "model     scope  last hour                                                    calls   p50 first",
			  "opus-5.5  us                         █▆▄▂ ▆▄▂█▆▄ █▆▄▂█▆ ▂█▆▄▂█ ▄▂█▆▄▂ ▆▄▂█▆▄   85/h  3.1s 820ms 5 thr",
			  "haiku-4.5 global                     █▆▄▂ ▆▄▂█▆▄ █▆▄▂                          35/h 900ms     –",
			  "4 Calls 15 ok 28 refused ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1 you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:56:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:55:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:55:00 ✓ ok               haiku-4.5       bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:53:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:52:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:51:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:50:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:49:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:48:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:47:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:46:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:45:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:44:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble  / filter  m mine  w window  f freeze  r refresh",
			]
		`);
	});

	test('240×60', async () => {
		expect(await frame(240, 60)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1                                                                                                                                                                        files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSReservedSSO_Dev_0a1b (bedtop offers no policy, because it does not know the regions that the profile sends calls to).",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement to an identity policy of the role AWSReservedSSO_Dev_0a1b.",
			  "1 Routing ✓ bedrock ───────────────────────────────────────────────────────────────────────────────────── sessions now │ 2 Spend $0.28 today, estimate ─────────────────────────────────────────────────────────────────────────────── files now",
			  "✓ configured  ✓ 1 running  ✓ replied 1m  ✓ audited 9m                                                                  │ $1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% · 12 calls",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121 $0.25       1m                                                               │ model     scope  calls   in  out cached  cost",
			  "✓ ~/项目 bedrock haiku-4.5 us-east-1      $0.04 ended 3m                                                               │ opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "✗ Refused calls: opus-5.5 ×19 identity-policy, 7m ago; haiku-4.5 ×9 identity-policy, 7m ago → Allow bedrock:InvokeMod… │ haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "✓ Bedrock is switched on: CLAUDE_CODE_USE_BEDROCK=1 in ~/.claude/settings.json                                         │ cache 95% hit saved $1.46 (read $0.09, write $0.10)",
			  "✓ Region, profile and endpoint: us-east-1, AWS_REGION in ~/.claude/settings.json; profiles us.…                        │ 89 % of the account's tokens are not from this machine: bob (3 calls)",
			  "✓ Sessions are running: 1 running                                                                                      │ CloudWatch has not caught up: 4 replies of the last minutes (answered 0 min ago)",
			  "✓ Replies prove Bedrock: last msg_bdrk_ reply 1m ago                                                                   │ 128k of my haiku-4.5 tokens are not in CloudWatch: another account, another region, or late data",
			  "✓ Billed elsewhere: no reply of another provider in the window                                                         │",
			  "✓ CloudTrail confirms the calls: newest confirmed call 9m ago, by request id                                           │",
			  "✓ AWS credentials work: account 123456789012 as SSO alice                                                              │",
			  "3 Models 120 calls/h account ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── CloudWatch now",
			  "model     scope  last hour                                                    calls   p50 first",
			  "opus-5.5  us                         █▆▄▂ ▆▄▂█▆▄ █▆▄▂█▆ ▂█▆▄▂█ ▄▂█▆▄▂ ▆▄▂█▆▄   85/h  3.1s 820ms 5 thr",
			  "haiku-4.5 global                     █▆▄▂ ▆▄▂█▆▄ █▆▄▂                          35/h 900ms     –",
			  "4 Calls 15 ok 28 refused ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1 you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:56:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:55:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:55:00 ✓ ok               haiku-4.5       bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5        bob   us-east-1 → us-west-2 Boto3/1.42",
			  "14:54:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:53:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:52:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:51:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:50:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:49:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:48:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:47:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:46:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:45:00 ✓ ok               opus-5.5    you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "14:44:00 ✓ ok               haiku-4.5   you alice us-east-1 → us-west-2 claude-cli/2.1.330",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble  / filter  m mine  w window  f freeze  r refresh",
			]
		`);
	});
});

describe('what can be opened', () => {
	test.each([
		['a zoomed pane', '44j'],
		['a session', '1\r'],
		['a refusal', '\r'],
		['a call', '4j\r'],
		['a model', '3\r'],
		['the help', '?'],
	])('%s fits every size', async (_, keys) => {
		for (const [columns, rows] of [
			[20, 1],
			[36, 3],
			[40, 12],
			[100, 30],
		] as const) {
			await frame(columns, rows, keys);
			await opened?.unmount();
		}
	});

	test('the newest refusal at 60×15', async () => {
		expect(await frame(60, 15, '\r')).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m → Allow bed…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this …",
			  "✗ opus-5.5: no IAM policy allows it",
			  "None of the caller's identity policies allows this action on",
			  "this resource.",
			  "→ Allow bedrock:InvokeModelWithResponseStream on the model",
			  "in an identity policy of the role AWSReservedSSO_Dev_0a1b",
			  "(bedtop offers no policy, because it does not know the",
			  "regions that the profile sends calls to).",
			  "",
			  "who           alice",
			  "ARN           arn:aws:sts::123456789012:assumed-role/AWSRese",
			  "… 27 more lines",
			  "y copy  Esc back  ? help  q quit  j/k move  f freeze",
			]
		`);
	});

	test('the busiest model at 80×24', async () => {
		expect(await frame(80, 24, '3\r')).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1        files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity pol…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement t…",
			  "opus-5.5 us-east-1",
			  "Tokens sent (input and cache) per 10 minutes",
			  "2.0M│",
			  "    │                                                                        ⣀",
			  "1.0M│                                                                        ⣿⣧⡄",
			  "    │                                                                       ⣤⣿⣿⣧",
			  "   0│                                                                       ⣿⣿⣿⣿",
			  "     00:00    02:00     04:00     06:00     08:00     10:00     12:00     14:00",
			  "Tokens answered per 10 minutes",
			  " 20k│                                                                        ⣤⣄⡀",
			  "   0│                                                                       ⣶⣿⣿⣷",
			  "     00:00    02:00     04:00     06:00     08:00     10:00     12:00     14:00",
			  "Latency is known as the median of the last hour only, so no course of it is",
			  "drawn.",
			  "",
			  "Whole account since 00:00:00 (CloudWatch, just now)",
			  "calls         85  85 in the last hour",
			  "throttled     5",
			  "… 20 more lines",
			  "y copy  Esc back  ? help  q quit  j/k move  f freeze  r refresh",
			]
		`);
	});
});
