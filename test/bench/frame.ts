import {PassThrough} from 'node:stream';
import {createDisplay} from '../../source/app/display/display.ts';
import {median, type Size} from './start.ts';

const frames = 60;

const rowsAt = (frame: number, {columns, rows}: Size): readonly string[] =>
	Array.from({length: rows}, (_, row) => {
		const age = row === 0 ? `files ${frame}s` : `row ${row}`;
		return `\u001b[1m${age}\u001b[22m ${'sonnet-5.5 $0.25 '.repeat(10)}`.slice(0, columns);
	});

type Drawn = {readonly ms: number; readonly bytes: number};

/** The medians of what each frame takes after the first; it is drawn when `draw` has resolved. */
const measure = async (
	size: Size,
	takeBytes: () => number,
	draw: (rows: readonly string[]) => Promise<void> | void,
): Promise<Drawn> => {
	const taken: Drawn[] = [];
	for (let frame = 0; frame < frames; frame++) {
		const rows = rowsAt(frame, size);
		takeBytes();
		const startedAt = performance.now();
		await draw(rows);
		if (frame > 0) taken.push({ms: performance.now() - startedAt, bytes: takeBytes()});
	}
	return {ms: median(taken.map(({ms}) => ms)), bytes: median(taken.map(({bytes}) => bytes))};
};

const byInk = async (size: Size): Promise<Drawn> => {
	// React decides by it when it is loaded.
	process.env.NODE_ENV = 'production';
	const [{Box, render, Text}, {createElement}] = await Promise.all([import('ink'), import('react')]);
	let bytes = 0;
	const stdout = Object.assign(new PassThrough(), {...size, isTTY: true});
	stdout.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
	});
	const treeOf = (rows: readonly string[]) =>
		createElement(Box, {flexDirection: 'column'}, ...rows.map(row => createElement(Text, {wrap: 'truncate'}, row)));
	const instance = render(treeOf([]), {
		...{stdout: stdout as unknown as NodeJS.WriteStream, interactive: true, alternateScreen: true},
		...{incrementalRendering: true, patchConsole: false, exitOnCtrlC: false},
	});
	const takeBytes = () => {
		const taken = bytes;
		bytes = 0;
		return taken;
	};
	const drawn = await measure(size, takeBytes, async rows => {
		instance.rerender(treeOf(rows));
		await instance.waitUntilRenderFlush();
	});
	instance.unmount();
	return drawn;
};

const byDisplay = (size: Size): Promise<Drawn> => {
	let bytes = 0;
	const display = createDisplay({
		write: text => {
			bytes += Buffer.byteLength(text);
		},
		size: () => size,
	});
	display.enter();
	const takeBytes = () => {
		const taken = bytes;
		bytes = 0;
		return taken;
	};
	return measure(size, takeBytes, display.draw);
};

/** One changed word in a full screen: brought to the terminal by Ink, and by the line diff beneath it. */
export const benchFrame = async (size: Size = {columns: 120, rows: 40}) => ({
	ink: await byInk(size),
	display: await byDisplay(size),
});
