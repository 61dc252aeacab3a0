/** One thing that must be right, with what it was judged by and, where it is broken, what mends it. */
export type Check = {
	readonly id: string;
	readonly title: string;
	readonly state: 'pass' | 'warn' | 'fail' | 'unknown';
	readonly evidence: string;
	readonly fix: string | null;
};
