import {extendedAccessFrom, type Lifecycle, type LifecycleStage, stageOf} from '../domain/models/lifecycle.ts';
import {type Called, readCalled} from '../domain/models/resolution.ts';
import {withExtendedAccess} from '../domain/money/price-book.ts';
import type {Configuration} from '../domain/routing/configuration.ts';
import {spendOf} from '../domain/spend/spend.ts';
import {repriceModels} from './replies.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

/** Ids from outside are other people's strings: no more models than these are asked about. */
const mostAsked = 12;

const namedIn = (configuration: Configuration | undefined): readonly string[] => [
	...(configuration?.model === undefined ? [] : [configuration.model]),
	...(configuration?.pins ?? []).map(({value}) => value),
	...(configuration?.modelOverrides?.values() ?? []),
];

const claudeOf = ({model, candidates = []}: Called): readonly string[] =>
	(model === undefined ? candidates : [model]).filter(id => id.startsWith('anthropic.claude-'));

/** The Claude models that settings name, as canonical ids. */
export const pinnedModels: (state: State) => readonly string[] = createSelector(
	[
		({configuration}: State) => configuration,
		({configurations}: State) => configurations,
		({resolutions}: State) => resolutions,
	],
	(configuration, configurations, resolutions) => {
		const named = [configuration, ...configurations.values()].flatMap(namedIn);
		return [...new Set(named.flatMap(id => claudeOf(readCalled(id, resolutions))))];
	},
);

/** The Claude models that were called in the window, here or by the account, and those that settings name: canonical ids. */
export const modelsInUse: (state: State) => readonly string[] = createSelector(
	[
		({ledger}: State) => ledger,
		({spendSince}: State) => spendSince,
		({metrics}: State) => metrics,
		({resolutions}: State) => resolutions,
		pinnedModels,
	],
	(ledger, since, metrics, resolutions, pinned) => {
		const mine = spendOf(ledger, since).models.flatMap(({model}) => model ?? []);
		const called = [...mine, ...[...metrics.values()].map(({profile}) => profile)];
		const models = called.flatMap(id => claudeOf(readCalled(id, resolutions)));
		return [...new Set([...models, ...pinned])].slice(0, mostAsked);
	},
);

/** Takes over what Bedrock says of models: its dates decide where a price may be higher than the list's. */
export const learnLifecycle = (state: State, said: readonly Lifecycle[]): State => {
	const next = {...state, slices: {...state.slices, lifecycle: said}};
	const dates = said.flatMap(one => {
		const from = extendedAccessFrom(one);
		return from === undefined ? [] : [[one.model, from] as const];
	});
	const {book, changed} = withExtendedAccess(state.book, new Map(dates));
	return changed.size === 0 ? next : repriceModels({...next, book}, changed);
};

/** Where a model stands and how that is known: by Bedrock's own dates, or by what the price table has from reports. */
export type Outlook = {
	readonly model: string;
	readonly stage: LifecycleStage;
	readonly by: 'bedrock' | 'table';
	/** Epoch ms. */
	readonly legacyAt?: number | undefined;
	readonly extendedAccessAt?: number | undefined;
	readonly endOfLifeAt?: number | undefined;
	readonly region?: string | undefined;
};

/** What is known of a model's life at a moment (epoch ms); undefined where nobody says anything. */
export const outlookOf = ({slices, book}: State, model: string, now: number): Outlook | undefined => {
	const said = slices.lifecycle?.find(one => one.model === model);
	const table = book.entries.get(model)?.find(({isExtended, fromAt, untilAt}) => {
		return isExtended === true && fromAt <= now && now < untilAt;
	});
	const isOpen = said === undefined || (extendedAccessFrom(said) === undefined && stageOf(said, now) === 'legacy');
	if (isOpen && table !== undefined) {
		return {...said, model, stage: 'extended', by: 'table', extendedAccessAt: table.fromAt};
	}
	return said && {...said, stage: stageOf(said, now), by: 'bedrock'};
};
