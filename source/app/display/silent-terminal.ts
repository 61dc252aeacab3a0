import {Writable} from 'node:stream';

type Terminal = Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'on' | 'off'>;

/**
 * A terminal's size and its changes without the terminal: what Ink writes for its own part, such as a frame without text
 * or the cursor, must not meet what others paint there.
 */
export const silentTerminal = (
	terminal: Terminal,
): {readonly stdout: NodeJS.WriteStream; readonly close: () => void} => {
	const stdout = new Writable({write: (_chunk, _encoding, done) => done()});
	Object.defineProperties(stdout, {
		isTTY: {value: true},
		columns: {get: () => terminal.columns},
		rows: {get: () => terminal.rows},
	});
	const resized = () => stdout.emit('resize');
	terminal.on('resize', resized);
	return {stdout: stdout as NodeJS.WriteStream, close: () => terminal.off('resize', resized)};
};
