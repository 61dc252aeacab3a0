import {dimensions} from '../domain/report/dimension.ts';
import {statusFormats} from '../output/status/status-line.ts';
import type {OptionRow} from './option-row.ts';
import {screenOptions} from './screen-options.ts';
import {calendarDay, factor, oneOf, text} from './value-kinds.ts';
import {watchingOptions} from './watching-options.ts';

/**
 * Every option, in the order of the help. The command line, the config file and its schema, the help, the completions
 * and the type Options all follow from these rows.
 */
export const optionTable = {
	demo: {
		kind: 'switch',
		as: 'isDemo',
		words: 'the same over a simulated account',
		more: '; needs no AWS and no Claude Code',
		place: 'mode',
		alone: 'the live monitor over a simulated account',
	},
	once: {
		kind: 'switch',
		words: 'one round of every source as text',
		more: ' (also when stdout is no terminal)',
		place: 'mode',
		also: ['replay'],
	},
	json: {
		kind: 'switch',
		as: 'isJson',
		words: 'one round as one JSON object',
		place: 'mode',
		also: ['report', 'doctor', 'prices', 'replay', 'history'],
	},
	jsonl: {
		kind: 'switch',
		words: 'stays running',
		more: ': one such object per change, at most one a second',
		place: 'mode',
		alone: 'one JSON object per change, at most one a second',
	},
	check: {
		kind: 'switch',
		words: 'one round, a line on stderr for each thing that is wrong',
		more: ': routing not proven, a refusal within --since, a budget exceeded',
		place: 'mode',
	},
	...watchingOptions,
	...screenOptions,
	record: {
		kind: 'value',
		of: text,
		as: 'recordFile',
		words: 'record what happens, without anything private',
		more: ', for replay; --force replaces a file',
		value: 'FILE',
		completion: 'file',
		isLiveOnly: true,
	},
	force: {
		kind: 'switch',
		as: 'isForced',
		words: 'let --record replace a file',
		place: 'unlisted',
		isLiveOnly: true,
	},
	blackBox: {
		kind: 'value',
		of: text,
		as: 'blackBox',
		words: 'keep the last hour recorded in that folder',
		value: 'DIR',
		completion: 'directory',
		setting: 'Folder that keeps the last hour recorded, without anything private.',
		isLiveOnly: true,
	},
	by: {
		kind: 'value',
		of: oneOf(dimensions),
		fallback: 'day',
		as: 'by',
		words: 'what it sums up by',
		more: `: ${dimensions.join(', ')}; default day`,
		value: 'WHAT',
		place: 'unlisted',
		only: 'report',
	},
	csv: {
		kind: 'switch',
		as: 'isCsv',
		words: 'as CSV, for a spreadsheet',
		place: 'unlisted',
		only: 'report',
	},
	format: {
		kind: 'value',
		of: oneOf(statusFormats, 'plain or tmux'),
		fallback: 'plain',
		words: 'how the line is written',
		value: 'F',
		place: 'unlisted',
		only: 'status',
	},
	before: {
		kind: 'value',
		of: calendarDay,
		as: 'before',
		words: 'forget only what is older than that day',
		value: 'DATE',
		place: 'unlisted',
		only: 'history',
	},
	speed: {
		kind: 'value',
		of: factor,
		fallback: '1',
		words: 'how many times as fast',
		value: 'N',
		completion: ['1', '10', '60'],
		place: 'unlisted',
		only: 'replay',
	},
	refreshPrices: {
		kind: 'switch',
		as: 'refreshesPrices',
		flag: 'refresh',
		words: "read AWS's price list first",
		more: ' and keep it',
		place: 'unlisted',
		only: 'prices',
	},
	help: {kind: 'switch', short: 'h', words: 'how to use it', place: 'unlisted', also: ['replay', 'status']},
	version: {kind: 'switch', short: 'v', words: 'its version', place: 'unlisted'},
} as const satisfies Readonly<Record<string, OptionRow>>;
