import {localHour, nextLocalDay} from '../common/calendar.ts';
import {addUsage, noUsage} from '../money/usage.ts';
import type {AccountModel, AccountSpend} from '../spend/account-spend.ts';
import {type Dimension, isTime, timeKey} from './dimension.ts';
import type {ReportRow} from './row.ts';

type Known = {
	/** Of the whole window. */
	readonly account: AccountSpend;
	/** The same between two moments, epoch ms. */
	readonly between: (from: number, until: number) => AccountSpend | undefined;
	readonly now: number;
	/** Whose metrics they are. */
	readonly accountId: string | undefined;
};

const hourMs = 3_600_000;

/** What several models come to; those without a price are in no dollar figure. */
const rowOf = (key: string | undefined, models: readonly AccountModel[], isPart: boolean): ReportRow => {
	const priced = models.filter(({unpriced}) => unpriced === undefined);
	const sum = (of: (model: AccountModel) => bigint) => priced.reduce((total, model) => total + of(model), 0n);
	const usage = models.reduce((total, model) => addUsage(total, model.usage), noUsage);
	const unpriced = models.filter(model => model.unpriced !== undefined);
	const unpricedUsage = unpriced.reduce((total, model) => addUsage(total, model.usage), noUsage);
	return {
		...{key, clock: 'cloudwatch', usage},
		money:
			priced.length === 0 && models.length > 0
				? undefined
				: {amount: sum(({amount}) => amount), low: sum(({low}) => low), high: sum(({high}) => high)},
		lowerBound: isPart || models.some(({lowerBound}) => lowerBound),
		calls: models.reduce((total, {calls}) => total + calls, 0),
		unpricedTokens: Object.values(unpricedUsage).reduce((total, count) => total + count, 0),
	};
};

const isUsed = ({calls, usage}: AccountModel): boolean =>
	calls + Object.values(usage).reduce((sum, count) => sum + count, 0) > 0;

const keyOf = (dimension: Dimension, {model, profile, region}: AccountModel, accountId: string | undefined) => {
	if (dimension === 'model') return model ?? profile;
	if (dimension === 'region') return region;
	return dimension === 'account' ? accountId : undefined;
};

/** The local days or hours of the window. */
const periods = (dimension: 'day' | 'hour', since: number, now: number): readonly (readonly [number, number])[] => {
	const found: [number, number][] = [];
	for (let from = since; from <= now; ) {
		const until = dimension === 'day' ? nextLocalDay(from) : localHour(from) + hourMs;
		found.push([from, until]);
		from = until;
	}
	return found;
};

/** What CloudWatch has of the account, a row for each key. It knows no people, folders or sessions: those are one row. */
export const accountRows = ({account, between, now, accountId}: Known, dimension: Dimension): readonly ReportRow[] => {
	if (isTime(dimension)) {
		return periods(dimension, account.since, now).flatMap(([from, until]) => {
			const part = between(from, until);
			const models = (part?.models ?? []).filter(isUsed);
			return models.length === 0 ? [] : [rowOf(timeKey(dimension, from), models, account.lowerBound)];
		});
	}
	const groups = Map.groupBy(account.models.filter(isUsed), model => keyOf(dimension, model, accountId));
	return [...groups].map(([key, models]) => rowOf(key, models, account.lowerBound));
};

/** The row of all of it: the account's figure as it stands everywhere else. */
export const accountTotal = (account: AccountSpend): ReportRow => {
	const {money, ...row} = rowOf(undefined, account.models.filter(isUsed), account.lowerBound);
	const {amount, low, high, calls, unpricedTokens} = account;
	return {...row, calls, unpricedTokens, money: money && {amount, low, high}};
};
