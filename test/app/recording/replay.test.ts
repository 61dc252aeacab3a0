import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {RecordingError} from '../../../source/app/recording/read-recording.ts';
import {entryLine, headerLine} from '../../../source/app/recording/recording-format.ts';
import {openReplay} from '../../../source/app/recording/replay.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {createStore} from '../../../source/polling/store.ts';
import {actionField} from '../../../source/sources/registry.ts';
import {createRedactor} from '../../../source/state/redaction/redact.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import {everyAction} from '../../support/every-action.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-replay-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const redact = createRedactor(actionField);
const header = headerLine({version: '1', isDemo: false, startedAt: now, settings: settingsSince(now - 8 * 3_600_000)});
/** A recording in which everything happens that can. */
const lines: readonly string[] = [...everyAction(now), ...morning(now)]
	.map(redact)
	.filter(action => action !== undefined)
	.map(action => entryLine({at: now, action}).trimEnd());

type Printed = {readonly text: string; readonly warnings: readonly string[]};

/** What a file with this content is printed as, or the sentence of why it is not. Anything else that is thrown is a fault. */
const replayed = async (content: string | Uint8Array, isJson = true): Promise<Printed | string> => {
	const path = join(folder, 'recording.jsonl');
	writeFileSync(path, content);
	const printed: string[] = [];
	const warnings: string[] = [];
	try {
		await openReplay(
			{path, speed: 1, isLive: false},
			{
				...{isJson, isAscii: false, version: '1', clock: createFakeClock(now)},
				print: async text => {
					printed.push(text);
				},
				warn: sentence => warnings.push(sentence),
				open: settings => createStore<State, Action>(reduce, initialState(defaultBook, settings)),
				show: async () => expect.unreachable(),
			},
		);
	} catch (error) {
		if (error instanceof RecordingError) return error.message.replace(path, 'FILE');
		throw error;
	}
	return {text: printed.join(''), warnings};
};

const extremes = fc.constantFrom(
	'1e999',
	'-1e999',
	'-1',
	'0.5',
	'1e300',
	'9007199254740993',
	'8.64e15',
	'-8.64e15',
	'0',
);
const strings = fc.constantFrom(
	'"__proto__"',
	'"constructor"',
	'""',
	'"\\u0000"',
	'"\\ud800"',
	'"1e999"',
	'"arn:aws:iam::x"',
);
const replacement = fc.oneof(
	fc.json({maxDepth: 2}),
	extremes,
	strings,
	fc.constantFrom('null', '[]', '{}', '{"$map":[1]}'),
);
/** Where a value begins and ends in JSON without blanks: numbers, words and texts. */
const values = (line: string) => [
	...line.matchAll(/(?<=[:,[])("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)(?=[,}\]])/g),
];
/** The text with other values in the place of some. */
const changed = (text: string, changes: readonly (readonly [number, string])[]): string =>
	changes.reduce((line, [where, by]) => {
		const found = values(line);
		const value = found[where % found.length];
		return value === undefined ? line : line.slice(0, value.index) + by + line.slice(value.index + value[0].length);
	}, text);
const changes = fc.array(fc.tuple(fc.nat(), replacement), {minLength: 1, maxLength: 3});

describe('whatever stands in a file, a replay prints something or says in a sentence why it does not', () => {
	const whole = async (content: string | Uint8Array, isJson?: boolean) => {
		const it = await replayed(content, isJson);
		if (typeof it === 'string') expect(it).toMatch(/^FILE [^\n]{10,120}\.$/);
		else expect(it.text.length).toBeGreaterThan(100);
	};

	test('any JSON on any line', () =>
		fc.assert(
			fc.asyncProperty(fc.array(fc.json()), fc.boolean(), (some, isJson) =>
				whole(`${header}${[...some, ...lines.slice(0, 3)].join('\n')}\n`, isJson),
			),
			{numRuns: 60},
		));

	test('entries in which other values stand', () =>
		fc.assert(
			fc.asyncProperty(fc.nat(lines.length - 1), changes, (index, others) =>
				whole(`${header}${lines.with(index, changed(lines[index] ?? '', others)).join('\n')}\n`),
			),
			{numRuns: 150},
		));

	test('a first line in which other values stand', () =>
		fc.assert(
			fc.asyncProperty(changes, others => whole(`${changed(header, others)}${lines.join('\n')}\n`)),
			{numRuns: 100},
		));

	test('a first line by which nothing is waited for between two readings', async () => {
		await whole(`${header.replace(/"refreshMs":\d+/, '"refreshMs":0')}${lines.join('\n')}\n`);
	});

	test('a file that ends anywhere, or in which bytes are no UTF-8', () => {
		const bytes = Buffer.from(`${header}${lines.join('\n')}\n`);
		return fc.assert(
			fc.asyncProperty(fc.nat(bytes.length), fc.uint8Array({maxLength: 20}), (end, noise) =>
				whole(Buffer.concat([bytes.subarray(0, end), noise, bytes.subarray(end + noise.length)])),
			),
			{numRuns: 100},
		);
	});
});
