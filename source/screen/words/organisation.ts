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

/** The sum at the organisation's own prices beside the list's, and which prices count for nothing. */
export const organisationLines = ({spend, state: {configuration}}: Overview): readonly Line[] => {
	const told = configuration?.organisation;
	if (told === undefined) return [];
	const {pricing, from, ignored, faults} = told;
	const total = pricing && organisationTotal(pricing, spend.models);
	const overrides =
		pricing === undefined || pricing.overrides.size === 0 ? [] : [plural(pricing.overrides.size, 'override')];
	const terms = pricing === undefined ? '' : [multiplierText(pricing), ...overrides].join(', ');
	const sum = total === undefined ? 'unpriced' : `${total.lowerBound ? '≥' : ''}${formatUsd(total.amount)}`;
	const own: readonly Line[] =
		pricing === undefined || spend.models.length === 0
			? []
			: [[span(`organisation's price ${sum}`), span(` (${terms}, ${from.join(', ')})`, 'dim')]];
	return [
		...own,
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
