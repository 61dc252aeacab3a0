import {Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** The painted lines, joined by newlines: no more of them than the terminal has rows. */
	readonly frame: string;
};

/**
 * The whole screen as one text node. A node per row, with nodes for its colours, took 25 ms longer to the first frame
 * and more for each later one; which lines changed is found out by Ink's incremental rendering anyway.
 */
export const Screen = memo(({frame}: Props) => <Text wrap="truncate">{frame}</Text>);
