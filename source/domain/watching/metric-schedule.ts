/** What is asked of CloudWatch together: signs of life, trouble, money, speed. */
export const groups = ['life', 'trouble', 'tokens', 'speed'] as const;
export type Group = (typeof groups)[number];

/** How lively a model is: replies arrive here right now, somebody called it in the last hour, or nobody did. */
export type Activity = 'mine' | 'active' | 'idle';

/** What is remembered of one model's questions, epoch ms. */
export type AskHistory = {
	readonly askedAt: Readonly<Partial<Record<Group, number>>>;
	/** When an answer last told of calls that had not been known. */
	readonly newsAt?: number | undefined;
	/** The newest minute with a call. */
	readonly calledAt?: number | undefined;
};

/** Waits between two questions, in units of the refresh interval (a minute unless the person says otherwise). */
const waits: Readonly<Record<Activity, Readonly<Record<Group, number>>>> = {
	mine: {life: 2, trouble: 5, tokens: 5, speed: 15},
	active: {life: 10, trouble: 20, tokens: 10, speed: 30},
	idle: {life: 15, trouble: 30, tokens: 15, speed: Number.POSITIVE_INFINITY},
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** CloudWatch revises minutes for about so long: tokens of a call may come after the call itself. */
const settlingMs = 5 * minuteMs;

/** Requests that a group takes. */
const requests: Readonly<Record<Group, number>> = {life: 1, trouble: 2, tokens: 4, speed: 2};

/** How many requests a day one model comes to if it stays as lively as that. */
export const requestsPerDay = (activity: Activity, unitMs: number): number =>
	groups.reduce((sum, group) => {
		const isNeeded = activity !== 'idle' || group === 'life' || group === 'trouble';
		return isNeeded ? sum + (requests[group] * 24 * hourMs) / (waits[activity][group] * unitMs) : sum;
	}, 0);

/** What happened at a model's last questions decides how soon it is asked again. */
export const activityOf = ({calledAt}: AskHistory, isMine: boolean, now: number): Activity => {
	if (isMine) return 'mine';
	return calledAt !== undefined && calledAt > now - hourMs ? 'active' : 'idle';
};

type Asking = {
	readonly activity: Activity;
	/** The refresh interval, ms. */
	readonly unitMs: number;
	/** 1, or more while money has to be saved. */
	readonly stretch: number;
};

const now = Number.NEGATIVE_INFINITY;
const never = Number.POSITIVE_INFINITY;

/** When a group is to be asked next, epoch ms; never where nothing new can be learnt. */
const dueAt = (group: Group, {askedAt, newsAt}: AskHistory, {activity, unitMs, stretch}: Asking): number => {
	const wait = waits[activity][group] * unitMs * stretch;
	if (wait === never) return never;
	const at = askedAt[group];
	if (group === 'life' || group === 'trouble') return at === undefined ? now : at + wait;
	if (newsAt === undefined) return never;
	if (at === undefined) return now;
	return at > newsAt + settlingMs ? never : at + wait;
};

/** The groups whose time has come; all of those asked in the future, should the clock have been set back. */
export const dueGroups = (history: AskHistory, asking: Asking, at: number): readonly Group[] =>
	groups.filter(group => dueAt(group, history, asking) <= at || (history.askedAt[group] ?? now) > at);

/** When the next group is due, epoch ms. */
export const nextDueAt = (history: AskHistory, asking: Asking): number =>
	Math.min(...groups.map(group => dueAt(group, history, asking)));
