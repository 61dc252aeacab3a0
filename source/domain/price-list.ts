import type {PriceEntry} from './price-table.ts';
import type {Usage} from './usage.ts';
export type ListedPrice = {readonly name: string};
export type Difference = {
	readonly model: string;
	readonly scope: 'global' | 'regional';
	readonly kind: keyof Usage;
	readonly isLongContext: boolean;
	readonly ours?: string;
	readonly theirs?: string;
};
export const entriesOf = (_l: readonly ListedPrice[], _r: string): readonly PriceEntry[] => [];
export const comparePrices = (
	_t: readonly PriceEntry[],
	_l: readonly ListedPrice[],
	_o: {region: string; at: number},
): readonly Difference[] => [];
