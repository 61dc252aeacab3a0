import xterm from '@xterm/headless';
import {createDisplay} from '../../source/app/display/display.ts';
import {readCells} from './cells.ts';

/** A display on a terminal of that size, which counts what is written to it. */
export const openDisplay = (columns: number, rows: number) => {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 50});
	let written = '';
	const write = (text: string) => {
		written += text;
		terminal.write(text);
	};
	const display = createDisplay({write, size: () => ({columns: terminal.cols, rows: terminal.rows})});
	return {
		display,
		terminal,
		/** By something else than the display. */
		write,
		takeWritten: () => {
			const taken = written;
			written = '';
			return taken;
		},
		cells: async () => {
			await new Promise<void>(resolve => terminal.write('', resolve));
			return readCells(terminal);
		},
	};
};
