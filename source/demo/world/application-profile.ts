import {accountId, homeRegion, models} from './people.ts';

const id = 'ci0haiku45us';

/**
 * An application inference profile, copied from the geographic profile of Haiku 4.5: what is called is the ARN, and only
 * Bedrock knows which model answers there.
 */
export const applicationProfile = {
	id,
	arn: `arn:aws:bedrock:${homeRegion}:${accountId}:application-inference-profile/${id}`,
	copiedFrom: models.haiku,
} as const;

/** CloudWatch's ModelId dimension: the id that was called, of an ARN only its last segment. */
export const metricId = (profile: string): string => profile.slice(profile.lastIndexOf('/') + 1);

/** The id of the model that answers behind a profile. */
export const foundationModel = (profile: string): string =>
	(profile === applicationProfile.arn ? applicationProfile.copiedFrom : profile).replace(
		/^[\w-]+\.(?=anthropic\.)/,
		'',
	);
