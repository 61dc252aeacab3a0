import {renderFullScreen, renderPainted} from '../components/full-screen.ts';
import {App, type AppProps, interrupted} from './app.tsx';
import {createRowPainter} from './display/row-painter.ts';
import {silentTerminal} from './display/silent-terminal.ts';
import type {TakenTerminal} from './display/take-terminal.ts';

/** What is known only later. */
export type Opened = Pick<AppProps, 'watching' | 'home'>;

export type Interface = {
	update(opened: Opened): void;
	unmount(): void;
	/** The exit code that the person's way out stands for. */
	exitCode(): Promise<number>;
};

type Streams = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	/** Absent: Ink writes the text itself, for a screen reader. */
	readonly terminal: TakenTerminal | undefined;
};

/** The app on screen, with Ink for its tree and its keys. */
export const mount = (props: AppProps, {stdout, stdin, terminal}: Streams): Interface => {
	const painter = terminal && createRowPainter(terminal.display);
	const appOf = (opened: Opened) => (
		<App {...props} {...opened} painter={painter} repaint={terminal?.repaint} suspend={terminal?.suspend} />
	);
	const silent = silentTerminal(stdout);
	const instance =
		terminal === undefined
			? renderFullScreen(appOf({}), {stdout, stdin, maxFps: 10})
			: renderPainted(appOf({}), {stdout: silent.stdout, stderr: silent.stdout, stdin});
	return {
		update: opened => instance.rerender(appOf(opened)),
		unmount: instance.unmount,
		async exitCode() {
			try {
				return (await instance.waitUntilExit()) === interrupted ? 130 : 0;
			} finally {
				silent.close();
			}
		},
	};
};
