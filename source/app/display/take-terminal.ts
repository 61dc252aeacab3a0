import process from 'node:process';
import {createDisplay, type Display} from './display.ts';

type Terminal = {
	readonly stdout: NodeJS.WriteStream;
	/** Where keys come from; asked for once the first frame is on screen. */
	readonly keyboard: () => NodeJS.ReadStream;
	/** The first frame. */
	readonly rows: readonly string[];
};

export type TakenTerminal = {
	readonly display: Display;
	readonly stdin: NodeJS.ReadStream;
	/** Paints everything again, whatever stands there. */
	repaint(): void;
	/** Gives it to the shell until the person comes back with `fg`. Absent where no shell can do that. */
	readonly suspend: (() => void) | undefined;
	/** Leaves the shell's screen as it was. Once. */
	giveBack(): void;
};

const canSuspend = process.platform !== 'win32';

/** Where nobody continues a stopped program, because no shell has started it, the signal is ignored: so long, ms. */
const notStoppedMs = 200;

/**
 * Takes the terminal for a program that fills it: its alternate screen with the first frame, then its keys, which wait
 * for whoever reads them. It is given to the shell while the program is stopped, and taken again with `fg`.
 */
export const takeTerminal = ({stdout, keyboard, rows}: Terminal): TakenTerminal => {
	const display = createDisplay({write: text => stdout.write(text), size: () => stdout});
	display.draw(rows);
	display.enter();
	const stdin = keyboard();
	const setRaw = (isRaw: boolean) => {
		if (stdin.isTTY) stdin.setRawMode(isRaw);
	};
	setRaw(true);

	const repaint = () => {
		display.forget();
		display.refresh();
	};
	const resized = () => {
		display.forget();
		// Whoever composes hears of the new size in this turn too; its frame is then the one that is painted.
		setImmediate(display.refresh);
	};
	/** Node writes warnings over whatever stands there. */
	const warned = () => setImmediate(repaint);
	const resume = () => {
		// Node sets no mode that it believes to be set; the shell has set another one meanwhile.
		setRaw(false);
		setRaw(true);
		display.enter();
		process.off('SIGTSTP', suspend).on('SIGTSTP', suspend);
	};
	const suspend = () => {
		display.leave();
		setRaw(false);
		process.off('SIGTSTP', suspend);
		process.kill(process.pid, 'SIGTSTP');
		setTimeout(() => {
			if (!isOver && !process.listeners('SIGTSTP').includes(suspend)) resume();
		}, notStoppedMs).unref();
	};
	let isOver = false;
	stdout.prependListener('resize', resized);
	process.on('warning', warned);
	if (canSuspend) process.on('SIGTSTP', suspend).on('SIGCONT', resume);
	return {
		display,
		stdin,
		repaint,
		suspend: canSuspend ? suspend : undefined,
		giveBack() {
			isOver = true;
			stdout.off('resize', resized);
			process.off('warning', warned);
			if (canSuspend) process.off('SIGTSTP', suspend).off('SIGCONT', resume);
			setRaw(false);
			display.leave();
		},
	};
};
