/**
 * What Bedrock says of how long a model will be there; times are epoch ms.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html
 */
export type Lifecycle = {
	/** The canonical foundation id. */
	readonly model: string;
	readonly status: 'active' | 'legacy';
	readonly legacyAt?: number | undefined;
	/** Since when higher prices are to be expected. */
	readonly extendedAccessAt?: number | undefined;
	readonly endOfLifeAt?: number | undefined;
	/** The region that says so. */
	readonly region: string;
};

/** Where a model stands at a moment. */
export type LifecycleStage = 'active' | 'legacy' | 'extended' | 'ended';

const isReached = (at: number | undefined, now: number): boolean => at !== undefined && at <= now;

/** The stage at a moment (epoch ms): what was asked yesterday may have come to pass today. */
export const stageOf = (lifecycle: Lifecycle, now: number): LifecycleStage => {
	const {status, legacyAt, extendedAccessAt, endOfLifeAt} = lifecycle;
	if (isReached(endOfLifeAt, now)) return 'ended';
	if (isReached(extendedAccessAt, now)) return 'extended';
	return status === 'legacy' || isReached(legacyAt, now) ? 'legacy' : 'active';
};

/**
 * From when on (epoch ms) extended access counts: never (infinity) for a model that is active, undefined where Bedrock
 * leaves it open.
 */
export const extendedAccessFrom = ({status, extendedAccessAt}: Lifecycle): number | undefined => {
	if (extendedAccessAt !== undefined) return extendedAccessAt;
	return status === 'active' ? Number.POSITIVE_INFINITY : undefined;
};
