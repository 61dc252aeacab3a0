import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {callCard} from '../../../source/screen/cards/call.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {alice, call, logOf, minuteMs, noon, stateOf} from '../../support/builders.ts';

const claude = 'claude-cli/2.1.330 (external, cli)';
const me = {identity: {kind: 'sso', name: 'alice', arn: alice}} as const;
const wordsOf = (changes: Partial<Call>, state: Partial<State> = {slices: me}) => {
	const known = stateOf({log: logOf(call('e', {requestId: 'r', client: claude, ...changes})), ...state});
	const card = callCard(overview(known, noon), 'e', {width: 300});
	return [card?.title ?? [], ...(card?.body ?? [])].map(line => plainText(line).trim().replace(/\s+/g, ' '));
};

describe('why there is no reply to a call', () => {
	const [running, older] = ['it may still be running', 'writes no request id into its transcripts'];
	test.each<[string, Partial<Call>, Partial<State> | undefined, string]>([
		['somebody else called', {principal: {kind: 'sso', arn: 'x'}}, undefined, 'Not yours'],
		['whom it does not name', {principal: {kind: 'unknown'}}, {slices: {identity: {kind: 'unknown'}}}, 'Not yours'],
		['nobody knows who you are', {}, {}, running],
		['another client called', {client: undefined}, undefined, 'Not made by Claude Code'],
		['it failed', {outcome: 'Throttling'}, undefined, 'The call failed'],
		['it has no id', {requestId: undefined}, undefined, 'no request id to find the reply by'],
		['an older client called', {client: 'claude-cli/2.1.284'}, undefined, older],
		['an older one still', {client: 'claude-cli/2.0.999'}, undefined, older],
		['a much older one', {client: 'claude-cli/1.9.999'}, undefined, older],
		['the first that writes ids called', {client: 'claude-cli/2.1.285'}, undefined, running],
		['a later one called', {client: 'claude-cli/2.2.0'}, undefined, running],
		['a much later one called', {client: 'claude-cli/3.0.0'}, undefined, running],
		['one without a version called', {client: 'claude-cli/next'}, undefined, running],
		['it began just within ten minutes', {at: noon - 10 * minuteMs + 1}, undefined, running],
		['it began ten minutes ago', {at: noon - 10 * minuteMs}, undefined, 'not on this machine, or no longer kept'],
	])('%s', (_, changes, state, words) => expect(wordsOf(changes, state).at(-1)).toContain(words));
});

describe('the card says', () => {
	const arn = 'arn:aws:bedrock:us-east-1:1:application-inference-profile/ab12cd34ef56';
	test.each<[string, Partial<Call>, string]>([
		['what came of it', {outcome: 'Throttling', message: 'Slow down.'}, 'AWS says Slow down.'],
		['that it is you', {}, 'caller alice you, IAM Identity Center user'],
		['who else it is', {principal: {kind: 'root'}}, 'caller ? root user of the account'],
		['where it ran', {ranIn: 'us-west-2'}, 'region us-east-1 → us-west-2'],
		['that it ran where it was called', {ranIn: 'us-east-1'}, 'region us-east-1 and ran there'],
		['that nobody knows where it ran', {}, 'region us-east-1 where it ran is not in the record'],
		['that AWS itself called', {sourceAddress: 'x.amazonaws.com'}, 'from x.amazonaws.com a service of AWS'],
		['that somebody only sounds like it', {sourceAddress: 'amazonaws.com.example'}, 'from amazonaws.com.example'],
		[
			'whose endpoint it was',
			{vpcEndpointId: 'vpce-1', vpcEndpointAccountId: '2'},
			'network through PrivateLink vpce-1 of account 2',
		],
		[
			'nothing of one’s own endpoint',
			{vpcEndpointId: 'vpce-1', vpcEndpointAccountId: '123456789012'},
			'network through PrivateLink vpce-1',
		],
		['how it was signed', {bearer: true}, 'signed by Bedrock API key (bearer)'],
		['how it was signed otherwise', {}, 'signed by SigV4'],
		['what stands behind the id', {profile: arn}, 'model ?'],
		['that no id is in the record', {requestId: undefined}, 'request id none in the record'],
	])('%s', (_, changes, words) => expect(wordsOf(changes)).toContainEqual(expect.stringContaining(words)));

	test.each([
		['ok', '✓ ok opus-5.5'],
		['Throttling', '▲ Throttling opus-5.5'],
		['AccessDenied', '✗ AccessDenied opus-5.5'],
	])('%s in its title', (outcome, title) => expect(wordsOf({outcome})[0]).toBe(title));
});

test('both ids are copied, or the one there is', () => {
	const copied = (changes: Partial<Call>) =>
		callCard(overview(stateOf({log: logOf(call('e', changes))}), noon), 'e', {width: 80})?.copy?.text;
	expect([copied({requestId: 'r'}), copied({})]).toEqual(['requestID r eventID e', 'eventID e']);
});

describe('a failed call that only a transcript knows', () => {
	const failures = [{id: 'f1', at: noon, sessionId: 's1', requestId: 'r1', status: 503, message: 'Too busy'}];
	const card = (state: Partial<State>) =>
		callCard(overview(stateOf({slices: me, failures, ...state}), noon), 'transcript r1', {width: 300})?.body.map(line =>
			plainText(line).trim().replace(/\s+/g, ' '),
		) ?? [];

	test('says whose clock its time is by, and that there is no record yet', () => {
		const words = card({}).join('\n');
		expect(words).toContain("by this machine's clock");
		expect(words).toContain('session s1');
		expect(words).toContain('None yet: records come 5 to 90 minutes late');
		expect(words).not.toContain('event id');
	});

	test('becomes the card of its record once that has come', () => {
		const words = card({log: logOf(call('e7', {requestId: 'r1', outcome: 'ServiceUnavailable'}))}).join('\n');
		expect(words).toContain('event id e7');
		expect(words).toContain('by CloudTrail, which counts whole seconds');
	});
});
