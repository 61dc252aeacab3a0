import {applicationProfile, foundationModel} from '../world/application-profile.ts';
import {accountId, homeRegion, models} from '../world/people.ts';
import {type Answer, failure} from './answer.ts';

const scopeOf = (id: string) => id.slice(0, id.indexOf('.'));

const destinations = (id: string): readonly {readonly modelArn: string}[] => {
	const regions = scopeOf(id) === 'global' ? [''] : ['us-east-1', 'us-east-2', 'us-west-2'];
	return regions.map(to => ({modelArn: `arn:aws:bedrock:${to}::foundation-model/${foundationModel(id)}`}));
};

/** A system-defined profile as `GET /inference-profiles/{id}` shows it. */
const describe = (id: string, region: string) => ({
	inferenceProfileName: `${scopeOf(id).toUpperCase()} Anthropic ${foundationModel(id).replace('anthropic.', '')}`,
	description: `Routes requests to ${foundationModel(id)} in ${scopeOf(id)} regions.`,
	createdAt: '2026-09-28T00:00:00Z',
	updatedAt: '2026-10-07T00:00:00Z',
	inferenceProfileArn: `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`,
	models: destinations(id),
	inferenceProfileId: id,
	status: 'ACTIVE',
	type: 'SYSTEM_DEFINED',
});

const application = {
	inferenceProfileName: 'ci-haiku',
	description: 'The build agents, so that their cost can be told apart.',
	createdAt: '2026-08-03T09:12:00Z',
	updatedAt: '2026-08-03T09:12:00Z',
	inferenceProfileArn: applicationProfile.arn,
	models: destinations(applicationProfile.copiedFrom),
	inferenceProfileId: applicationProfile.id,
	status: 'ACTIVE',
	type: 'APPLICATION',
};

const find = (asked: string, region: string): object | undefined => {
	const isApplication = asked === applicationProfile.id || asked === applicationProfile.arn;
	if (isApplication) return region === homeRegion ? application : undefined;
	const id = Object.values(models).find(candidate => candidate === asked.slice(asked.lastIndexOf('/') + 1));
	return id && describe(id, region);
};

const list = (type: string | null, region: string): readonly object[] => {
	if (type !== 'APPLICATION') return Object.values(models).map(id => describe(id, region));
	return region === homeRegion ? [application] : [];
};

const missing = (what: string) => failure('ResourceNotFoundException', `The requested ${what} does not exist.`);

/** Whether the account may use a model: every one that is called here but the one that nobody may use. */
const availability = (modelId: string): Answer => {
	if (!Object.values(models).some(id => foundationModel(id) === modelId)) return missing('model');
	const isOpen = modelId !== foundationModel(models.fable);
	const body = {
		modelId,
		agreementAvailability: {status: isOpen ? 'AVAILABLE' : 'NOT_AVAILABLE'},
		authorizationStatus: isOpen ? 'AUTHORIZED' : 'NOT_AUTHORIZED',
		entitlementAvailability: 'AVAILABLE',
		regionAvailability: 'AVAILABLE',
	};
	return {body};
};

/** A model's own entry: none of those called here is going to end. */
const details = (modelId: string, region: string): Answer => {
	if (!Object.values(models).some(id => foundationModel(id) === modelId)) return missing('model');
	const modelDetails = {
		modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
		modelId,
		providerName: 'Anthropic',
		modelLifecycle: {status: 'ACTIVE'},
	};
	return {body: {modelDetails}};
};

/** The base64 of `{}`: what the form says is nobody's business. */
const useCaseForm = {formData: 'e30='};

/**
 * Bedrock's `GET /inference-profiles` and `GET /inference-profiles/{id or ARN}`, the same of prompt routers, of which
 * there are none, and what says whether models may be used; undefined for any other path.
 */
export const answerBedrock = (url: URL, region: string): Answer | undefined => {
	const [, folder, ...rest] = url.pathname.split('/');
	const asked = decodeURIComponent(rest.join('/'));
	if (folder === 'prompt-routers') {
		return asked === '' ? {body: {promptRouterSummaries: []}} : missing('prompt router');
	}
	if (folder === 'foundation-model-availability') return availability(asked);
	if (folder === 'foundation-models') return details(asked, region);
	if (folder === 'use-case-for-model-access') return {body: useCaseForm};
	// Without a configuration: invocation logging is off.
	if (folder === 'logging' && asked === 'modelinvocations') return {body: {}};
	if (folder === 'data-retention') return {body: {mode: 'default', updatedAt: '2026-06-09T08:00:00Z'}};
	if (folder !== 'inference-profiles') return undefined;
	if (asked === '') return {body: {inferenceProfileSummaries: list(url.searchParams.get('type'), region)}};
	const found = find(asked, region);
	return found === undefined ? missing('inference profile') : {body: found};
};
