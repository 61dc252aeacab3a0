import {PassThrough} from 'node:stream';
import xterm from '@xterm/headless';
import type {ReactElement} from 'react';
import {expect} from 'vitest';
import {createDisplay} from '../../source/app/display/display.ts';
import {createRowPainter} from '../../source/app/display/row-painter.ts';
import {silentTerminal} from '../../source/app/display/silent-terminal.ts';
import {renderFullScreen, renderPainted} from '../../source/components/full-screen.ts';
import type {Painter} from '../../source/components/row.tsx';
import {type Cell, readCells} from './cells.ts';

/** A terminal of the given size with the app running in it, as a person would see it. */
export type ScreenUnderTest = {
	/** The visible rows, trailing blanks removed. */
	rows(): readonly string[];
	text(): string;
	/** The visible rows with their colours. */
	cells(): readonly (readonly Cell[])[];
	press(keys: string): void;
	resize(columns: number, rows: number): Promise<void>;
	/** Everything the app has written so far, escape sequences included. */
	written(): string;
	/** When all that has been drawn is on screen. */
	flushed(): Promise<void>;
	unmount(): Promise<void>;
	waitFor(content: string | RegExp): Promise<void>;
	waitUntilExit(): Promise<unknown>;
};

/** What the app needs of the terminal it is in; without a painter Ink writes its rows. */
export type Shown = {readonly painter?: Painter; readonly repaint?: () => void};

/** Renders into @xterm/headless as the program does into a terminal: rows are painted, or written by Ink for `ink`. */
export const renderScreen = (
	elementOf: (shown: Shown) => ReactElement,
	columns: number,
	rows: number,
	by: 'painter' | 'ink' = 'painter',
): ScreenUnderTest => {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 200, convertEol: true});
	const stdout = Object.assign(new PassThrough(), {columns, rows, isTTY: true});
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: () => stdin,
		ref: () => stdin,
		unref: () => stdin,
	});
	let written = '';
	let flushed: Promise<void> = Promise.resolve();
	stdout.on('data', (chunk: Buffer) => {
		written += chunk.toString();
		flushed = new Promise(resolve => terminal.write(chunk, resolve));
	});
	const streams = {stdin: stdin as unknown as NodeJS.ReadStream, patchConsole: false};
	const terminalOut = stdout as unknown as NodeJS.WriteStream;
	const display = createDisplay({write: text => stdout.write(text), size: () => stdout});
	const painted = () => {
		display.enter();
		stdout.prependListener('resize', display.forget);
		const repaint = () => {
			display.forget();
			display.refresh();
		};
		const element = elementOf({painter: createRowPainter(display), repaint});
		return renderPainted(element, {...streams, stdout: silentTerminal(terminalOut).stdout});
	};
	const instance = by === 'ink' ? renderFullScreen(elementOf({}), {...streams, stdout: terminalOut}) : painted();
	const visible = () => {
		const {active} = terminal.buffer;
		return Array.from({length: terminal.rows}, (_, row) =>
			(active.getLine(active.baseY + row)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd(),
		);
	};
	const text = () => visible().join('\n');
	return {
		rows: visible,
		text,
		cells: () => readCells(terminal),
		press: keys => stdin.write(keys),
		async resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
			await instance.waitUntilRenderFlush();
			display.refresh();
			await flushed;
		},
		written: () => written,
		async flushed() {
			await instance.waitUntilRenderFlush();
			await flushed;
		},
		async unmount() {
			instance.unmount();
			display.leave();
			await flushed;
		},
		async waitFor(content) {
			await expect.poll(text, {timeout: 10_000, interval: 20}).toMatch(content);
		},
		waitUntilExit: () => instance.waitUntilExit(),
	};
};
