import {mergePricing, saysPrices} from '../money/organisation.ts';
import type {ConfiguredPricing} from './configuration.ts';
import type {ConfigurationLayer} from './configuration-layer.ts';

/** What the layers, highest precedence first, say of prices; undefined where nobody says anything. */
export const resolvePricing = (layers: readonly ConfigurationLayer[]): ConfiguredPricing | undefined => {
	const told = layers.flatMap(({name, settings}) =>
		settings?.modelPricing === undefined ? [] : [{name, said: settings.modelPricing}],
	);
	if (told.length === 0) return undefined;
	const managed = told.flatMap(({name, said}) => (said === 'ignored' ? [] : [{name, ...said}]));
	const counting = managed.filter(({pricing}) => saysPrices(pricing));
	const [first, ...others] = counting.map(({pricing}) => pricing);
	return {
		pricing: first && others.reduce(mergePricing, first),
		from: counting.map(({name}) => name),
		ignored: told.flatMap(({name, said}) => (said === 'ignored' ? [name] : [])),
		faults: managed.flatMap(({name, faults}) => faults.map(fault => ({...fault, file: name}))),
	};
};
