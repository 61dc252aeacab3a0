import {Box} from 'ink';
import {type ReactNode, useContext} from 'react';
import type {Frame, PaneRegion, Region} from '../screen/layout/frame.ts';
import type {PaneId} from '../screen/panes/pane-table.ts';
import {Painting, Rows} from './row.tsx';

const Lines = ({row, column, lines}: Region) => {
	const {paint} = useContext(Painting);
	return <Rows row={row} column={column} texts={lines.map(paint)} />;
};

const Ribbon = (region: Region) => <Lines {...region} />;
const Header = (region: Region) => <Lines {...region} />;
const Refusals = (region: Region) => <Lines {...region} />;
const Routing = (region: Region) => <Lines {...region} />;
const Spend = (region: Region) => <Lines {...region} />;
const Models = (region: Region) => <Lines {...region} />;
const Calls = (region: Region) => <Lines {...region} />;
const Card = (region: Region) => <Lines {...region} />;
const Footer = (region: Region) => <Lines {...region} />;

/** Components of panes under their own names, so that the tree of a running app reads like the screen. */
const panesByName: Readonly<Partial<Record<PaneId, (region: Region) => ReactNode>>> = {
	routing: Routing,
	spend: Spend,
	models: Models,
	calls: Calls,
};

/**
 * Panes that stand beside each other. While a terminal is made narrower, Ink draws once more what was made for the wider
 * one: the last pane gives way, and whatever still sticks out is cut.
 */
const PaneRow = ({panes}: {readonly panes: readonly PaneRegion[]}) => (
	<Box overflowX={panes.length > 1 ? 'hidden' : 'visible'}>
		{panes.map((pane, index) => {
			const Pane = panesByName[pane.id] ?? Lines;
			const isLast = index === panes.length - 1;
			return (
				<Box key={pane.id} flexDirection="column" {...(!isLast && {width: pane.width, flexShrink: 0})}>
					<Pane {...pane} />
				</Box>
			);
		})}
	</Box>
);

/** The whole screen, from top to bottom. */
export const Screen = ({frame}: {readonly frame: Frame}) => {
	const {ribbon, header, refusals, panes, card, footer} = frame;
	return (
		<Box flexDirection="column">
			{ribbon && <Ribbon {...ribbon} />}
			{header && <Header {...header} />}
			{refusals && <Refusals {...refusals} />}
			{panes.map(row => (
				<PaneRow key={row[0]?.id} panes={row} />
			))}
			{card && <Card {...card} />}
			{footer && <Footer {...footer} />}
		</Box>
	);
};

/** The same for people who hear it, a sentence per row. */
export const Sentences = ({lines}: {readonly lines: readonly string[]}) => (
	<Box flexDirection="column">
		<Rows row={0} column={0} texts={lines} />
	</Box>
);
