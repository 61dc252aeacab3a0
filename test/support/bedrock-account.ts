import {createRequestHandler} from '../../source/demo/aws/handler.ts';
import {alice, models} from '../../source/demo/world/people.ts';
import {createWorld} from '../../source/demo/world/world.ts';
import type {Prerequisites} from '../../source/domain/refusals/prerequisites.ts';
import {prerequisiteChecks} from '../../source/screen/panes/prerequisite-checks.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import {fetchPrerequisites} from '../../source/sources/prerequisites/prerequisites.ts';
import {credentials, startAt} from '../demo/opened.ts';

type Request = Parameters<ReturnType<typeof createRequestHandler>['handle']>[0];
export type Reply = {readonly status: number; readonly type?: string; readonly body: string};

export const world = createWorld({seed: 7, startAt});
const demo = createRequestHandler(world, {now: () => startAt});

/** The simulated account with some of its answers replaced, and what it was asked. */
export const account = (
	replace: (operation: string, request: Request) => Reply | Error | undefined = () => undefined,
) => {
	const asked: string[] = [];
	const counted: string[] = [];
	const requestHandler = {
		...demo,
		async handle(request: Request) {
			const {method, path = '/', body} = request;
			const action = new URLSearchParams(String(body ?? '')).get('Action');
			const operation = action ?? `${method} ${decodeURIComponent(path)}`;
			asked.push(operation);
			const reply = replace(operation, request);
			if (reply instanceof Error) throw reply;
			if (reply === undefined) return demo.handle(request);
			const headers = {'content-type': 'application/json', ...(reply.type && {'x-amzn-errortype': reply.type})};
			return {response: {statusCode: reply.status, headers, body: new Blob([reply.body]).stream()}};
		},
	};
	const onRequest = (operation: string) => counted.push(operation);
	return {aws: createAws({credentials, requestHandler: requestHandler as never, onRequest}), asked, counted};
};

export const ask = (
	aws: ReturnType<typeof createAws>,
	called: readonly string[] = [models.opus, models.fable],
	principalArn: string | undefined = alice.arn,
	signal: AbortSignal = new AbortController().signal,
) => fetchPrerequisites(aws, {region: 'us-east-1', called, principalArn, signal});

export const stateOf = (found: Prerequisites) =>
	Object.fromEntries(prerequisiteChecks(found).map(({id, state}) => [id, state]));
export const decisions = ({permissions}: Prerequisites) =>
	permissions.state === 'known'
		? permissions.value.map(({action, id = '', decision}) => `${action.replace('bedrock:', '')} ${id} ${decision}`)
		: permissions.reason;

export const denied: Reply = {status: 403, type: 'AccessDeniedException', body: '{"message": "no"}'};
export const deniedXml: Reply = {
	status: 403,
	body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
};

export const result = (action: string, decision: string, more = '') =>
	`<member><EvalActionName>${action}</EvalActionName><EvalResourceName>x</EvalResourceName><EvalDecision>${decision}</EvalDecision>${more}</member>`;
export const allActions = [
	'InvokeModel',
	'InvokeModelWithResponseStream',
	'ListInferenceProfiles',
	'GetInferenceProfile',
].map(name => `bedrock:${name}`);
export const answer = (results: string, rest = '<IsTruncated>false</IsTruncated>'): Reply => ({
	status: 200,
	body: `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>${results}</EvaluationResults>${rest}</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
});
export const simulated = (decision: string, more = '') =>
	answer(allActions.map(action => result(action, decision, more)).join(''));
export const only = (action: string, decision: string, more = '') =>
	answer(
		allActions.map(each => result(each, each === action ? decision : 'allowed', each === action ? more : '')).join(''),
	);
