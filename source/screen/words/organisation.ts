import {multiplierText, organisationTotal} from '../../domain/money/organisation.ts';
import type {Overview} from '../../state/overview.ts';
import {formatUsd} from '../text/format.ts';
import {type Line, span} from '../text/line.ts';
import {plural} from '../text/plural.ts';

const faultWords = {
	'not-a-multiplier': 'is no number above 0 up to 10',
	'not-rates': 'needs input, output, cacheRead and cacheWrite, dollars per million tokens',
	'not-a-model': 'names no model exactly',
} as const;

/** The sum at the organisation's own prices beside the list's. */
export const organisationLines = ({spend, state: {configuration}}: Overview): readonly Line[] => {
	const {pricing, from = []} = configuration?.organisation ?? {};
	if (pricing === undefined || spend.models.length === 0) return [];
	const total = organisationTotal(pricing, spend.models);
	const overrides = pricing.overrides.size === 0 ? [] : [plural(pricing.overrides.size, 'override')];
	const terms = [multiplierText(pricing), ...overrides, ...from].join(', ');
	const sum = total === undefined ? 'unpriced' : `${total.lowerBound ? '≥' : ''}${formatUsd(total.amount)}`;
	return [[span(`organisation's price ${sum}`), span(` (${terms})`, 'dim')]];
};

/** Prices in settings that count for nothing. */
export const pricingNotes = ({state: {configuration}}: Overview): readonly Line[] => {
	const {ignored = [], faults = []} = configuration?.organisation ?? {};
	return [
		...ignored.map(
			(file): Line => [span(`modelPricing in ${file} is ignored: only an administrator's settings set prices`, 'dim')],
		),
		...faults.map(
			({key, kind, file}): Line => [
				span(`modelPricing in ${file}: ${key.slice(0, 60)} ${faultWords[kind]}, and is ignored`, 'warn'),
			],
		),
	];
};
