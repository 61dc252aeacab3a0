import type {EvaluationResult} from '@aws-sdk/client-iam';
import type {Finding, Permission} from '../../domain/refusals/prerequisites.ts';
import {type Asker, errorName} from '../aws/finding.ts';
import {firstPages} from '../aws/pages.ts';
import {emptyAnswer} from '../aws/problem.ts';

const invokeActions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** What is called, with all that a call of it is judged by. */
export type InvokeTarget = {
	readonly id: string;
	readonly isProfile: boolean;
	/** The profile's own ARN. */
	readonly arn?: string | undefined;
	/** ARNs of the foundation models behind it; undefined where they are not known. */
	readonly destinations?: readonly string[] | undefined;
};

type Question = {
	readonly region: string;
	readonly principalArn?: string | undefined;
	readonly targets: readonly InvokeTarget[];
};

type Source =
	| {readonly kind: 'arn'; readonly arn: string; readonly role?: string | undefined}
	| {readonly kind: 'role'; readonly role: string}
	| {readonly kind: 'none'; readonly reason: string};

/**
 * The IAM principal behind what STS names: a session's ARN has the role's name, but not its path, and roles of the IAM
 * Identity Center always have one.
 */
export const policySource = (principalArn: string | undefined): Source => {
	if (principalArn === undefined) return {kind: 'none', reason: 'it is not known who calls'};
	const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principalArn);
	if (session !== null) {
		const [, partition, account, role = ''] = session;
		if (role.startsWith('AWSReservedSSO_')) return {kind: 'role', role};
		return {kind: 'arn', arn: `arn:${partition}:iam::${account}:role/${role}`, role};
	}
	if (/^arn:[\w-]+:iam::\d{12}:(?:user|role)\//.test(principalArn)) return {kind: 'arn', arn: principalArn};
	const who = principalArn.endsWith(':root') ? 'the root user' : 'this kind of principal';
	return {kind: 'none', reason: `IAM cannot simulate the permissions of ${who}`};
};

const findRole = async (asker: Asker, RoleName: string): Promise<string> => {
	const {client, sdk} = await asker.aws.iam();
	const {Role} = await client.send(new sdk.GetRoleCommand({RoleName}), {abortSignal: asker.signal});
	if (Role?.Arn === undefined) throw emptyAnswer('GetRole');
	return Role.Arn;
};

type Simulation = {
	readonly actions: readonly string[];
	readonly resources?: readonly string[];
	/** Condition keys with the value that a real call would have. */
	readonly context?: Readonly<Record<string, string>>;
};

const mostPages = 20;

const simulate = async (asker: Asker, source: string, {actions, resources, context = {}}: Simulation) => {
	const {client, sdk} = await asker.aws.iam();
	const results: EvaluationResult[] = [];
	const input = {
		PolicySourceArn: source,
		ActionNames: [...actions],
		...(resources !== undefined && {ResourceArns: [...resources]}),
		ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
			...{ContextKeyName, ContextKeyValues: [value], ContextKeyType: 'string' as const},
		})),
	};
	const pages = sdk.paginateSimulatePrincipalPolicy({client}, input, {abortSignal: asker.signal});
	for await (const {EvaluationResults} of firstPages(pages, mostPages)) {
		if (EvaluationResults === undefined) throw emptyAnswer('SimulatePrincipalPolicy');
		results.push(...EvaluationResults);
	}
	return results;
};

type Decision = Pick<Permission, 'decision' | 'deniedBy' | 'resources' | 'reason'>;

/**
 * All decisions on one action. IAM used to answer once per action and resource and now answers once per action, with the
 * resources inside; both forms are read. https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
const decisionsOn = (action: string, results: readonly EvaluationResult[]): readonly Decision[] =>
	results.flatMap(result => {
		if (result.EvalActionName !== action) return [];
		const isForbidden = result.OrganizationsDecisionDetail?.AllowedByOrganizations === false;
		const specific = result.ResourceSpecificResults ?? [];
		const EvalResourceName = specific.length === 0 ? result.EvalResourceName : undefined;
		const whole = {...result, EvalResourceName, EvalResourceDecision: result.EvalDecision};
		return [...specific, whole].map((one): Decision => {
			const decision = one.EvalResourceDecision;
			if (decision === undefined) throw emptyAnswer('SimulatePrincipalPolicy');
			if (decision === 'allowed') return {decision};
			const missing = [...new Set([...(one.MissingContextValues ?? []), ...(result.MissingContextValues ?? [])])];
			// Without the condition's value the simulation denies what a real call may be allowed.
			if (missing.length > 0) return {decision: 'unknown', reason: `it hangs on ${missing.join(', ')}`};
			const boundary = one.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail;
			const isBounded = boundary?.AllowedByPermissionsBoundary === false;
			const deniedBy = isForbidden ? 'organization' : isBounded ? 'boundary' : undefined;
			const name = one.EvalResourceName;
			return {decision, deniedBy, resources: name === undefined || name === '*' ? [] : [name]};
		});
	});

const severity = ['explicitDeny', 'implicitDeny', 'unknown', 'allowed'] as const;

/** What counts of several decisions: a call needs every one of its resources. */
const strictest = (decisions: readonly Decision[]): Decision => {
	const level = severity.find(each => decisions.some(({decision}) => decision === each));
	const found = decisions.filter(({decision}) => decision === level);
	const [first] = found;
	if (first === undefined) throw emptyAnswer('SimulatePrincipalPolicy');
	const alike = found.filter(({deniedBy}) => deniedBy === first.deniedBy);
	return {...first, resources: [...new Set(alike.flatMap(({resources = []}) => resources))]};
};

const regionIn = (arn: string): string => arn.split(':')[3] ?? '';

/**
 * Where a call would be judged, each with its resources. A call through a profile is judged in every region that it may
 * reach, and for a global one in none: https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
const places = ({arn, destinations = []}: InvokeTarget): ReadonlyMap<string, readonly string[]> =>
	Map.groupBy([...(arn === undefined ? [] : [arn]), ...destinations], regionIn);

const mayInvoke = async (asker: Asker, source: string, target: InvokeTarget): Promise<readonly Permission[]> => {
	const {id, arn, isProfile, destinations} = target;
	const results: EvaluationResult[] = [];
	for (const [region, resources] of places(target)) {
		const context = {
			'aws:RequestedRegion': region === '' ? 'unspecified' : region,
			...(isProfile && arn !== undefined && {'bedrock:InferenceProfileArn': arn}),
		};
		results.push(...(await simulate(asker, source, {actions: invokeActions, resources, context})));
	}
	return invokeActions.map(action => {
		const hasAll = destinations !== undefined && (!isProfile || arn !== undefined);
		const reason = 'Bedrock does not say which models it reaches';
		const rest: readonly Decision[] = hasAll ? [] : [{decision: 'unknown', reason}];
		return {action, id, ...strictest([...decisionsOn(action, results), ...rest])};
	});
};

const lookUpPermissions = async (asker: Asker, source: string, {region, targets}: Question) => {
	const context = {'aws:RequestedRegion': region};
	const permissions: Permission[] = [];
	const list = 'bedrock:ListInferenceProfiles';
	const listing = await simulate(asker, source, {actions: [list], context});
	permissions.push({action: list, ...strictest(decisionsOn(list, listing))});
	const profiles = targets.flatMap(({arn}) => arn ?? []);
	if (profiles.length > 0) {
		const get = 'bedrock:GetInferenceProfile';
		const getting = await simulate(asker, source, {actions: [get], resources: profiles, context});
		permissions.push({action: get, ...strictest(decisionsOn(get, getting))});
	}
	for (const target of targets) permissions.push(...(await mayInvoke(asker, source, target)));
	return permissions;
};

const simulation = ['iam:SimulatePrincipalPolicy'] as const;
const located = ['iam:GetRole', 'iam:SimulatePrincipalPolicy'] as const;

/**
 * What IAM says of the calls that the principal makes and of the look-ups that Claude Code makes before them. It knows
 * nothing of session policies, resource policies and VPC endpoints.
 */
export const fetchPermissions = async (asker: Asker, question: Question): Promise<Finding<readonly Permission[]>> => {
	const source = policySource(question.principalArn);
	if (source.kind === 'none') return {state: 'unknown', reason: source.reason, fix: null};
	if (source.kind === 'arn') {
		const found = await asker.find(simulation, async () => {
			try {
				return await lookUpPermissions(asker, source.arn, question);
			} catch (error) {
				// The role has a path, which its session does not tell.
				if (source.role !== undefined && errorName(error) === 'NoSuchEntity') return 'elsewhere';
				throw error;
			}
		});
		if (found.state === 'unknown') return found;
		if (found.value !== 'elsewhere') return {state: 'known', value: found.value};
	}
	const role = source.role ?? '';
	const arn = await asker.find(located, () => findRole(asker, role));
	if (arn.state === 'unknown') return arn;
	return asker.find(simulation, () => lookUpPermissions(asker, arn.value, question));
};
