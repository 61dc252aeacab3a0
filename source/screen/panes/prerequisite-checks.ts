import {parseModelId, shortModelName} from '../../domain/models/model-id.ts';
import type {
	Availability,
	CalledTarget,
	Finding,
	Permission,
	Prerequisites,
} from '../../domain/refusals/prerequisites.ts';
import type {Check} from './check.ts';

/** A row without its name. */
export type Verdict = Omit<Check, 'id' | 'title'>;

const nothingCalled: Verdict = {state: 'unknown', evidence: 'no model was called yet', fix: null};

const unknown = (reason: string | undefined, fix: string | null): Verdict => ({
	state: 'unknown',
	evidence: reason ?? 'left out of the recording',
	fix,
});

const order = ['fail', 'unknown', 'warn', 'pass'] as const;

/** Several verdicts as one row: the worst state, what speaks for it, and the first way to mend it. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict => {
	const state = order.find(candidate => verdicts.some(verdict => verdict.state === candidate)) ?? 'unknown';
	const telling = verdicts.filter(verdict => verdict.state === state);
	const evidence = [...new Set(telling.map(verdict => verdict.evidence))].join('; ');
	return {state, evidence, fix: telling.find(({fix}) => fix !== null)?.fix ?? null};
};

/** The region a destination is in; the global form of an ARN has none. */
const regionOf = (arn: string): string => parseModelId(arn).region ?? 'every region';

const reachOf = (arns: readonly string[] | undefined): string =>
	arns === undefined ? '' : ` → ${[...new Set(arns.map(regionOf))].join(', ')}`;

/** Profiles of the region that lead to the same model as one that it does not have. */
const insteadOf = (id: string, {available}: Prerequisites): string => {
	const {model} = parseModelId(id);
	const others = model === undefined ? [] : (available ?? []).filter(other => parseModelId(other).model === model);
	return others.length === 0 ? 'call an inference profile that exists there, or another region' : `call ${others[0]}`;
};

/** Whether there is what is called. */
export const profileVerdict = ({id, exists}: CalledTarget, prerequisites: Prerequisites): Verdict => {
	if (exists.state === 'unknown') return unknown(exists.reason, exists.fix);
	if (exists.value) return {state: 'pass', evidence: `${id}${reachOf(prerequisites.destinations.get(id))}`, fix: null};
	const evidence = `${prerequisites.region} has no profile ${id}`;
	return {state: 'fail', evidence, fix: insteadOf(id, prerequisites)};
};

const inferenceProfile = (prerequisites: Prerequisites): Verdict => {
	const profiles = prerequisites.called.filter(({isProfile}) => isProfile);
	if (profiles.length === 0) return {...nothingCalled, evidence: 'no inference profile was called yet'};
	return worstOf(profiles.map(target => profileVerdict(target, prerequisites)));
};

/** Whether the account may use a model. */
export const modelVerdict = (model: string, region: string, found: Finding<Availability>): Verdict => {
	if (found.state === 'unknown') return unknown(found.reason, found.fix);
	const name = shortModelName(model);
	const {agreement, authorization, entitlement, region: inRegion} = found.value;
	if (inRegion !== 'AVAILABLE') {
		return {state: 'fail', evidence: `${name} is not offered in ${region}`, fix: 'call a region that offers it'};
	}
	const isClosed = authorization !== 'AUTHORIZED' || entitlement !== 'AVAILABLE';
	if (isClosed || agreement === 'ERROR') {
		const evidence = `${name}: ${authorization}, entitlement ${entitlement}, agreement ${agreement}`;
		return {state: 'fail', evidence, fix: `request access to ${name} on the model's page of the Bedrock console`};
	}
	if (agreement === 'PENDING') {
		return {state: 'warn', evidence: `the agreement of ${name} is being made`, fix: 'wait 15 minutes and look again'};
	}
	if (agreement !== 'AVAILABLE') {
		// Access opens with the first call, which subscribes in the account's name.
		const evidence = `${name} has no agreement yet; the first call makes one`;
		return {state: 'warn', evidence, fix: 'allow aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions once'};
	}
	return {state: 'pass', evidence: `${name} may be used`, fix: null};
};

const isOpen = (found: Finding<Availability>): boolean =>
	found.state === 'known' && modelVerdict('', '', found).state === 'pass';

const modelAccess = ({models, region}: Prerequisites): Verdict =>
	models.length === 0
		? nothingCalled
		: worstOf(models.map(({model, availability}) => modelVerdict(model, region, availability)));

/** Whether Anthropic's form stands in the way. */
export const formVerdict = ({useCaseForm: form, models}: Prerequisites): Verdict => {
	if (form.state === 'unknown') return unknown(form.reason, form.fix);
	if (form.value) return {state: 'pass', evidence: 'submitted', fix: null};
	const fix = "fill out Anthropic's use case form in the model catalog of the Bedrock console";
	// An organisation's management account may submit it for its members, who then see no form of their own.
	const isOpenAnyway = models.some(({availability}) => isOpen(availability));
	if (!isOpenAnyway) return {state: 'fail', evidence: 'not submitted for this account', fix};
	return {state: 'warn', evidence: 'not submitted by this account, yet its models may be used', fix};
};

const lookUps = ['bedrock:ListInferenceProfiles', 'bedrock:GetInferenceProfile'];

const words = {
	explicitDeny: 'an explicit deny forbids',
	implicitDeny: 'no policy allows',
	organization: 'the organization forbids',
	boundary: 'the permissions boundary does not allow',
} as const;

/** Several actions that share one fate, such as the two ways of calling a model. */
type Fate = Omit<Permission, 'action'> & {readonly actions: readonly string[]};

const fates = (permissions: readonly Permission[]): readonly Fate[] => {
	const byFate = new Map<string, Fate>();
	for (const {action, ...rest} of permissions) {
		const key = JSON.stringify([
			rest.id,
			rest.decision,
			rest.deniedBy,
			rest.resources,
			rest.reason,
			lookUps.includes(action),
		]);
		byFate.set(key, {...rest, actions: [...(byFate.get(key)?.actions ?? []), action]});
	}
	return [...byFate.values()];
};

const permissionVerdict = ({actions, id, decision, deniedBy, resources = [], reason}: Fate): Verdict => {
	const action = actions.join(' and ');
	const what = id === undefined ? action : `${action} of ${id}`;
	if (decision === 'allowed') return {state: 'pass', evidence: what, fix: null};
	if (decision === 'unknown') return unknown(`${what}: ${reason ?? 'IAM does not say'}`, null);
	const state = actions.every(each => lookUps.includes(each)) ? 'warn' : 'fail';
	const evidence = `${words[deniedBy ?? decision]} ${what}`;
	const where = resources.length === 0 ? '' : ` on ${resources.join(', ')}`;
	if (deniedBy === 'organization') {
		return {state, evidence, fix: `have the service control policy allow ${action}${where}`};
	}
	if (deniedBy === 'boundary') return {state, evidence, fix: `add ${action}${where} to the permissions boundary`};
	if (decision === 'explicitDeny') return {state, evidence, fix: `take ${action}${where} out of the Deny statement`};
	return {state, evidence, fix: `allow ${action}${where}`};
};

/** Whether IAM lets that id be called. */
export const invokeVerdict = (id: string, {permissions}: Pick<Prerequisites, 'permissions'>): Verdict => {
	if (permissions.state === 'unknown') return unknown(permissions.reason, permissions.fix);
	const ofId = permissions.value.filter(permission => permission.id === id);
	return ofId.length === 0 ? unknown('IAM was not asked', null) : worstOf(fates(ofId).map(permissionVerdict));
};

const iamPermission = ({permissions, called}: Prerequisites): Verdict => {
	if (permissions.state === 'unknown') return unknown(permissions.reason, permissions.fix);
	const verdict = worstOf(fates(permissions.value).map(permissionVerdict));
	const isInvokeAsked = permissions.value.some(({id}) => id !== undefined);
	if (verdict.state !== 'pass') return verdict;
	if (called.length === 0 || !isInvokeAsked) return nothingCalled;
	const ids = new Set(permissions.value.flatMap(({id}) => id ?? []));
	return {...verdict, evidence: `IAM would allow ${[...ids].join(', ')}`};
};

const invocationLogging = ({logging}: Prerequisites): Verdict => {
	if (logging.state === 'unknown') return unknown(logging.reason, logging.fix);
	return {
		state: 'pass',
		evidence: logging.value.length === 0 ? 'off' : `on, to ${logging.value.join(' and ')}`,
		fix: null,
	};
};

/** The prerequisites as one row each, in the order in which a call meets them. */
export const prerequisiteChecks = (prerequisites: Prerequisites): readonly Check[] => [
	{id: 'inference-profile', title: 'Called profiles exist', ...inferenceProfile(prerequisites)},
	{id: 'model-access', title: 'The account has access to the models', ...modelAccess(prerequisites)},
	{id: 'use-case-form', title: "Anthropic's use case form is submitted", ...formVerdict(prerequisites)},
	{id: 'iam-permission', title: 'IAM allows the calls', ...iamPermission(prerequisites)},
	{id: 'invocation-logging', title: 'Model invocation logging', ...invocationLogging(prerequisites)},
];
