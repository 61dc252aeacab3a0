import type {Lifecycle} from '../../domain/models/lifecycle.ts';
import {type Field, list, object, oneOf, optional, readField} from '../../state/fields/field.ts';
import {calledId, region, time} from '../../state/fields/values.ts';
import {modelsInUse} from '../../state/lifecycle.ts';
import {watchedRegions} from '../../state/overview.ts';
import {defineSource, explainer} from '../source.ts';
import {fetchLifecycle} from './lifecycle.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		/** Of the models in use, as far as Bedrock knows them. */
		readonly lifecycle: readonly Lifecycle[];
	}
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Dates are told months before. */
const freshMs = 24 * hourMs;
const action = 'bedrock:GetFoundationModel';
const cacheName = 'lifecycle';

const lifecycleField = object<Lifecycle>({
	model: calledId,
	status: oneOf(['active', 'legacy'], 'active'),
	...{legacyAt: optional(time), extendedAccessAt: optional(time), endOfLifeAt: optional(time)},
	region,
});

/** What was answered of a model, and when; nothing where no region has it. */
type Answer = {readonly model: string; readonly askedAt: number; readonly lifecycle?: Lifecycle | undefined};

const answers: Field<readonly Answer[]> = list(
	object<Answer>({model: calledId, askedAt: time, lifecycle: optional(lifecycleField)}),
);

/** How long the models in use will be there: asked once a day for each, from the disk while that is fresh enough. */
export const lifecycle = defineSource({
	name: 'lifecycle',
	scope: 'once',
	isOn: ({hasAws, purpose}) => hasAws && purpose !== 'check',
	needs(state, {purpose}) {
		const isAnybody = state.slices.identity !== undefined || purpose !== 'watch';
		return isAnybody && watchedRegions(state).length > 0 && modelsInUse(state).length > 0;
	},
	// The source itself says when a look is due.
	pace: {everyMs: 5 * minuteMs, maxDelayMs: hourMs},
	wakes: state => modelsInUse(state).join(' '),
	round: ['others'],
	requests: {[action]: 0n},
	permissions: [
		{sid: 'ModelLifecycle', actions: [action], resources: ['arn:aws:bedrock:*::foundation-model/anthropic.*']},
	],
	slice: list(lifecycleField),
	open(context) {
		const {aws, now, getState, cache} = context;
		let known: ReadonlyMap<string, Answer> | undefined;
		const isFresh = ({askedAt}: Answer) => askedAt <= now() && now() - askedAt < freshMs;
		const staleOf = (models: readonly string[]) =>
			models.filter(model => {
				const answer = known?.get(model);
				return answer === undefined || !isFresh(answer);
			});
		const readKept = async () => {
			const kept = readField(answers, await cache.read(cacheName)) ?? [];
			return new Map(kept.filter(isFresh).map(answer => [answer.model, answer]));
		};
		return {
			async read(dispatch, signal) {
				known ??= await readKept();
				const models = modelsInUse(getState());
				const found = new Map(known);
				const regions = watchedRegions(getState());
				const ask = async (model: string) => {
					const lifecycle = await fetchLifecycle(aws, {model, regions, signal});
					found.set(model, {model, askedAt: now(), lifecycle});
				};
				// The first alone: where it is refused, so would be the others.
				const [first, ...others] = staleOf(models);
				const asked = first === undefined ? [] : [await ask(first).catch(error => ({error}))];
				if (asked[0] === undefined)
					asked.push(...(await Promise.all(others.map(one => ask(one).catch(error => ({error}))))));
				known = found;
				const value = models.flatMap(model => found.get(model)?.lifecycle ?? []);
				if (value.length > 0 || asked.every(failure => failure === undefined)) {
					dispatch({type: 'slice', source: 'lifecycle', value});
				}
				if (first !== undefined) await cache.write(cacheName, [...found.values()].filter(isFresh));
				for (const failure of asked) if (failure !== undefined) throw failure.error;
			},
			explain: explainer({service: 'Bedrock', actions: [action]}, context),
			dueInMs() {
				const models = modelsInUse(getState());
				if (known === undefined || staleOf(models).length > 0) return 0;
				const oldest = Math.min(...models.map(model => known?.get(model)?.askedAt ?? now()));
				return Math.max(0, oldest + freshMs - now());
			},
		};
	},
});
