#!/usr/bin/env node
import module from 'node:module';
import process from 'node:process';

const neededNode = [22, 13] as const;

/** Old enough to read on any Node with modules; everything newer is only loaded after this has passed. */
const isNodeTooOld = () => {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	return major < neededNode[0] || (major === neededNode[0] && minor < neededNode[1]);
};

/** https://no-color.org; chalk only knows FORCE_COLOR, which wins where both are set, and looks when it is loaded. */
const honourNoColor = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	if (NO_COLOR !== undefined && NO_COLOR !== '' && FORCE_COLOR === undefined) process.env.FORCE_COLOR = '0';
};

if (isNodeTooOld()) {
	process.stderr.write(`bedtop needs Node ${neededNode.join('.')} or newer; this is ${process.versions.node}.\n`);
	process.exitCode = 1;
} else {
	// Compiled code is kept between runs: a good part of the start is V8 reading the same sources again.
	module.enableCompileCache?.();
	const argv = process.argv.slice(2);
	// A status bar asks every few seconds: that command neither loads the parser nor the screen.
	const isAnswered = argv.includes('status') && (await (await import('./cli/status-cli.ts')).runStatus(argv));
	if (!isAnswered) {
		honourNoColor();
		const {runCli} = await import('./cli/run-cli.ts');
		await runCli(argv);
	}
}
