import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {interrupted} from '../../source/app/app.tsx';
import type {Problem} from '../../source/domain/common/problem.ts';
import {openSource, type Source} from '../../source/sources/source.ts';
import type {Action} from '../../source/state/state.ts';
import {createFakeClock, type FakeClock} from '../support/fake-clock.ts';
import {morningSources, opening} from '../support/fixture.ts';
import {type Opening, openApp} from '../support/open-app.tsx';
import type {ScreenUnderTest} from '../support/screen.ts';

let clock: FakeClock;
let screen: ScreenUnderTest | undefined;
beforeEach(() => {
	clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
});
afterEach(async () => screen?.unmount());

const open = (
	columns: number,
	rows: number,
	sources?: readonly Source[],
	extras: Omit<Opening, 'clock' | 'sources'> = {},
) => {
	const opened = openApp(columns, rows, {clock, ...(sources !== undefined && {sources}), ...extras});
	screen = opened;
	return opened;
};

const settled = async (opened: ScreenUnderTest) => {
	await opened.waitFor(/opus-5\.5/);
	return opened;
};

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
		await opened.waitFor('120 calls/h account');
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

	test('keys that arrive in one go all count', async () => {
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
	const failing = (source: Source, problem: Problem, until: {healed: boolean}): Source =>
		opening(source, (context, region) => {
			const opened = openSource(source, context, region);
			return {
				async read(dispatch, signal) {
					if (!until.healed) throw new Error('fault');
					await opened.read(dispatch, signal);
				},
				explain: () => problem,
			};
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
		['CloudTrail denied', 'cloudtrail', denied, 'allow cloudtrail:LookupEvents', '×28'],
		['CloudTrail unreachable', 'cloudtrail', unreachable, 'ECONNREFUSED', '×28'],
		['CloudWatch throttled', 'cloudwatch', throttled, 'throttling', '3.1s'],
		['CloudWatch with expired credentials', 'cloudwatch', expired, 'aws sso login', '3.1s'],
		['identity with expired credentials', 'identity', expired, 'account unknown', '123456789012'],
	] as const)('%s', async (_, source, problem, said, healed) => {
		const until = {healed: false};
		const sources = morningSources(clock.now()).map(one => (one.name === source ? failing(one, problem, until) : one));
		const opened = open(100, 30, sources);
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
		let extra: readonly Action[] = [];
		const growing = (source: Source): Source =>
			opening(source, (context, region) => {
				const opened = openSource(source, context, region);
				return {
					...opened,
					async read(dispatch, signal) {
						await opened.read(dispatch, signal);
						for (const action of extra) dispatch(action);
					},
				};
			});
		const sources = morningSources(clock.now()).map(one => (one.name === 'transcripts' ? growing(one) : one));
		const opened = open(60, 15, sources, {alarm: () => rung++});
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
