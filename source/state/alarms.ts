import type {Overview} from './overview.ts';

/**
 * What is worth ringing for, each with a key that stays the same while it lasts: a refusal of a new cause, a budget
 * passing 80 % and 100 %, a session whose agents are too many or too dear, one whose cache does not hold, a silent
 * downgrade.
 */
export const alarmsOf = ({refusals, budgets, thrashing, downgrades, fanOuts}: Overview): ReadonlySet<string> =>
	new Set([
		...refusals.map(({cause, model}) => `refusal ${cause} ${model}`),
		...budgets.flatMap(({period, level, limit}) => {
			const keys = level === 'ok' ? [] : [`budget ${period} ${limit} near`];
			return level === 'over' ? [...keys, `budget ${period} ${limit} over`] : keys;
		}),
		...fanOuts.map(({sessionId}) => `fan-out ${sessionId}`),
		...downgrades.map(({sessionId, to}) => `downgrade ${sessionId} ${to}`),
		...thrashing.map(({sessionId}) => `thrash ${sessionId}`),
	]);
