import {expect, test} from 'vitest';
import {identity} from '../../../source/sources/identity/source.ts';
import {openSource, type SourceContext} from '../../../source/sources/source.ts';
import type {Action} from '../../../source/state/action.ts';
import {awsAnswering} from '../../support/aws-answers.ts';
import {stateOf} from '../../support/builders.ts';

const ask = async (content: string) => {
	const asked: string[] = [];
	const aws = awsAnswering(({hostname}) => {
		asked.push(hostname);
		const result = `<GetCallerIdentityResult>${content}</GetCallerIdentityResult>`;
		return new Response(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`);
	});
	const context = {
		aws,
		getState: () => stateOf({askedRegions: ['eu-west-1', 'us-east-1']}),
	} as unknown as SourceContext;
	const actions: Action[] = [];
	await openSource(identity, context, undefined).read(action => actions.push(action), new AbortController().signal);
	return {actions, asked};
};

test('credentials belong to whom STS says, asked in the first region that is watched', async () => {
	const arn = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
	const {actions, asked} = await ask(`<Arn>${arn}</Arn><Account>123456789012</Account>`);
	const value = {kind: 'assumed-role', name: 'alice', arn, accountId: '123456789012'};
	expect(actions).toEqual([
		{type: 'sdkRegion', region: 'eu-west-1'},
		{type: 'slice', source: 'identity', value},
	]);
	expect(asked).toEqual([expect.stringContaining('eu-west-1')]);
});

test('an answer without a name is none', async () => {
	await expect(ask('<Account>123456789012</Account>')).rejects.toThrow('GetCallerIdentity answered without content');
});
