import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {toJson} from '../../../source/output/json/json.ts';
import {reportSections} from '../../../source/output/report/report-sections.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {organisationLines, pricingNotes} from '../../../source/screen/words/organisation.ts';
import {readConfiguration} from '../../../source/sources/sessions/settings.ts';
import {overview} from '../../../source/state/overview.ts';
import {reduce} from '../../../source/state/state.ts';
import {ledgerOf, noon, reply, stateOf} from '../../support/builders.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-organisation-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const write = async (name: string, modelPricing: unknown) => {
	await mkdir(dirname(join(home, name)), {recursive: true});
	await writeFile(join(home, name), JSON.stringify({modelPricing}));
};
const read = () =>
	readConfiguration({
		...{claudeDirectory: join(home, '.claude'), cwd: join(home, 'shop'), shell: new Map(), home, platform: 'linux'},
		managedDirectory: join(home, 'managed'),
	});
/** A million tokens in, at the global profile of Opus 5.5: $4 at list price. */
const view = async () => {
	const state = stateOf({ledger: ledgerOf(reply('one', {usage: {input: 1_000_000}}))});
	return overview(reduce(state, {type: 'configuration', base: await read(), byFolder: new Map()}), noon);
};
const linesOf = async () => {
	const shown = await view();
	return [...organisationLines(shown), ...pricingNotes(shown)].map(plainText);
};
const opus = {input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5};

test("the administrator's prices stand beside the list's and never in its place", async () => {
	await write('managed/managed-settings.json', {multiplier: 0.85});
	await write('managed/managed-settings.d/20-prices.json', {overrides: {'claude-opus-5-5': opus}});
	const shown = await view();
	const {spend} = toJson(shown, {version: '1', isDemo: false});
	expect(spend.local).toMatchObject({usd: 4, organisation: {usd: 1.7, picoUsd: '1700000000000', lowerBound: false}});
	expect(spend.models[0]).toMatchObject({usd: 4, organisation: {usd: 1.7}});
	expect(await linesOf()).toEqual([
		"organisation's price $1.70 (×0.85, 1 override, ~/managed/managed-settings.d/20-prices.json, ~/managed/managed-settings.json)",
	]);
	const report = reportSections(shown, {isDemo: false, columns: 120, home});
	expect(report.find(({title}) => title === 'Spend')?.table?.[0]).toMatchObject({cost: '$4.00', organisation: '$1.70'});
});

test.each(['.claude/settings.json', 'shop/.claude/settings.json', 'shop/.claude/settings.local.json'])(
	'%s sets no prices, and is told so',
	async name => {
		await write(name, {multiplier: 0.5});
		expect(await linesOf()).toEqual([
			`modelPricing in ~/${name} is ignored: only an administrator's settings set prices`,
		]);
		expect(toJson(await view(), {version: '1', isDemo: false}).spend.local.organisation).toBeNull();
		expect((await read()).findings).toEqual([]);
	},
);

test('what makes no sense is named, the rest counts', async () => {
	await write('managed/managed-settings.json', {multiplier: 11, overrides: {'claude-opus-5-5': opus, opus: opus}});
	expect(await linesOf()).toEqual([
		"organisation's price $2.00 (×1, 1 override, ~/managed/managed-settings.json)",
		'modelPricing in ~/managed/managed-settings.json: multiplier is no number above 0 up to 10, and is ignored',
		'modelPricing in ~/managed/managed-settings.json: opus names no model exactly, and is ignored',
	]);
});
