import {Box} from 'ink';
import {type ReactNode, useContext} from 'react';
import type {PaneRegion, Region} from '../screen/layout/frame.ts';
import type {PaneId} from '../screen/panes/pane-table.ts';
import {Painting, Rows} from './row.tsx';

const Lines = ({row, column, lines}: Region) => {
	const {paint} = useContext(Painting);
	return <Rows row={row} column={column} texts={lines.map(paint)} />;
};

/** Verdict, money and the newest refusal, where there is room for little else. */
export const Ribbon = (region: Region) => <Lines {...region} />;

/** The account, and how old what is shown is. */
export const Header = (region: Region) => <Lines {...region} />;

/** What is wrong, and what mends it. */
export const Refusals = (region: Region) => <Lines {...region} />;

/** All about one thing. */
export const Card = (region: Region) => <Lines {...region} />;

/** The keys that apply, what is typed, or what has just been said. */
export const Footer = (region: Region) => <Lines {...region} />;

const Pane = (pane: PaneRegion) => <Lines {...pane} />;

const Routing = (pane: PaneRegion) => <Lines {...pane} />;
const Spend = (pane: PaneRegion) => <Lines {...pane} />;
const Models = (pane: PaneRegion) => <Lines {...pane} />;
const Calls = (pane: PaneRegion) => <Lines {...pane} />;

/** The component of a pane: those that have a name of their own make the tree of a running app read like the screen. */
const paneComponents: Readonly<Partial<Record<PaneId, (pane: PaneRegion) => ReactNode>>> = {
	routing: Routing,
	spend: Spend,
	models: Models,
	calls: Calls,
};

/**
 * Panes that stand beside each other. While a terminal is made narrower, Ink draws once more what was made for the wider
 * one: the last pane gives way, and whatever still sticks out is cut.
 */
export const PaneRow = ({panes}: {readonly panes: readonly PaneRegion[]}) => (
	<Box overflowX={panes.length > 1 ? 'hidden' : 'visible'}>
		{panes.map((pane, index) => {
			const Named = paneComponents[pane.id] ?? Pane;
			const isLast = index === panes.length - 1;
			return (
				<Box key={pane.id} flexDirection="column" {...(!isLast && {width: pane.width, flexShrink: 0})}>
					<Named {...pane} />
				</Box>
			);
		})}
	</Box>
);
