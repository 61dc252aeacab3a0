import {PassThrough} from 'node:stream';
import xterm from '@xterm/headless';
import type {ReactElement} from 'react';
import {expect} from 'vitest';
import {renderFullScreen} from '../../source/components/full-screen.ts';
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

/** Renders into @xterm/headless through Ink's own interactive path. */
export const renderScreen = (element: ReactElement, columns: number, rows: number): ScreenUnderTest => {
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
	const instance = renderFullScreen(element, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		patchConsole: false,
	});
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
			await flushed;
		},
		written: () => written,
		async flushed() {
			await instance.waitUntilRenderFlush();
			await flushed;
		},
		async unmount() {
			instance.unmount();
			await flushed;
		},
		async waitFor(content) {
			await expect.poll(text, {timeout: 10_000, interval: 20}).toMatch(content);
		},
		waitUntilExit: () => instance.waitUntilExit(),
	};
};
