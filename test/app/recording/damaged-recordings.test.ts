import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {entryLine, headerLine} from '../../../source/app/recording/recording-format.ts';
import {runBedtop} from '../../support/cli.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-damaged-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const header = headerLine({version: '1', isDemo: false, startedAt: now, settings: settingsSince(now - 8 * 3_600_000)});
const region = entryLine({at: now, action: {type: 'sdkRegion', region: 'us-east-1'}});
const none = "is not a recording of bedtop's.";
const damaged = 'is damaged: none of its lines can be read.';

/** The name of a file, what stands in it, and what is said of it. */
const files: readonly (readonly [name: string, content: string | Uint8Array, sentence: string])[] = [
	['empty', '', none],
	['a line end alone', '\n', none],
	['JSON of something else', '{"name": "bedtop", "schema": 1}\n', none],
	['JSON that is no object', '[1, 2]\n"recording"\n', none],
	['bytes', Buffer.concat([Buffer.from([0, 255, 254, 10]), randomBytes(4096)]), none],
	['a newer version’s', header.replace('"schema":1', '"schema":2'), 'is of another version of bedtop (1).'],
	['cut in its first line', header.slice(0, header.length / 2), none],
	[
		'without settings',
		'{"bedtop":"recording","schema":1}\n',
		"is not a recording of bedtop's: its first line is damaged.",
	],
	['10,000 broken lines', header + '{"at": broken\n'.repeat(10_000), damaged],
	['entries at no time', header + region.replace(String(now), '"noon"').repeat(3), damaged],
	['entries that lack what they are about', `${header}{"at":${now},"action":{"type":"bill","bill":{}}}\n`, damaged],
];

test.each(files)('%s', async (name, content, sentence) => {
	const path = join(folder, name);
	writeFileSync(path, content);
	const {code, stdout, stderr} = await runBedtop(['replay', path, '--once'], {HOME: folder});
	expect({code, stdout, stderr}).toEqual({code: 66, stdout: '', stderr: `${path} ${sentence}\n`});
});

test('a folder without recordings', async () => {
	const path = join(folder, 'folder');
	mkdirSync(path);
	writeFileSync(join(path, 'notes.txt'), 'nothing');
	expect(await runBedtop(['replay', path, '--json'], {HOME: folder})).toEqual({
		...{code: 66, stdout: '', stderr: `${path} holds no recording.\n`},
	});
});

test('one entry that can be read is enough, and the others are counted', async () => {
	const path = join(folder, 'half.jsonl');
	writeFileSync(path, `${header}{"at":1}\n${region}null\n`);
	const {code, stdout, stderr} = await runBedtop(['replay', path, '--json'], {HOME: folder});
	expect({code, stderr}).toEqual({code: 0, stderr: '2 lines of the recording could not be read.\n'});
	expect(JSON.parse(stdout)).toMatchObject({spend: {local: {calls: 0}}});
});
