import {type Instance, type RenderOptions, render} from 'ink';
import type {ReactNode} from 'react';

/** Absolute: what was on its way while the size changed may have left the cursor anywhere. */
const homeAndErase = '\u001b[H\u001b[J';

type Options = RenderOptions & {readonly stdout: NodeJS.WriteStream};

/** Ink would be silent on a real terminal wherever CI is set; whether this is one has been decided already. */
const common = {exitOnCtrlC: false, interactive: true} as const;

/**
 * Renders a tree whose rows a painter brings to the terminal. Ink keeps the tree, the keys and the size; what it writes
 * itself is a frame without text.
 */
export const renderPainted = (node: ReactNode, options: Options): Instance =>
	render(node, {...common, maxFps: 1, ...options});

/**
 * Renders onto the alternate screen of a terminal, text and all, as screen readers need it. Ink's incremental rendering skips lines that are as they were; after
 * a resize they need not be: xterm.js brings back what stood beyond a narrower edge, and cuts at the top. So whatever is
 * there is erased before Ink draws at the new size.
 */
export const renderFullScreen = (node: ReactNode, options: Options): Instance => {
	const instance = render(node, {...common, alternateScreen: true, incrementalRendering: true, ...options});
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
