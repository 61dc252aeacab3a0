import {foundationModel} from '../world/application-profile.ts';
import {accountId, alice, models} from '../world/people.ts';
import {type Answer, failure} from './answer.ts';

/** What IAM answers here, in the XML of the query protocol. */
export const iamActions: readonly string[] = ['SimulatePrincipalPolicy', 'GetRole'];

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const response = (action: string, result: string): Answer => ({
	body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000002</RequestId></ResponseMetadata></${action}Response>`,
});

const role = alice.role ?? {id: '', path: '/', name: ''};
const roleArn = `arn:aws:iam::${accountId}:role${role.path}${role.name}`;

const roleXml = `<Role><Path>${role.path}</Path><RoleName>${role.name}</RoleName><RoleId>${role.id}</RoleId><Arn>${roleArn}</Arn><CreateDate>2026-03-02T08:00:00Z</CreateDate><MaxSessionDuration>28800</MaxSessionDuration></Role>`;

const noSuchEntity = (what: string, name: string) =>
	failure('NoSuchEntity', escaped(`The ${what} with name ${name} cannot be found.`));

const getRole = (asked: string): Answer =>
	asked === role.name ? response('GetRole', roleXml) : noSuchEntity('role', asked);

/** A list of the query protocol: `ActionNames.member.1`, `ActionNames.member.2`, … */
const members = (request: URLSearchParams, list: string): readonly string[] =>
	[...request].flatMap(([name, value]) => (name.startsWith(`${list}.member.`) ? [value] : []));

const forbidden = foundationModel(models.fable);

/** No policy of the role allows calls of the one model that nobody here may use. */
const decide = (action: string, resource: string): string =>
	action.startsWith('bedrock:Invoke') && resource.includes(forbidden) ? 'implicitDeny' : 'allowed';

const specific = (action: string, resource: string): string =>
	`<member><EvalResourceName>${escaped(resource)}</EvalResourceName><EvalResourceDecision>${decide(action, resource)}</EvalResourceDecision><MatchedStatements/><MissingContextValues/></member>`;

/** One result per action, as IAM answers since 2026, with the strictest decision of its resources. */
const evaluated = (action: string, resources: readonly string[]): string => {
	const whole =
		resources.map(resource => decide(action, resource)).find(decision => decision !== 'allowed') ?? 'allowed';
	const each = `<ResourceSpecificResults>${resources.map(resource => specific(action, resource)).join('')}</ResourceSpecificResults>`;
	return `<member><EvalActionName>${escaped(action)}</EvalActionName><EvalResourceName>${escaped(resources[0] ?? '*')}</EvalResourceName><EvalDecision>${whole}</EvalDecision><MatchedStatements/><MissingContextValues/>${resources.length === 0 ? '' : each}</member>`;
};

const simulate = (request: URLSearchParams): Answer => {
	const source = request.get('PolicySourceArn') ?? '';
	if (source !== roleArn) return noSuchEntity('entity', source);
	const resources = members(request, 'ResourceArns');
	const results = members(request, 'ActionNames').map(action => evaluated(action, resources));
	const list = `<EvaluationResults>${results.join('')}</EvaluationResults><IsTruncated>false</IsTruncated>`;
	return response('SimulatePrincipalPolicy', list);
};

/** IAM's `SimulatePrincipalPolicy` and `GetRole` about the role of alice; undefined for any other action. */
export const answerIam = (request: URLSearchParams): Answer | undefined => {
	const action = request.get('Action');
	if (action === 'GetRole') return getRole(request.get('RoleName') ?? '');
	return action === 'SimulatePrincipalPolicy' ? simulate(request) : undefined;
};
