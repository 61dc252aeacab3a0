import {writeSync} from 'node:fs';
import process from 'node:process';
import {stateDirectory} from '../app/machine.ts';
import {readStatusFile} from '../app/status/status-file.ts';
import {type StatusFormat, statusFormats, statusLine} from '../output/status/status-line.ts';
import {systemClock} from '../polling/clock.ts';

type Asked = {readonly format: StatusFormat; readonly claudeDirectories: readonly string[]};

/** The few words this command knows, read without the parser, which takes longer to load than all the rest. */
const read = (argv: readonly string[]): Asked | string => {
	let format: StatusFormat = 'plain';
	const claudeDirectories: string[] = [];
	const words = argv.flatMap(word => (/^--[a-z-]+=/.test(word) ? word.split(/=(.*)/s, 2) : [word]));
	for (let index = 0; index < words.length; index += 2) {
		const [flag = '', value = ''] = words.slice(index, index + 2);
		if (!flag.startsWith('-')) return `“${flag}” is one word too many.`;
		if (flag !== '--format' && flag !== '--claude-dir') return `There is no option ${flag} for status.`;
		if (value === '' || value.startsWith('-')) return `${flag} needs a value.`;
		if (flag === '--claude-dir') claudeDirectories.push(value);
		else {
			const known = statusFormats.find(name => name === value);
			if (known === undefined) return `--format is ${statusFormats.join(' or ')}, not “${value}”.`;
			format = known;
		}
	}
	return {format, claudeDirectories};
};

/** https://no-color.org */
const hasColour = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	return NO_COLOR === undefined || NO_COLOR === '' || FORCE_COLOR !== undefined;
};

/** Opening process.stdout takes Node several ms; a line this short goes out in one write. */
const print = (line: string) => {
	try {
		writeSync(1, `${line}\n`);
	} catch {
		process.stdout.on('error', () => undefined).write(`${line}\n`);
	}
};

/** `bedtop status` from its arguments to its exit code. */
export const runStatus = async (argv: readonly string[]): Promise<void> => {
	const asked = read(argv);
	if (typeof asked === 'string') {
		process.stderr.write(`${asked} Try bedtop --help.\n`);
		process.exitCode = 64;
		return;
	}
	const {format, claudeDirectories} = asked;
	const look = {format, hasColour: hasColour()};
	const kept = readStatusFile(stateDirectory(), systemClock.now());
	if (kept !== undefined) {
		print(statusLine(kept, {...look, now: systemClock.now()}));
		return;
	}
	const {statusByFiles, reportError} = await import('./status-fallback.ts');
	try {
		print(statusLine(await statusByFiles(claudeDirectories), {...look, now: systemClock.now()}));
	} catch (error) {
		process.exitCode = reportError(error);
	}
};
