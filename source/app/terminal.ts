import {spawn} from 'node:child_process';
import process from 'node:process';
import type {NotifyProtocol} from '../cli/options.ts';

const esc = '\u001b';
const bell = '\u0007';

/** tmux passes on what is wrapped so, where its `allow-passthrough` is on. */
const wrapped = (sequence: string, isInTmux: boolean): string =>
	isInTmux ? `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${esc}\\` : sequence;

/** The sequence with which a terminal shows a notification of its own. A semicolon would begin a new field. */
export const notification = (protocol: NotifyProtocol, sentence: string, isInTmux: boolean): string => {
	const text = sentence.replaceAll(';', ',');
	return wrapped(`${esc}]${protocol === 'osc9' ? `9;${text}` : `777;notify;bedtop;${text}`}${bell}`, isInTmux);
};

/** OSC 52: the terminal itself sets the clipboard, through ssh too. */
const clipboardSequence = (text: string): string =>
	`${esc}]52;c;${Buffer.from(text, 'utf8').toString('base64')}${bell}`;

/**
 * Puts a text on the clipboard. tmux takes OSC 52 from a program only where `set-clipboard` is `on`, which is not its
 * default: there tmux itself is asked (`load-buffer -w`, from 3.2 on), which fills its paste buffer and the terminal's
 * clipboard.
 */
export const copyText = (text: string, isInTmux: boolean): void => {
	const write = () => process.stdout.write(clipboardSequence(text));
	if (!isInTmux) {
		write();
		return;
	}
	const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {stdio: ['pipe', 'ignore', 'ignore']});
	tmux.on('error', write);
	tmux.on('exit', code => {
		if (code !== 0) write();
	});
	tmux.stdin.on('error', () => undefined);
	tmux.stdin.end(text);
};
