import {parseModelId} from '../models/model-id.ts';
import type {Observation} from './observation.ts';

type Witness = 'transcript' | 'cloudwatch' | 'cloudtrail';

/** What is the same of refused and of failed calls: which, whose, how often, and who saw it. */
export type Group = Pick<Observation, 'denial' | 'message' | 'action' | 'region' | 'caller' | 'model'> & {
	readonly mine?: boolean;
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly seenBy: readonly Witness[];
	/** The local sessions that met it. */
	readonly sessionIds: readonly string[];
};

/** What was called, without the ARN around it. */
export const calledName = (model: string | undefined): string | undefined => {
	const id = model === undefined ? undefined : parseModelId(model).profile;
	return id?.slice(id.lastIndexOf('/') + 1);
};

const canonical = (model: string | undefined) =>
	model === undefined ? undefined : (parseModelId(model).model ?? calledName(model));

/** The id that was called for sure: a transcript may know of a call by the model behind its profile only. */
const exactName = ({by, model}: Observation): string | undefined =>
	by === 'cloudtrail' || parseModelId(model ?? '').prefix !== undefined ? calledName(model) : undefined;

const groupsBy = (observations: readonly Observation[], keyOf: (one: Observation) => string) => [
	...Map.groupBy(observations, keyOf).values(),
];

/** One model's observations by the profile that was called; those that do not tell belong to the nearest in time. */
const byProfile = (observations: readonly Observation[]): readonly (readonly Observation[])[] => {
	const exact = observations.filter(one => exactName(one) !== undefined);
	if (new Set(exact.map(exactName)).size < 2) return [observations];
	const nearest = ({at}: Observation) =>
		exact.reduce((best, one) => (Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best));
	return groupsBy(observations, one => exactName(one) ?? exactName(nearest(one)) ?? '');
};

const witnesses = ['transcript', 'cloudtrail'] as const;

const fold = (observations: readonly Observation[]): Group => {
	const times = observations.map(({at}) => at);
	const seenBy = witnesses.filter(by => observations.some(observation => observation.by === by));
	// The same call is seen by both: the larger count is the better one, their sum would be wrong.
	const countBy = (by: Observation['by']) => {
		const seen = observations.filter(observation => observation.by === by);
		const tries = seen.filter(({isFinal}) => isFinal !== true).length;
		return tries === 0 ? seen.length : tries;
	};
	const counts = seenBy.map(countBy);
	// CloudTrail knows what was called, and AWS's own words; a transcript may have Claude Code's only.
	const best = observations.find(({by}) => by === 'cloudtrail') ?? (observations[0] as Observation);
	const {action, caller, region, message, denial} = best;
	const exact = observations.find(one => one.by === best.by && exactName(one) !== undefined);
	return {
		...{action, caller, region, message, denial, seenBy},
		model: exact?.model ?? best.model ?? observations.find(({model}) => model !== undefined)?.model,
		mine: observations.some(({isMine}) => isMine),
		count: Math.max(...counts),
		firstAt: Math.min(...times),
		lastAt: Math.max(...times),
		sessionIds: [...new Set(observations.flatMap(({sessionId}) => sessionId ?? []))],
	};
};

/** Observations of one kind, called profile and caller as one, the newest first. */
export const grouped = <Kind>(
	observations: readonly Observation[],
	kindOf: (observation: Observation) => Kind,
): readonly (Group & {readonly kind: Kind})[] =>
	groupsBy(observations, one => JSON.stringify([kindOf(one), canonical(one.model), one.caller]))
		.flatMap(byProfile)
		.map(group => ({...fold(group), kind: kindOf(group[0] as Observation)}))
		.sort((a, b) => b.lastAt - a.lastAt);
