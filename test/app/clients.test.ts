import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {collectOnce} from '../../source/app/one-round.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {check} from '../../source/output/check.ts';
import {toJson} from '../../source/output/json/json.ts';
import {createStore} from '../../source/polling/store.ts';
import {sources} from '../../source/sources/registry.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {fixtureOf, linesIn, placeFixture} from '../support/clients/fixtures.ts';
import {calledIn, isRightSum, rightAnswer, toldBy, triesIn} from '../support/clients/right-answers.ts';
import {pinned, type SituationName, settle, situationNames, situations} from '../support/clients/situations.ts';
import {clientVersions} from '../support/clients/versions.ts';
import {contextOf} from '../support/context.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {settingsSince} from '../support/settings.ts';

/** What real clients wrote (`test/claude/clients.claude.ts`), held to the same table without them. */
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-clients-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Line = {readonly timestamp?: string; readonly subtype?: string; readonly isApiErrorMessage?: boolean};

/** One round of what a person who has the fixture's home asks, a minute after its last line. */
const roundOf = async (version: string, name: SituationName) => {
	const home = join(folder, version, name);
	settle(home, situations[name]);
	placeFixture(version, name, home);
	const lines: readonly Line[] = linesIn(fixtureOf(version, name));
	const at = Math.max(...lines.map(({timestamp = '1970'}) => Date.parse(timestamp))) + 60_000;
	const clock = createFakeClock(at);
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(at - 86_400_000)));
	const machine = {
		...{claudeDirectories: [join(home, '.claude')], home, cwd: home, platform: 'linux' as const, shell: new Map()},
		now: clock.now,
	};
	const context = contextOf({
		...{store, clock, others: {machine}},
		options: {purpose: 'report', hasAws: false, isDemo: false},
	});
	await collectOnce({store, context, clock, sources: sources.filter(({isOn}) => isOn(context.options))});
	const view = overview(store.getState(), clock.now());
	const json = JSON.parse(JSON.stringify(toJson(view, {version: '0', isDemo: false})));
	return {json, lines, told: toldBy(json, check(view).code)};
};

describe.each(clientVersions)('%s', version => {
	test.each(situationNames)('%s', async name => {
		const {json, lines, told} = await roundOf(version, name);
		const right = rightAnswer(version, name);
		expect(told).toEqual(right);
		const isExplained = right.refusals.length + right.failures.length > 0;
		const retries = lines.filter(({subtype}) => subtype === 'api_error').length;
		const finals = lines.filter(({isApiErrorMessage}) => isApiErrorMessage).length;
		expect(triesIn(json)).toBe(isExplained ? retries || finals : 0);
		const isPinned = 'settings' in situations[name] || right.refusals.includes('identity-policy');
		expect(calledIn(json)).toEqual(isExplained && isPinned ? [pinned] : calledIn(json).slice(0, 1));
		if (right.provider !== undefined) {
			const ids = lines.map(line => (line as {message?: {id?: string}}).message?.id).filter(id => id !== undefined);
			expect(json.spend.local).toMatchObject({calls: new Set(ids).size});
			expect(isRightSum(version, json, new Set(ids).size)).toBe(true);
		}
	});
});
