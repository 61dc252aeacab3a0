import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {collectOnce} from '../../../source/app/one-round.ts';
import {keepStatus} from '../../../source/app/status/keep-status.ts';
import {readStatusFile, removeStatusFile, writeStatusFile} from '../../../source/app/status/status-file.ts';
import {windowAt} from '../../../source/domain/common/window.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {postingsOf} from '../../../source/domain/spend/ledger.ts';
import {createStore} from '../../../source/polling/store.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import type {Status} from '../../../source/state/status.ts';
import {contextOf} from '../../support/context.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {morningSources} from '../../support/fixture.ts';

const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
const minute = 60_000;

let folder: string;
beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'bedtop-status-')), 'state', 'bedtop');
});
afterEach(() => rmSync(join(folder, '../..'), {recursive: true, force: true}));

const path = () => join(folder, 'status.json');
const content = () => readFileSync(path(), 'utf8');
const [isAlive, isDead] = [() => true, () => false];

const kept: Status = {
	verdict: 'bedrock',
	spent: {amount: 4n, low: 3n, high: 5n, calls: 7, unpricedCalls: 1, unpricedTokens: 900, lowerBound: true},
	isUnread: false,
	window: 'today',
	burn: 2n,
	refusal: {model: 'opus-5.5', words: 'throttled', at: noon - minute},
};

describe('the file', () => {
	test('gives back what was written, is its owner’s alone and leaves no draft', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		expect(readStatusFile(folder, noon + minute, isAlive)).toEqual(kept);
		expect(statSync(path()).mode & 0o777).toBe(0o600);
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(existsSync(`${path()}.12`)).toBe(false);
	});

	test('of another day, of a process that is gone, or silent for three minutes says nothing', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		expect(readStatusFile(folder, noon, isDead)).toBeUndefined();
		expect(readStatusFile(folder, noon + 3 * minute, isAlive)).toEqual(kept);
		expect(readStatusFile(folder, noon + 3 * minute + 1, isAlive)).toBeUndefined();
		expect(readStatusFile(folder, noon - 4 * minute, isAlive)).toBeUndefined();
		const midnight = new Date(noon).setHours(24, 0, 0, 0);
		writeStatusFile(folder, kept, {pid: 12, at: midnight - 1});
		expect(readStatusFile(folder, midnight - 1, isAlive)).toEqual(kept);
		expect(readStatusFile(folder, midnight, isAlive)).toBeUndefined();
	});

	test('that was torn or tampered with is never half believed', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		const whole = content();
		for (let length = 0; length < whole.length; length += 7) {
			writeFileSync(path(), whole.slice(0, length));
			expect(readStatusFile(folder, noon, isAlive)).toBeUndefined();
		}
		const wrong = [
			{verdict: 'fine'},
			{spent: undefined},
			{spent: {picoUsd: 4}},
			{spent: {...JSON.parse(whole).spent, picoUsd: '-4'}},
			{window: 3},
			{pid: 0},
			{pid: -1},
			{at: 'noon'},
			{version: 2},
			{isUnread: 'no'},
			{burnPicoUsd: 2},
			{refusal: {words: 'throttled'}},
			{spent: {...JSON.parse(whole).spent, picoUsdRange: ['4']}},
		];
		for (const changes of wrong) {
			writeFileSync(path(), JSON.stringify({...JSON.parse(whole), ...changes}));
			expect(readStatusFile(folder, noon, isAlive), JSON.stringify(changes)).toBeUndefined();
		}
		writeFileSync(path(), `${whole}${' '.repeat(20_000)}`);
		expect(readStatusFile(folder, noon, isAlive)).toBeUndefined();
	});

	test('survives any JSON in place of it', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		const whole = JSON.parse(content());
		fc.assert(
			fc.property(fc.constantFrom(...Object.keys(whole)), fc.jsonValue(), (key, value) => {
				writeFileSync(path(), JSON.stringify({...whole, [key]: value}));
				readStatusFile(folder, noon, isAlive);
			}),
		);
	});

	test('is removed only by who wrote it', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		removeStatusFile(folder, 13);
		expect(existsSync(path())).toBe(true);
		removeStatusFile(folder, 12);
		expect(existsSync(path())).toBe(false);
		removeStatusFile(folder, 12);
	});

	test('that cannot be written is lost, and nothing else', () => {
		writeStatusFile(folder, kept, {pid: 12, at: noon});
		writeFileSync(join(folder, 'file'), '');
		writeStatusFile(join(folder, 'file'), kept, {pid: 12, at: noon});
		chmodSync(folder, 0o700);
		expect(readStatusFile(join(folder, 'file'), noon, isAlive)).toBeUndefined();
	});
});

describe('a running program', () => {
	let clock: FakeClock;
	beforeEach(() => {
		clock = createFakeClock(noon);
	});

	const open = async () => {
		const limits = {};
		const store = createStore<State, Action>(
			reduce,
			initialState(defaultBook, {
				...windowAt(noon, {limits}),
				...{askedRegions: [], limits, cacheLifetime: undefined, watchCap: 0n, refreshMs: minute},
			}),
		);
		const forget = keepStatus({store, clock, directory: folder, pid: process.pid});
		await clock.advance(2000);
		expect(existsSync(path())).toBe(false);
		await collectOnce({
			store,
			sources: morningSources(noon),
			context: contextOf({store, clock, options: {purpose: 'report'}}),
			clock,
		});
		await clock.advance(2000);
		return {store, forget};
	};

	test('keeps verdict, money, pace and the newest refusal, and nobody’s name', async () => {
		await open();
		expect(readStatusFile(folder, clock.now())).toMatchObject({
			verdict: 'bedrock',
			spent: {calls: 12},
			window: 'today',
			refusal: {model: 'opus-5.5', words: 'no IAM policy allows it', at: noon - 7 * minute},
		});
		expect(content()).not.toMatch(/123456789012|alice|arn:|home|shop|"s1"/);
	});

	const again = async (store: Awaited<ReturnType<typeof open>>['store']) => {
		store.dispatch({
			type: 'status',
			status: {name: 'transcripts', phase: 'idle', failures: 0, lastSuccessAt: clock.now()},
		});
		await clock.advance(0);
	};

	test('writes nothing while the line stays the same, but once a minute in any case', async () => {
		const {store} = await open();
		rmSync(path());
		await again(store);
		await clock.advance(20_000);
		expect(existsSync(path())).toBe(false);
		await clock.advance(40_000);
		expect(existsSync(path())).toBe(true);
	});

	test('writes at most every two seconds', async () => {
		const {store} = await open();
		const cost = (n: number): Action => ({
			type: 'transcripts',
			turns: [{...[...postingsOf(store.getState().ledger)][0]?.turn, id: `msg_bdrk_new${n}`, at: clock.now()} as never],
			failures: [],
		});
		store.dispatch(cost(1));
		await clock.advance(0);
		const first = content();
		store.dispatch(cost(2));
		await clock.advance(1900);
		expect(content()).toBe(first);
		await clock.advance(200);
		expect(content()).not.toBe(first);
	});

	test('goes on while the screen is frozen', async () => {
		const {store} = await open();
		const before = readStatusFile(folder, clock.now());
		store.freeze();
		const turn = {...[...postingsOf(store.getState().ledger)][0]?.turn, id: 'msg_bdrk_new', at: clock.now()} as never;
		store.dispatch({type: 'transcripts', turns: [turn], failures: []});
		await clock.advance(35_000);
		expect(readStatusFile(folder, clock.now())?.spent?.calls).toBe((before?.spent?.calls ?? 0) + 1);
	});

	test('leaves nothing behind, and nothing comes back', async () => {
		const {store, forget} = await open();
		forget();
		expect(existsSync(path())).toBe(false);
		await again(store);
		await clock.advance(2 * minute);
		expect(existsSync(path())).toBe(false);
	});

	test('keeps nothing where it has no folder', () => {
		const store = createStore<State, Action>(reduce, initialState(defaultBook, {} as never));
		keepStatus({store, clock, directory: undefined, pid: 1})();
		expect(clock.pending()).toBe(0);
	});
});
