import type {PaintedRow, Painter} from '../../components/row.tsx';
import type {Display} from './display.ts';

/** Rows from the top; what begins further right stands behind what is to its left. */
const texts = (parts: ReadonlySet<PaintedRow>): readonly string[] => {
	const rows: string[] = [];
	for (const {row, text} of [...parts].sort((a, b) => a.column - b.column)) rows[row] = (rows[row] ?? '') + text;
	return Array.from(rows, text => text ?? '');
};

/** Gathers the rows that React renders, and brings them to the display once all of a frame are there. */
export const createRowPainter = ({draw}: Pick<Display, 'draw'>): Painter => {
	const parts = new Set<PaintedRow>();
	let isDue = false;
	const touch = () => {
		if (isDue) return;
		isDue = true;
		queueMicrotask(() => {
			isDue = false;
			// Without any row the app is being taken down: what it showed goes with the screen.
			if (parts.size > 0) draw(texts(parts));
		});
	};
	return part => {
		parts.add(part);
		touch();
		return () => {
			parts.delete(part);
			touch();
		};
	};
};
