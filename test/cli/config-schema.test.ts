import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import schema from '../../config.schema.json' with {type: 'json'};
import packageJson from '../../package.json' with {type: 'json'};
import {readConfigFile} from '../../source/cli/config-file.ts';
import {configSchema} from '../../source/cli/config-schema.ts';
import {optionNames, optionRows} from '../../source/cli/options.ts';
import {readOptions} from '../../source/cli/read-options.ts';
import {rebindable} from '../../source/screen/input/keymap.ts';
import {themeNames} from '../../source/screen/text/theme-names.ts';
import {isValid} from '../support/json-schema.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-schema-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** What the program says of such a file: nothing where it can be used. */
const faultOf = (config: unknown): string | undefined => {
	const path = join(folder, 'config.json');
	writeFileSync(path, JSON.stringify(config));
	try {
		readOptions({typed: {}}, false, readConfigFile(path));
		return undefined;
	} catch (error) {
		return String(error);
	}
};

const settings = optionNames.filter(name => optionRows[name].setting !== undefined);

test('the schema in the package is the one of the options: npm run build writes it anew', () => {
	expect(schema).toEqual(JSON.parse(JSON.stringify(configSchema())));
});

test('the schema describes every setting and nothing else', () => {
	const described = Object.keys(schema.properties);
	expect(described.sort()).toEqual([...settings, '$schema'].sort());
	for (const name of described) expect(faultOf({[name]: {}}) ?? '').not.toContain('There is no setting');
	expect(packageJson.files).toContain('config.schema.json');
});

test('the schema has words for each of them', () => {
	for (const [name, {description}] of Object.entries(schema.properties)) {
		expect(description, name).toMatch(/^[A-Z].*\.$/s);
	}
});

const whole = {
	$schema: 'https://unpkg.com/bedtop/config.schema.json',
	region: ['us-east-1', 'eu-west-1'],
	profile: 'dev',
	claudeDir: '/home/dev/.claude',
	since: '24h',
	refresh: 30,
	aws: true,
	budget: 20,
	budgetMonth: '$300.50',
	prices: 'prices.json',
	costExplorer: false,
	maxWatchCost: 0.1,
	bell: false,
	discount: {overall: 12.5, models: {'anthropic.claude-opus-5-5': 20}},
	cacheWrites: '1h',
	notify: 'osc9',
	theme: 'dim',
	ascii: true,
	keys: {quit: 'x', help: ['F', 'ctrl-h'], copy: 'enter', open: 'o'},
};

describe('the schema and the program agree', () => {
	test.each<readonly [object]>([
		[{}],
		[whole],
		[{region: 'us-gov-west-1'}],
		[{claudeDir: ['a', 'b']}],
		[{discount: 10}],
		[{discount: {}}],
		[{budget: 0}],
		[{since: '1.5h'}],
		[{region: []}],
		[{refresh: 15}],
	])('that %j can be used', config => {
		expect(isValid(schema, config)).toBe(true);
		expect(faultOf(config)).toBeUndefined();
	});

	test.each<readonly [unknown]>([
		[[]],
		['settings'],
		[{budgets: 3}],
		[{json: true}],
		[{format: 'tmux'}],
		[{region: 'mars'}],
		[{region: ['us-east-1', 3]}],
		[{profile: ''}],
		[{profile: ' '}],
		[{claudeDir: ['a', '']}],
		[{claudeDir: null}],
		[{since: 'yesterday'}],
		[{since: 24}],
		[{refresh: 0}],
		[{refresh: 14}],
		[{refresh: 3_000_000}],
		[{refresh: 'soon'}],
		[{aws: 'no'}],
		[{bell: 1}],
		[{budget: -1}],
		[{budgetMonth: 'lots'}],
		[{maxWatchCost: '1e3'}],
		[{discount: 101}],
		[{discount: {overall: -1}}],
		[{discount: {models: {'anthropic.claude-opus-5-5': 'half'}}}],
		[{cacheWrites: '2h'}],
		[{theme: 'pink'}],
		[{notify: true}],
		[{ascii: 'yes'}],
		[{keys: ['x']}],
		[{keys: {interrupt: 'x'}}],
		[{keys: {quit: ''}}],
		[{keys: {quit: 'xy'}}],
		[{keys: {quit: 3}}],
		[{keys: {quit: []}}],
	])('that %j cannot', config => {
		expect(isValid(schema, config)).toBe(false);
		expect(faultOf(config)).toBeDefined();
	});
});

test('the schema lists the commands and themes that there are', () => {
	const {keys, theme} = schema.properties;
	expect(keys.propertyNames.enum).toEqual(rebindable);
	expect(theme.enum).toEqual(themeNames);
});
