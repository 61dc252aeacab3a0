import process from 'node:process';
import {cacheDirectory, stateDirectory} from './machine.ts';
import {OutputError} from './output-error.ts';
import {watchReader} from './reader.ts';
import type {Runtime} from './runtime.ts';
import {copyText, notification} from './terminal.ts';

/**
 * Prints and gives stdout time to take it: a pipe may be slow, and exiting would cut what is not yet written. Rejects
 * with an OutputError.
 */
export const print = (text: string): Promise<void> =>
	new Promise((resolve, reject) => {
		process.stdout.write(text, error => (error ? reject(new OutputError(error)) : resolve()));
	});

const isInTmux = () => (process.env.TMUX ?? '') !== '';

const logColumns = 120;

type Program = Pick<Runtime, 'version' | 'onEnd'> & {readonly isDemo: boolean};

/** What the program gives to and takes from the process that it runs in. */
export const processRuntime = ({isDemo, ...program}: Program): Runtime => ({
	...program,
	print,
	watchReader,
	awsProfile: process.env.AWS_PROFILE,
	// What is simulated must not be taken for this machine later.
	cacheDirectory: isDemo ? undefined : cacheDirectory(),
	stateDirectory: isDemo ? undefined : stateDirectory(),
	warn: sentence => process.stderr.write(`${sentence}\n`),
	publicPrices: process.env.AWS_ENDPOINT_URL_PRICING ?? process.env.AWS_ENDPOINT_URL,
	columns: process.stdout.columns ?? logColumns,
	ringBell: () => process.stdout.write('\u0007'),
	notifyTerminal: (protocol, sentence) => process.stdout.write(notification(protocol, sentence, isInTmux())),
	copy: text => copyText(text, isInTmux()),
});
