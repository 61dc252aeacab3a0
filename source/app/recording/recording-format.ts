import {parseJson, record} from '../../domain/common/json.ts';
import {actionField} from '../../sources/registry.ts';
import {encode, object, optional, readField, text} from '../../state/fields/field.ts';
import {settings} from '../../state/fields/settings.ts';
import {flag, time} from '../../state/fields/values.ts';
import {createAliases} from '../../state/redaction/aliases.ts';
import {createNames} from '../../state/redaction/names.ts';
import type {Action, Settings} from '../../state/state.ts';

/** What a recording was made under; whose it was is not in it. */
export type RecordingHeader = {
	/** The program's version. */
	readonly version: string;
	readonly isDemo: boolean;
	/** Epoch ms. */
	readonly startedAt: number;
	/** When the program began to keep files, of which this is one: aliases mean the same in them only. Epoch ms. */
	readonly runAt?: number | undefined;
	readonly settings: Omit<Settings, 'awsProfile'>;
};

/** Something that happened, and when (epoch ms). */
export type RecordedAction = {readonly at: number; readonly action: Action};

const header = object<RecordingHeader>({
	version: text(version => version),
	isDemo: flag,
	startedAt: time,
	runAt: optional(time),
	settings,
});
const entry = object<RecordedAction>({at: time, action: actionField});

/** Of the format; a program reads its own only. */
const schema = 1;

const lineOf = (value: unknown): string => `${JSON.stringify(value, encode)}\n`;

/** The first line of a recording, without what identifies its owner. */
export const headerLine = (value: RecordingHeader): string =>
	lineOf({bedtop: 'recording', schema, ...header.redact(value, createNames(createAliases()))});

/** One line of a recording. */
export const entryLine = (value: RecordedAction): string => lineOf(value);

export const readEntry = (line: string): RecordedAction | undefined => readField(entry, parseJson(line));

/** What the first line says, or what is wrong with the file in words that go on from its name. */
export const readHeader = (line: string): RecordingHeader | string => {
	const it = record(parseJson(line));
	if (it?.bedtop !== 'recording') return "is not a recording of bedtop's.";
	if (it.schema !== schema) {
		const version = /^[\w.+-]{1,20}$/.exec(String(it.version))?.[0] ?? 'unknown';
		return `is of another version of bedtop (${version}).`;
	}
	return readField(header, it) ?? "is not a recording of bedtop's: its first line is damaged.";
};
