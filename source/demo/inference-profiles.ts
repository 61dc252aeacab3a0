import {type Answer, failure} from './answer.ts';
import {accountId, models} from './people.ts';

const regionsOf = (scope: string): readonly string[] =>
	scope === 'global' ? [''] : ['us-east-1', 'us-east-2', 'us-west-2'];

/** A system-defined profile as `GET /inference-profiles/{id}` shows it. */
const describe = (id: string, region: string) => {
	const [, scope = '', model = ''] = /^([\w-]+)\.(anthropic\..+)$/.exec(id) ?? [];
	return {
		inferenceProfileName: `${scope.toUpperCase()} Anthropic ${model.replace('anthropic.', '')}`,
		description: `Routes requests to ${model} in ${scope} regions.`,
		createdAt: '2026-09-28T00:00:00Z',
		updatedAt: '2026-10-07T00:00:00Z',
		inferenceProfileArn: `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`,
		models: regionsOf(scope).map(to => ({modelArn: `arn:aws:bedrock:${to}::foundation-model/${model}`})),
		inferenceProfileId: id,
		status: 'ACTIVE',
		type: 'SYSTEM_DEFINED',
	};
};

/** Bedrock's `GET /inference-profiles` and `GET /inference-profiles/{id or ARN}`; undefined for any other path. */
export const answerInferenceProfiles = (url: URL, region: string): Answer | undefined => {
	const [, folder, ...rest] = url.pathname.split('/');
	if (folder !== 'inference-profiles') return undefined;
	const ids: readonly string[] = Object.values(models);
	if (rest.length === 0) {
		const isApplication = url.searchParams.get('type') === 'APPLICATION';
		return {body: {inferenceProfileSummaries: isApplication ? [] : ids.map(id => describe(id, region))}};
	}
	const asked = decodeURIComponent(rest.join('/'));
	const id = ids.find(candidate => candidate === asked.slice(asked.lastIndexOf('/') + 1));
	if (id === undefined) return failure('ResourceNotFoundException', 'The requested inference profile does not exist.');
	return {body: describe(id, region)};
};
