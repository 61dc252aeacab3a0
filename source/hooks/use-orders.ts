import {useRef} from 'react';

type Ranked = {readonly key: string; readonly value: number};

/** Remembers from frame to frame in which order rows stood, so that they can keep it. */
export const useOrders = <Id extends string, Order>(
	ranked: Readonly<Partial<Record<Id, readonly Ranked[]>>>,
	settle: (before: Order | undefined, rows: readonly Ranked[], now: number) => Order,
	now: number,
): Readonly<Partial<Record<Id, Order>>> => {
	const before = useRef<Partial<Record<Id, Order>>>({});
	const settled: Partial<Record<Id, Order>> = {};
	for (const id of Object.keys(ranked) as Id[]) settled[id] = settle(before.current[id], ranked[id] ?? [], now);
	before.current = settled;
	return settled;
};
