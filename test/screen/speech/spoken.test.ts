import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {speak} from '../../../source/screen/speech/spoken.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const stateOf = (actions: readonly Action[]): State =>
	actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000)));
const heard = (actions: readonly Action[], at = now) =>
	speak(overview(stateOf(actions), at), {isDemo: false, home: '/home/dev'});

test('trouble comes first, then proof, money, sessions, models and the newest calls, a sentence each', () => {
	const sentences = heard(morning(now));
	expect(sentences.slice(0, 10)).toMatchInlineSnapshot(`
		[
		  "Refused: opus-5.5, 19 times, no IAM policy allows it, alice, 7 minutes ago. To mend it: Allow bedrock:InvokeModelWithResponseStream on the model in an identity policy of the role AWSReservedSSO_Dev_0a1b (bedtop offers no policy, because it does not know the regions that the profile sends calls to).",
		  "Refused: haiku-4.5, 9 times, no IAM policy allows it, alice, 7 minutes ago. To mend it: Add this policy's statement to an identity policy of the role AWSReservedSSO_Dev_0a1b.",
		  "Proven: the sessions are routed through Bedrock.",
		  "Configured for Bedrock; 1 session running; last reply from Bedrock 1 minute ago; the last call that CloudTrail confirms was 9 minutes ago.",
		  "Spent today, an estimate: $0.28 for 12 replies of this machine. Now $1.13 per hour.",
		  "At this pace the day ends at about $10.",
		  "The whole account, by CloudWatch: $2.99 to $3.55.",
		  "Model opus-5.5: 8 replies, $0.25.",
		  "Model haiku-4.5: 4 replies, $0.04.",
		  "Session ~/shop: answered by Bedrock 1 minute ago, opus-5.5, us-east-1.",
		]
	`);
	expect(sentences.filter(sentence => sentence.startsWith('Call at'))).toHaveLength(10);
});

test('what is said of the account names each model by the way it was called, in whole words', () => {
	expect(heard(morning(now)).filter(sentence => sentence.startsWith('Account, '))).toEqual([
		'Account, opus-5.5 through the us profile: 85 calls in the last hour, half answered within 3.1 seconds, half begun within 820 milliseconds, 5 throttles.',
		'Account, haiku-4.5 through the global profile: 35 calls in the last hour, half answered within 900 milliseconds.',
	]);
});

const configured = (provider: 'bedrock' | 'first-party'): Action => {
	const from = {kind: 'named' as const, variable: 'AWS_REGION', from: 'settings'};
	const region = {region: 'us-east-1', regionFrom: from, regionPrefix: 'us'};
	return {
		type: 'configuration',
		base: {provider, providerFrom: from, ...region, findings: []},
		byFolder: new Map(),
	};
};

test.each<[string, readonly Action[], string]>([
	['has not been read', [], 'The configuration has not been read yet; no session seen running'],
	['is for Bedrock', [configured('bedrock')], 'Configured for Bedrock; no session seen running'],
	['is for others', [configured('first-party')], 'Configured for another provider than Bedrock; no session'],
])('the chain is said where the configuration %s, and nothing unseen is denied', (_, actions, expected) => {
	const sentence = heard(actions).find(one => one.includes(expected));
	expect(sentence).toMatch(/no reply from Bedrock yet; none confirmed by CloudTrail yet\.$/);
});

test('nothing is said in signs, colours or boxes', () => {
	for (const sentence of heard(morning(now))) {
		expect(sentence).not.toMatch(/[✓✗▲▸│─→×–█▁-▇]/);
		expect(sentence).toMatch(/[.!?]$/);
	}
});

test('nothing is known: no zero and no verdict is made up', () => {
	expect(heard([])[0]).toBe('Nothing proves yet where the sessions are routed.');
});

test('what changes within a minute changes no sentence', () => {
	const early = heard(morning(now), now + 1000).filter(sentence => !sentence.includes('day ends at'));
	const late = heard(morning(now), now + 29_000).filter(sentence => !sentence.includes('day ends at'));
	expect(late).toEqual(early);
});

test('a source that fails says what is wrong and what mends it', () => {
	const problem = {kind: 'denied' as const, message: 'CloudTrail refuses it.', fix: 'allow cloudtrail:LookupEvents'};
	const status = {name: 'cloudtrail' as const, region: 'us-east-1', phase: 'waiting' as const, failures: 1, problem};
	expect(heard([{type: 'status', status}])).toContain(
		'Source cloudtrail in us-east-1: CloudTrail refuses it. To mend it: allow cloudtrail:LookupEvents.',
	);
});
