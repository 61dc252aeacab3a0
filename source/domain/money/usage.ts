/** Tokens of one reply or of a sum of replies, by the five kinds that are billed apart. All are counts ≥ 0. */
export type Usage = {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
};

export const noUsage: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};

/** All tokens of a usage, whatever their kind. */
export const totalTokens = (usage: Usage): number =>
	usage.input + usage.output + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

/** The sum of two usages, kind by kind. */
export const addUsage = (a: Usage, b: Usage): Usage => ({
	input: a.input + b.input,
	output: a.output + b.output,
	cacheRead: a.cacheRead + b.cacheRead,
	cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
	cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
});

/** What counts towards a prompt-size price step: input plus everything read from or written to the cache. */
export const promptTokens = (usage: Usage): number => totalTokens(usage) - usage.output;
