import {shortModelName} from '../../domain/models/model-id.ts';
import type {Outlook} from '../../state/lifecycle.ts';

const dayMs = 86_400_000;

/** An end within this is worth a warning. */
export const soonMs = 60 * dayMs;

/** The day in UTC, in which AWS counts. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** How long until a model's end, ms; undefined where no end is known, or it is over. */
export const leftOf = ({endOfLifeAt, stage}: Outlook, now: number): number | undefined =>
	endOfLifeAt === undefined || stage === 'ended' ? undefined : endOfLifeAt - now;

const daysWords = (ms: number): string => {
	const days = Math.floor(ms / dayMs);
	return days === 1 ? '1 day' : `${days} days`;
};

/** One word for a row: `legacy`, `extended`, `ends 38d`, `ended`; nothing for a model that goes on. */
export const lifecycleWord = (outlook: Outlook | undefined, now: number): string => {
	if (outlook === undefined) return '';
	const left = leftOf(outlook, now);
	if (left !== undefined && left <= soonMs) return `ends ${Math.floor(left / dayMs)}d`;
	return outlook.stage === 'active' ? '' : outlook.stage;
};

/** Who says so. */
const sourceWords = ({by, region}: Outlook): string =>
	by === 'table' ? 'by public reports' : `by Bedrock in ${region ?? '?'}`;

/** What the price is while a model is in extended access. */
export const extendedPriceWords = 'its price may be up to twice the list';

/** `opus-4.1: ends 2027-01-08, in 38 days; in extended access since 2026-10-08, its price …; by Bedrock in us-east-1`. */
export const outlookWords = (outlook: Outlook, now: number): string => {
	const {model, stage, legacyAt, extendedAccessAt, endOfLifeAt} = outlook;
	const left = leftOf(outlook, now);
	const end = endOfLifeAt === undefined ? undefined : dayOf(endOfLifeAt);
	const since = (at: number | undefined) => (at === undefined ? '' : ` since ${dayOf(at)}`);
	const isLegacy = stage === 'legacy' || (stage === 'extended' && legacyAt !== undefined);
	const parts = [
		stage === 'ended' ? `ended ${end ?? ''}` : undefined,
		left === undefined ? undefined : `ends ${end}, in ${daysWords(left)}`,
		isLegacy ? `legacy${since(legacyAt)}` : undefined,
		stage === 'legacy' ? 'refused to accounts that did not call it for 30 days' : undefined,
		stage === 'extended' ? `in extended access${since(extendedAccessAt)}: ${extendedPriceWords}` : undefined,
		stage === 'legacy' && extendedAccessAt !== undefined
			? `in extended access, at a price up to twice the list, from ${dayOf(extendedAccessAt)}`
			: undefined,
		stage === 'active' && left === undefined ? 'active' : undefined,
		sourceWords(outlook),
	];
	return `${shortModelName(model)}: ${parts.filter(part => part !== undefined).join('; ')}`;
};
