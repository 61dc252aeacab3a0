/** A stretch of time of which every record has been read, epoch ms. */
export type Stretch = {readonly from: number; readonly through: number};

/** The stretches with one more, the newest first. Those that touch become one. */
export const withStretch = (known: readonly Stretch[], added: Stretch): readonly Stretch[] => {
	const isTouching = ({from, through}: Stretch) => from <= added.through && through >= added.from;
	const touching = [added, ...known.filter(isTouching)];
	const merged = {
		from: Math.min(...touching.map(({from}) => from)),
		through: Math.max(...touching.map(({through}) => through)),
	};
	const apart = known.filter(stretch => !isTouching(stretch));
	return [merged, ...apart].sort((a, b) => b.through - a.through);
};

/** What is still to be read between the newest stretch and what is wanted (epoch ms) or the next one; undefined: nothing. */
export const gapBelow = ([newest, next]: readonly Stretch[], since: number): Stretch | undefined => {
	if (newest === undefined || newest.from <= since) return undefined;
	return {from: Math.max(since, next?.through ?? since), through: newest.from};
};
