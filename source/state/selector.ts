import {createSelectorCreator, lruMemoize} from 'reselect';

/** Lists of the same items are one list: what is worked out from it need not be worked out again. */
const isSameList = (a: unknown, b: unknown): boolean =>
	Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => item === b[index]);

/** What is shown and, where the screen stands still, what is true now. */
const maxSize = 2;

/** Selectors that remember their last two answers, and so keep no older state alive. */
export const createSelector = createSelectorCreator({
	memoize: lruMemoize,
	memoizeOptions: {maxSize, resultEqualityCheck: isSameList},
	argsMemoize: lruMemoize,
	argsMemoizeOptions: {maxSize},
	devModeChecks: {inputStabilityCheck: 'never', identityFunctionCheck: 'never'},
});
