import {expect, test} from 'vitest';
import {isCoverageNews, joinCoverage} from '../../../source/sources/history/coverage.ts';
import {createHistory} from '../../../source/sources/history/history.ts';
import {replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();

test.each([
	['nothing before', undefined, {since: 5, until: 9}, {since: 5, until: 9}],
	['one that goes on', {since: 1, until: 5}, {since: 5, until: 9}, {since: 1, until: 9}],
	['a gap: nobody knows what was in it', {since: 1, until: 4}, {since: 5, until: 9}, {since: 5, until: 9}],
	['one within', {since: 1, until: 9}, {since: 5, until: 8}, {since: 1, until: 9}],
	['one that reaches back further', {since: 5, until: 8}, {since: 1, until: 9}, {since: 1, until: 9}],
	['a clock that went back', {since: 50, until: 60}, {since: 1, until: 9}, {since: 1, until: 9}],
])('%s', (_, known, read, joined) => {
	expect(joinCoverage(known, read)).toEqual(joined);
});

test('time that passes is news now and then', () => {
	const known = {since: 1, until: 1000};
	expect(isCoverageNews(known, {since: 1, until: 2000})).toBe(false);
	expect(isCoverageNews(known, {since: 1, until: 1_000_000})).toBe(true);
	expect(isCoverageNews(known, {since: 0, until: 1000})).toBe(true);
});

test('what two runs have seen one after the other is known to the third', async () => {
	writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_1'));
	await runOnce(folders);
	const run = async (since: number, until: number) => {
		const history = createHistory({directory: folders.state, now: () => until});
		await history.recall({roots: ['/p'], since: 0, touched: []});
		history.cover('/p', {since, until});
		const known = history.knownSince('/p');
		history.close();
		return known;
	};
	const hourMs = 3_600_000;
	expect([await run(0, hourMs), await run(hourMs / 2, 2 * hourMs), await run(3 * hourMs, 4 * hourMs)]).toEqual([
		...[0, 0, 3 * hourMs],
	]);
});
