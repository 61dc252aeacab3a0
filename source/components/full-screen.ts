import {type Instance, type RenderOptions, render} from 'ink';
import type {ReactNode} from 'react';

/** Absolute: what was on its way while the size changed may have left the cursor anywhere. */
const homeAndErase = '\u001b[H\u001b[J';

/**
 * Renders onto the alternate screen of a terminal. Ink's incremental rendering skips lines that are as they were; after
 * a resize they need not be: xterm.js brings back what stood beyond a narrower edge, and cuts at the top. So whatever is
 * there is erased before Ink draws at the new size.
 */
export const renderFullScreen = (
	node: ReactNode,
	options: RenderOptions & {readonly stdout: NodeJS.WriteStream},
): Instance => {
	const instance = render(node, {
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		// Ink would be silent on a real terminal wherever CI is set; whether this is one has been decided already.
		interactive: true,
		...options,
	});
	const {stdout} = options;
	const erase = () => {
		stdout.write(homeAndErase);
		instance.clear();
	};
	stdout.prependListener('resize', erase);
	const stop = () => stdout.off('resize', erase);
	void instance.waitUntilExit().then(stop, stop);
	return instance;
};
