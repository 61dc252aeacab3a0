import type {PaintedRow, Painter} from '../../source/components/row.tsx';

/** Takes rows in Ink's place: keeps those that are on screen, and counts how many it was given. */
export const createRecordingPainter = () => {
	const shown = new Set<PaintedRow>();
	let count = 0;
	const painter: Painter = row => {
		count++;
		shown.add(row);
		return () => shown.delete(row);
	};
	return {
		painter,
		/** The screen from top to bottom; what begins further right is put behind what stands to its left. */
		rows: (): readonly string[] => {
			const inOrder = [...shown].sort((a, b) => a.row - b.row || a.column - b.column);
			return [...Map.groupBy(inOrder, ({row}) => row).values()].map(parts => parts.map(({text}) => text).join(''));
		},
		/** How many rows have been painted since this was last asked. */
		takeCount: () => {
			const taken = count;
			count = 0;
			return taken;
		},
	};
};
