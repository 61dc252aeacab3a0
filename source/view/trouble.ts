import type {Thrash} from '../domain/cache-economics.ts';
import type {Downgrade} from '../domain/downgrades.ts';
import type {Overview} from '../domain/overview.ts';
import type {Cause, Refusal} from '../domain/refusals.ts';
import {formatAge, formatCount} from './format.ts';
import {type Line, span} from './line.ts';
import {calledModel, shortModel} from './model-name.ts';
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
	'destination-region': 'refused in a destination region',
	'model-access': 'no access to the model',
	'vpc-endpoint': 'denied by the VPC endpoint',
	'resource-policy': 'denied by a resource policy',
	throttled: 'throttled',
	quota: 'daily quota used up',
	'expired-credentials': 'credentials expired',
	unknown: 'refused',
};

const line = (refusal: Refusal, {now, state: {resolutions}}: Overview): Line => {
	const {cause, model, caller, count, lastAt, isBackground, fix} = refusal;
	const who = caller === undefined ? '' : ` ${caller}`;
	const times = count > 1 ? ` ×${formatCount(count)}` : '';
	const what = model === undefined ? '' : ` ${calledModel(model, resolutions)}`;
	return [
		span(`✗${what}${times} `, 'bad'),
		span(`${causeWords[cause]}${isBackground === true ? ' (background)' : ''}`, 'warn'),
		span(`${who} ${formatAge(lastAt, now)}`, 'dim'),
		...(fix === undefined ? [] : [span(` → ${fix.text}`, 'strong')]),
	];
};

/** Refusals of the whole feed window, newest first. */
export const refusalLines = (overview: Overview): readonly Line[] =>
	overview.refusals.map(refusal => line(refusal, overview));

const thrashLine = ({cwd, sessionId, readTokens, writeTokens}: Thrash): Line => [
	span('▲ cache does not hold: ', 'bad'),
	span(`${formatCount(writeTokens)} tok written, ${formatCount(readTokens)} read in 10m`, 'warn'),
	span(` ${cwd ?? sessionId}`, 'dim'),
];

const downgradeLine = ({from, to, at}: Downgrade, now: number): Line => [
	span(`▲ answers now come from ${shortModel(to)}`, 'bad'),
	span(` because ${shortModel(from)} is refused`, 'warn'),
	span(` ${formatAge(at, now)}`, 'dim'),
];

/** Credentials that end within this are worth a line before they do. */
const soonMs = 15 * 60_000;

const expiryLines = ({state: {expiry}, now}: Overview): readonly Line[] => {
	if (expiry === undefined || expiry.expiresAt - now > soonMs) return [];
	const minutes = Math.ceil((expiry.expiresAt - now) / 60_000);
	const when = minutes > 0 ? `end in ${minutes}m` : 'have expired';
	return [[span(`▲ AWS credentials of ${expiry.profile} ${when}`, 'warn'), span(` → ${expiry.command}`, 'strong')]];
};

/** Limits that are used up or nearly so, silent downgrades, sessions whose cache does not hold. */
export const alarmLines = (overview: Overview): readonly Line[] => [
	...expiryLines(overview),
	...overview.budgets
		.filter(({level}) => level !== 'ok')
		.map((budget): Line => [span(`budget ${budgetWords(budget)}`, budget.level === 'over' ? 'bad' : 'warn')]),
	...overview.downgrades.map(downgrade => downgradeLine(downgrade, overview.now)),
	...overview.thrashing.map(thrashLine),
];

/** Refusals of the last quarter of an hour, then alarms: on the screen they stand above everything else. */
export const troubleLines = (overview: Overview): readonly Line[] => {
	const refusals = overview.refusals.filter(({lastAt}) => lastAt > overview.now - freshMs);
	return [...refusalLines({...overview, refusals}), ...alarmLines(overview)];
};
