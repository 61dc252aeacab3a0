import type {Thrash} from '../domain/cache-economics.ts';
import type {Overview} from '../domain/overview.ts';
import type {Cause, Refusal} from '../domain/refusals.ts';
import {formatAge, formatCount} from './format.ts';
import {type Line, span} from './line.ts';
import {shortModel} from './model-name.ts';
import {budgetWords} from './money.ts';

const freshMs = 15 * 60_000;

/** Each cause in words short enough for a 40-column pane. */
const causeWords: Readonly<Record<Cause, string>> = {
	'identity-policy': 'no IAM policy allows it',
	'explicit-deny': 'denied by policy',
	scp: 'denied by an SCP',
	'permissions-boundary': 'outside permissions boundary',
	'session-policy': 'outside session policy',
	marketplace: 'Marketplace subscription missing',
	'use-case-form': 'use case form not sent',
	'legacy-model': 'legacy model',
	'end-of-life': 'model is end of life',
	'bare-model-id': 'needs an inference profile id',
	'invalid-model': 'model id is invalid',
	'bearer-token': 'API key not allowed',
	throttled: 'throttled',
	quota: 'daily quota used up',
	'expired-credentials': 'credentials expired',
	unknown: 'refused',
};

const line = (refusal: Refusal, now: number): Line => {
	const {cause, model, caller, count, lastAt} = refusal;
	const who = caller === undefined ? '' : ` ${caller}`;
	const times = count > 1 ? ` ×${formatCount(count)}` : '';
	const what = model === undefined ? '' : ` ${shortModel(model)}`;
	return [
		span(`✗${what}${times} `, 'bad'),
		span(causeWords[cause], 'warn'),
		span(`${who} ${formatAge(lastAt, now)}`, 'dim'),
	];
};

/** Refusals of the whole feed window, newest first. */
export const refusalLines = ({refusals, now}: Overview): readonly Line[] => refusals.map(refusal => line(refusal, now));

const thrashLine = ({cwd, sessionId, readTokens, writeTokens}: Thrash): Line => [
	span('▲ cache does not hold: ', 'bad'),
	span(`${formatCount(writeTokens)} tok written, ${formatCount(readTokens)} read in 10m`, 'warn'),
	span(` ${cwd ?? sessionId}`, 'dim'),
];

/** Limits that are used up or nearly so, and sessions whose cache does not hold. */
export const alarmLines = ({budgets, thrashing}: Overview): readonly Line[] => [
	...budgets
		.filter(({level}) => level !== 'ok')
		.map((budget): Line => [span(`budget ${budgetWords(budget)}`, budget.level === 'over' ? 'bad' : 'warn')]),
	...thrashing.map(thrashLine),
];

/** Refusals of the last quarter of an hour, then alarms: on the screen they stand above everything else. */
export const troubleLines = (overview: Overview): readonly Line[] => {
	const refusals = overview.refusals.filter(({lastAt}) => lastAt > overview.now - freshMs);
	return [...refusalLines({...overview, refusals}), ...alarmLines(overview)];
};
