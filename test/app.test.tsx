import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {interrupted} from '../source/app.tsx';
import type {Problem} from '../source/domain/problem.ts';
import type {Action} from '../source/domain/state.ts';
import type {Feed, Feeds} from '../source/sources/feed.ts';
import {widthOf} from '../source/view/line.ts';
import {createFakeClock, type FakeClock} from './support/fake-clock.ts';
import {morningFeeds} from './support/fixture.ts';
import {type Opening, openApp} from './support/open-app.tsx';
import type {ScreenUnderTest} from './support/screen.ts';

let clock: FakeClock;
let screen: ScreenUnderTest | undefined;
beforeEach(() => {
	clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
});
afterEach(async () => screen?.unmount());

const open = (columns: number, rows: number, feeds?: Feeds, extras: Omit<Opening, 'clock' | 'feeds'> = {}) => {
	const opened = openApp(columns, rows, {clock, ...(feeds !== undefined && {feeds}), ...extras});
	screen = opened;
	return opened;
};

const settled = async (opened: ScreenUnderTest) => {
	await opened.waitFor(/opus-5\.5/);
	return opened;
};

const expectFits = (opened: ScreenUnderTest, columns: number, rows: number) => {
	const shown = opened.rows();
	expect(shown).toHaveLength(rows);
	for (const row of shown) expect(widthOf(row)).toBeLessThanOrEqual(columns);
	expect(shown[0]).toMatch(/^bedtop/);
	expect(shown.at(-1)).toMatch(/\? help/);
};

describe('whole frames', () => {
	test('40×12', async () => {
		const opened = await settled(open(40, 12));
		await opened.waitFor('28');
		expectFits(opened, 40, 12);
		expect(opened.rows()).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice us-east-1",
			  "✗ opus-5.5 ×19 no IAM policy allows it …",
			  "✗ haiku-4.5 ×9 no IAM policy allows it …",
			  "2 Spend $0.28 today, estimate",
			  "$1.13/h · day → $10.39 · account $2.99–…",
			  "1 Routing ✓ bedrock ─────── sessions now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m",
			  "4 Calls 15 ok 28 refused",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1",
			  "3 Models 120 calls/h account",
			  "opus-5.5      ▆█▇▆█▆▅▆ 85/h  3.1s 5 thr",
			  "Enter open  ? help  q quit  1–4 pane",
			]
		`);
	});

	test('60×15', async () => {
		const opened = await settled(open(60, 15));
		await opened.waitFor('28');
		expectFits(opened, 60, 15);
		expect(opened.rows()).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m → Allow bed…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this …",
			  "2 Spend $0.28 today, estimate ──────────────────── files now",
			  "$1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% ·",
			  "opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "1 Routing ✓ bedrock ─────────────────────────── sessions now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121  1m",
			  "4 Calls 15 ok 28 refused ──────────────────── CloudTrail now",
			  "14:57:00 ✗ AccessDenied ×28 opus-5.5 +1 you alice",
			  "14:56:00 ✓ ok               opus-5.5        bob",
			  "3 Models 120 calls/h account ──────────────── CloudWatch now",
			  "opus-5.5 us           ▄▆▅█▆▆▇█▇▃█▄▇▅  85/h  3.1s 820ms 5 thr",
			  "Enter open  ? help  q quit  1–4 pane  j/k move  z trouble",
			]
		`);
	});

	test('100×30', async () => {
		const opened = await settled(open(100, 30));
		await opened.waitFor('×28');
		expectFits(opened, 100, 30);
		expect(opened.rows()).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1                            files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSR…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement to an identity policy…",
			  "1 Routing ✓ bedrock ─────────────── sessions now │ 2 Spend $0.28 today, estimate ───────── files now",
			  "✓ set  ✓ 1 run  ✓ reply 1m  ✓ audit 9m           │ $1.13/h · day → $10.39 · account $2.99–3.55 mine…",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121  1m    │ model     scope  calls   in  out cached  cost",
			  "✓ ~/项目 bedrock haiku-4.5 us-east-1 ended 3m    │ opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "✗ Refused calls: opus-5.5 ×19 identity-policy, … │ haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "✓ Bedrock is switched on: CLAUDE_CODE_USE_BEDRO… │ cache 95% hit saved $1.46 (read $0.09, write $0.…",
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
		const opened = await settled(open(160, 50));
		await opened.waitFor('×28');
		expectFits(opened, 160, 50);
		expect(opened.rows().slice(0, 12)).toMatchInlineSnapshot(`
			[
			  "bedtop 123456789012 alice (SSO) us-east-1                                                                                        files now metrics now trail now",
			  "✗ opus-5.5 ×19 no IAM policy allows it alice 7m",
			  "  → Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSReservedSSO_Dev_0a1b (bedtop offers no policy, because it doe…",
			  "✗ haiku-4.5 ×9 no IAM policy allows it alice 7m → Add this policy's statement to an identity policy of the role AWSReservedSSO_Dev_0a1b.",
			  "1 Routing ✓ bedrock ───────────────────────────────────────────── sessions now │ 2 Spend $0.28 today, estimate ─────────────────────────────────────── files now",
			  "✓ configured  ✓ 1 running  ✓ replied 1m  ✓ audited 9m                          │ $1.13/h · day → $10.39 · account $2.99–3.55 (now) mine 9% · 12 calls",
			  "✓ ~/shop bedrock opus-5.5  us-east-1 4121  1m                                  │ model     scope  calls   in  out cached  cost",
			  "✓ ~/项目 bedrock haiku-4.5 us-east-1 ended 3m                                  │ opus-5.5  geo        8 336k 4.0k    95% $0.25",
			  "✗ Refused calls: opus-5.5 ×19 identity-policy, 7m ago; haiku-4.5 ×9 identity-… │ haiku-4.5 global     4 168k 2.0k    95% $0.04",
			  "✓ Bedrock is switched on: CLAUDE_CODE_USE_BEDROCK=1 in ~/.claude/settings.json │ cache 95% hit saved $1.46 (read $0.09, write $0.10)",
			  "✓ Region, profile and endpoint: us-east-1, AWS_REGION in ~/.claude/settings.j… │ 89 % of the account's tokens are not from this machine: bob (3 calls)",
			  "✓ Sessions are running: 1 running                                              │ CloudWatch has not caught up: 4 replies of the last minutes (answered 0 min ag…",
			]
		`);
	});
});

test('through any resizing every frame equals a fresh one', async () => {
	const sizes = [
		[100, 30],
		[40, 12],
		[160, 50],
		[60, 15],
		[99, 17],
		[30, 5],
		[80, 24],
		[40, 12],
	] as const;
	const fresh: (readonly string[])[] = [];
	for (const [columns, rows] of sizes) {
		const opened = open(columns, rows);
		await opened.waitFor(columns < 36 ? 'opus' : /×[\s\S]*account/);
		fresh.push(opened.rows());
		await opened.unmount();
	}
	const opened = await settled(open(60, 15));
	for (const [index, [columns, rows]] of sizes.entries()) {
		await opened.resize(columns, rows);
		await expect.poll(() => opened.rows(), {timeout: 5000}).toEqual(fresh[index]);
	}
});

describe('keys', () => {
	test('the help is made from the keymap, and Esc leaves it', async () => {
		const opened = await settled(open(60, 15));
		opened.press('?');
		await opened.waitFor(/^Help$/m);
		opened.press('\u001b');
		await opened.waitFor('1 Routing');
	});

	test('a number gives a pane room, Tab goes on, Esc lets go', async () => {
		const opened = await settled(open(40, 12));
		await opened.waitFor('28');
		const heightOf = (title: string) => {
			const rows = opened.rows();
			const start = rows.findIndex(row => row.includes(title));
			const end = rows.findIndex((row, index) => index > start && /^\d[ ▸][A-Z]|\? help/.test(row));
			return start === -1 ? 0 : end - start;
		};
		expect(heightOf('4 Calls')).toBeLessThanOrEqual(3);
		const before = opened.rows();
		opened.press('4');
		await expect.poll(() => opened.rows()).not.toEqual(before);
		opened.press('\u001b');
		await expect.poll(() => opened.rows()).toEqual(before);
		opened.press('\t');
		await expect.poll(() => opened.written()).toContain('Routing');
	});

	test('keys that arrive in one go are all obeyed', async () => {
		const opened = await settled(open(60, 15));
		opened.press('?4rq');
		expect(await opened.waitUntilExit()).toBeUndefined();
	});

	test('q ends it, Ctrl-C ends it as interrupted', async () => {
		const first = await settled(open(60, 15));
		first.press('q');
		expect(await first.waitUntilExit()).toBeUndefined();
		const second = await settled(open(60, 15));
		second.press('\u0003');
		expect(await second.waitUntilExit()).toBe(interrupted);
		expect(clock.pending()).toBe(0);
	});
});

describe('a source that fails says so in its pane while the others live on', () => {
	const failing = (feed: Feed, problem: Problem, until: {healed: boolean}): Feed => ({
		...feed,
		async read(dispatch, signal) {
			if (!until.healed) throw new Error('fault');
			await feed.read(dispatch, signal);
		},
		explain: () => problem,
	});
	const denied: Problem = {
		kind: 'denied',
		message: 'CloudTrail refuses cloudtrail:LookupEvents.',
		fix: 'allow cloudtrail:LookupEvents on Resource "*"',
	};
	const expired: Problem = {kind: 'credentials', message: 'Credentials do not work.', fix: 'aws sso login'};
	const throttled: Problem = {kind: 'throttled', message: 'CloudWatch is throttling; asking again more slowly.'};
	const unreachable: Problem = {kind: 'network', message: 'CloudTrail cannot be reached (ECONNREFUSED).'};

	test.each([
		['CloudTrail denied', 'trail', denied, 'allow cloudtrail:LookupEvents', '×28'],
		['CloudTrail unreachable', 'trail', unreachable, 'ECONNREFUSED', '×28'],
		['CloudWatch throttled', 'metrics', throttled, 'throttling', '3.1s'],
		['CloudWatch with expired credentials', 'metrics', expired, 'aws sso login', '3.1s'],
		['identity with expired credentials', 'identity', expired, 'account unknown', '123456789012'],
	] as const)('%s', async (_, source, problem, said, healed) => {
		const feeds = morningFeeds(clock.now());
		const until = {healed: false};
		const good = feeds[source]?.('us-east-1' as never) as Feed;
		const bad = failing(good, problem, until);
		const opened = open(100, 30, {...feeds, [source]: () => bad});
		await opened.waitFor(said);
		await settled(opened);
		expect(opened.text()).toContain('✓ bedrock');
		until.healed = true;
		await clock.advance(2 * 60_000);
		await opened.waitFor(healed);
		await expect.poll(() => opened.text()).not.toContain(said);
	});
});

describe('alarms', () => {
	const dollar = 1_000_000_000_000n;

	test('a budget that is nearly used up is said in the pane and above it', async () => {
		const opened = open(100, 30, undefined, {settings: {limits: {day: (33n * dollar) / 100n}}});
		await opened.waitFor(/budget ▲ \d+% of \$0\.33 today/);
		await opened.waitFor(/█+░+ ▲ \d+% of \$0\.33 today/);
	});

	test('the bell rings once for what is new, and never for what was there before', async () => {
		let rung = 0;
		const feeds = morningFeeds(clock.now());
		let extra: readonly Action[] = [];
		const transcripts = feeds.transcripts as Feed;
		const growing: Feed = {
			...transcripts,
			async read(dispatch, signal) {
				await transcripts.read(dispatch, signal);
				for (const action of extra) dispatch(action);
			},
		};
		const opened = open(60, 15, {...feeds, transcripts: growing}, {alarm: () => rung++});
		await settled(opened);
		await opened.waitFor('×28');
		await clock.advance(20_000);
		expect(rung).toBe(0);
		const message = 'User: arn:aws:iam::123456789012:user/x is not authorized to perform: bedrock:InvokeModel';
		const failure = {
			id: 'new',
			at: clock.now(),
			sessionId: 's',
			status: 403,
			message,
			model: 'us.anthropic.claude-opus-5',
		};
		extra = [{type: 'transcripts', turns: [], failures: [failure]}];
		await clock.advance(6000);
		await expect.poll(() => rung).toBe(1);
		await clock.advance(60_000);
		expect(rung).toBe(1);
	});
});
