import {Box} from 'ink';
import type {Frame} from '../screen/layout/frame.ts';
import {Card, Footer, Header, PaneRow, Refusals, Ribbon} from './regions.tsx';
import {Rows} from './row.tsx';

type Props = {readonly frame: Frame};

/** The whole screen, from top to bottom. */
export const Screen = ({frame: {ribbon, header, refusals, panes, card, footer}}: Props) => (
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

/** The same for people who hear it, a sentence per row. */
export const Sentences = ({lines}: {readonly lines: readonly string[]}) => (
	<Box flexDirection="column">
		<Rows row={0} column={0} texts={lines} />
	</Box>
);
