/**
 * Changes made one after the other, of which only the result is seen: what the first of them has copied, the others
 * write to. Each batch is an object of its own that is forgotten at its end; nobody can write to the result after that.
 */
export type Batch = {readonly kind: 'batch'};

export const createBatch = (): Batch => ({kind: 'batch'});
