import {parseModelId} from '../../domain/models/model-id.ts';
import type {Availability, CalledTarget, Finding, Prerequisites} from '../../domain/refusals/prerequisites.ts';
import type {Aws} from '../aws/aws.ts';
import {type Asker, createAsker, errorName} from '../aws/finding.ts';
import {firstPages} from '../aws/pages.ts';
import {emptyAnswer} from '../aws/problem.ts';
import {fetchPermissions, type InvokeTarget} from './permissions.ts';
import {askRetention} from './retention.ts';

type Question = {
	readonly region: string;
	/** The ids that sessions call. */
	readonly called: readonly string[];
	/** Who calls, as STS names it. */
	readonly principalArn?: string | undefined;
	readonly signal: AbortSignal;
	/** Told of each question that may well be answered when it is asked again soon. */
	readonly onPassing?: () => void;
};

/** Far more pages than AWS has profiles; a token that leads in a circle ends here. */
const mostPages = 20;

type Listed = {readonly id: string; readonly arn?: string | undefined};

const listProfiles = async (asker: Asker, region: string): Promise<readonly Listed[]> => {
	const {client, sdk} = await asker.aws.bedrock(region);
	const found: Listed[] = [];
	for (const typeEquals of ['SYSTEM_DEFINED', 'APPLICATION'] as const) {
		const input = {typeEquals, maxResults: 1000};
		const pages = sdk.paginateListInferenceProfiles({client}, input, {abortSignal: asker.signal});
		for await (const {inferenceProfileSummaries: summaries} of firstPages(pages, mostPages)) {
			if (summaries === undefined) throw emptyAnswer('ListInferenceProfiles');
			for (const {inferenceProfileId: id, inferenceProfileArn: arn} of summaries) {
				if (id !== undefined) found.push({id, arn});
			}
		}
	}
	return found;
};

type Described = {readonly arn: string | undefined; readonly destinations: readonly string[]} | 'missing';

/** Answers that say that there is no such thing, which is an answer. */
const absences = new Set(['ResourceNotFound', 'Validation']);

const describeProfile = async (asker: Asker, region: string, id: string): Promise<Described> => {
	const {client, sdk} = await asker.aws.bedrock(region);
	try {
		const command = new sdk.GetInferenceProfileCommand({inferenceProfileIdentifier: id});
		const {models, inferenceProfileArn} = await client.send(command, {abortSignal: asker.signal});
		if (models === undefined) throw emptyAnswer('GetInferenceProfile');
		return {arn: inferenceProfileArn, destinations: models.flatMap(({modelArn}) => modelArn ?? [])};
	} catch (error) {
		if (absences.has(errorName(error))) return 'missing';
		throw error;
	}
};

const askAvailability = async (asker: Asker, region: string, modelId: string): Promise<Availability> => {
	const {client, sdk} = await asker.aws.bedrock(region);
	const command = new sdk.GetFoundationModelAvailabilityCommand({modelId});
	const answer = await client.send(command, {abortSignal: asker.signal});
	const {agreementAvailability, authorizationStatus, entitlementAvailability, regionAvailability} = answer;
	const said = [agreementAvailability?.status, authorizationStatus, entitlementAvailability, regionAvailability];
	const [agreement, authorization, entitlement, inRegion] = said;
	const isWhole = agreement && authorization && entitlement && inRegion;
	if (!isWhole) throw emptyAnswer('GetFoundationModelAvailability');
	return {agreement, authorization, entitlement, region: inRegion};
};

/** Whether there is a form. Its content, which is the company's own, is dropped unread. */
const askUseCaseForm = async (asker: Asker, region: string): Promise<boolean> => {
	const {client, sdk} = await asker.aws.bedrock(region);
	try {
		const {formData} = await client.send(new sdk.GetUseCaseForModelAccessCommand({}), {abortSignal: asker.signal});
		if (formData === undefined) throw emptyAnswer('GetUseCaseForModelAccess');
		return true;
	} catch (error) {
		if (errorName(error) === 'ResourceNotFound') return false;
		throw error;
	}
};

const askLogging = async (asker: Asker, region: string): Promise<readonly ('CloudWatch' | 'S3')[]> => {
	const {client, sdk} = await asker.aws.bedrock(region);
	const command = new sdk.GetModelInvocationLoggingConfigurationCommand({});
	let length: unknown;
	// “Off” is an answer without a configuration; the SDK reads an empty body of a broken proxy as the same.
	command.middlewareStack.add(
		next => async args => {
			const result = await next(args);
			const {headers} = result.response as {readonly headers?: Readonly<Record<string, string>>};
			length = headers?.['content-length'];
			return result;
		},
		{step: 'deserialize', priority: 'low', name: 'bedtopContentLength'},
	);
	const {loggingConfig} = await client.send(command, {abortSignal: asker.signal});
	if (length === '0') throw emptyAnswer('GetModelInvocationLoggingConfiguration');
	const isToCloudWatch = loggingConfig?.cloudWatchConfig !== undefined;
	const isToS3 = loggingConfig?.s3Config !== undefined;
	return [...(isToCloudWatch ? (['CloudWatch'] as const) : []), ...(isToS3 ? (['S3'] as const) : [])];
};

type Called = {readonly id: string; readonly region: string; readonly isProfile: boolean};

/** What can be looked up among the ids that are called: routers and names that are no ids of AWS cannot. */
const readCalledIds = (ids: readonly string[], region: string): readonly Called[] => {
	const called = new Map<string, Called>();
	for (const ref of ids.map(parseModelId)) {
		const isModel = ref.kind === 'foundation-model';
		const isProfile = ref.kind === 'inference-profile' || ref.kind === 'application-inference-profile';
		if (!isModel && !isProfile) continue;
		called.set(ref.profile, {id: ref.profile, region: ref.region ?? region, isProfile});
	}
	return [...called.values()];
};

type Target = CalledTarget & InvokeTarget;

/** Whether there is such a profile: Bedrock describes it, or at least has it in the list. */
const existence = (id: string, described: Finding<Described>, listed: Finding<readonly Listed[]>): Finding<boolean> => {
	if (described.state === 'known') return {state: 'known', value: described.value !== 'missing'};
	if (listed.state === 'unknown') return listed;
	const isListed = listed.value.some(profile => profile.id === id || profile.arn === id);
	// Profiles of other regions and accounts are not in the list.
	return isListed || !id.startsWith('arn:') ? {state: 'known', value: isListed} : described;
};

const lookUp = async (asker: Asker, called: Called, listed: Finding<readonly Listed[]>): Promise<Target> => {
	const {id, region, isProfile} = called;
	if (!isProfile) {
		const arn = id.startsWith('arn:') ? id : `arn:aws:bedrock:${region}::foundation-model/${id}`;
		return {...called, exists: {state: 'known', value: true}, destinations: [arn]};
	}
	const described = await asker.find(['bedrock:GetInferenceProfile'], () => describeProfile(asker, region, id));
	const seen = described.state === 'known' && described.value !== 'missing' ? described.value : undefined;
	return {...called, exists: existence(id, described, listed), arn: seen?.arn, destinations: seen?.destinations};
};

const modelsOf = ({id, destinations = []}: Target): readonly string[] =>
	[id, ...destinations].flatMap(each => parseModelId(each).model ?? []);

/**
 * What a call of these ids needs of the account. Each question fails alone, and one that failed is unknown with the
 * permission that would answer it; rejects only where no question reached anybody, with the first error.
 */
export const fetchPrerequisites = async (aws: Aws, question: Question): Promise<Prerequisites> => {
	const {region, principalArn, signal, onPassing} = question;
	const asker = createAsker(aws, signal, onPassing);
	const chain = async () => {
		const listed = await asker.find(['bedrock:ListInferenceProfiles'], () => listProfiles(asker, region));
		const targets: Target[] = [];
		for (const called of readCalledIds(question.called, region)) targets.push(await lookUp(asker, called, listed));
		const askModels = async () => {
			const models: Prerequisites['models'][number][] = [];
			for (const model of new Set(targets.flatMap(modelsOf))) {
				const ask = () => askAvailability(asker, region, model);
				models.push({model, availability: await asker.find(['bedrock:GetFoundationModelAvailability'], ask)});
			}
			return models;
		};
		const askIam = () => fetchPermissions(asker, {region, principalArn, targets});
		const [models, permissions] = await Promise.all([askModels(), askIam()]);
		return {listed, targets, models, permissions};
	};
	const [{listed, targets, models, permissions}, useCaseForm, logging, retention] = await Promise.all([
		chain(),
		asker.find(['bedrock:GetUseCaseForModelAccess'], () => askUseCaseForm(asker, region)),
		asker.find(['bedrock:GetModelInvocationLoggingConfiguration'], () => askLogging(asker, region)),
		asker.find(['bedrock:GetAccountDataRetention'], () => askRetention(asker, region)),
	]);
	asker.assertReached();
	const reach = new Map(targets.map(({id, destinations}) => [id, destinations]));
	const spelled = question.called.map(id => [id, reach.get(parseModelId(id).profile)] as const);
	return {
		region,
		available: listed.state === 'known' ? listed.value.map(({id}) => id) : undefined,
		called: targets.map(({id, isProfile, exists}) => ({id, isProfile, exists})),
		destinations: new Map([...reach, ...spelled].flatMap(([id, arns]) => (arns === undefined ? [] : [[id, arns]]))),
		models,
		useCaseForm,
		logging,
		retention,
		permissions,
	};
};
