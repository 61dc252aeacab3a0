import type {Limits} from '../domain/spend/budget.ts';
import type {OptionRow} from './option-row.ts';
import {optionTable} from './option-table.ts';
import type {Reading} from './value-kinds.ts';

export type {NotifyProtocol} from './screen-options.ts';

export type OptionName = keyof typeof optionTable;
type Table = typeof optionTable;

/** The same rows without the types of each. */
export const optionRows: Readonly<Record<OptionName, OptionRow>> = optionTable;
export const optionNames = Object.keys(optionTable) as readonly OptionName[];

type ReadBy<Kind> = Kind extends {read(written: never): Reading<infer Value>} ? Value : never;
type ValueOf<Row> = Row extends {of: infer Kind}
	? Row extends {kind: 'values'}
		? readonly ReadBy<Kind>[]
		: ReadBy<Kind> | (Row extends {kind: 'setting'} | {fallback: string} ? never : undefined)
	: boolean;

/** Every option's value by its name in the table. */
export type Values = {readonly [Name in OptionName]: ValueOf<Table[Name]>};

type Named = {[Name in OptionName]: Table[Name] extends {as: string} ? Name : never}[OptionName];

/** What is done: the live monitor, one round as text or JSON, a stream of it, a verdict, or what a command does. */
export type Mode = 'live' | 'once' | 'json' | 'jsonl' | 'check' | CommandMode;
type CommandMode = 'prices' | 'doctor' | 'policy' | 'replay' | 'history' | 'report';

/** A recording to be played: its file or folder, how many times as fast, and whether on the screen. */
export type Replay = {readonly path: string; readonly speed: number; readonly isLive: boolean};

/** What the person asked for on the command line and in the config file, checked. */
export type Options = {readonly [Name in Named as Table[Name]['as']]: Values[Name]} & {
	readonly mode: Mode;
	readonly limits: Limits;
	readonly replay?: Replay | undefined;
	/** The kept history is to be forgotten. */
	readonly forgets?: boolean | undefined;
};

const dashed = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** How an option is typed: `--budget-month`, `--no-aws`. */
export const flagOf = (name: OptionName): string => {
	const {kind, flag = dashed(name)} = optionRows[name];
	return `--${kind === 'off-switch' ? 'no-' : ''}${flag}`;
};
