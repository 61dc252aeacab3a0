import {expect, test} from 'vitest';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {noProofs, prove} from '../../source/domain/routing/proof.ts';
import {check} from '../../source/output/check.ts';
import {doctor} from '../../source/output/doctor.ts';
import {overview} from '../../source/state/overview.ts';
import {call, ledgerOf, linked, logOf, minuteMs, noon, reply, stateOf} from '../support/builders.ts';

/** Replies of `msg_bdrk_` through a gateway, as in anthropics/claude-code#68531: Bedrock, but whose? */
const turn = reply('msg_bdrk_1', {at: noon - minuteMs, requestId: 'r1'});
const behind = {
	...{provider: 'gateway', providerFrom: {kind: 'no-switch'}, region: 'us-east-1', findings: []},
	...{regionFrom: {kind: 'claude-code-default'}, regionPrefix: 'us'},
	...{baseUrl: 'https://litellm.example.com', gateway: {host: 'litellm.example.com', variable: 'ANTHROPIC_BASE_URL'}},
} as unknown as Configuration;
const read = {name: 'transcripts', phase: 'waiting', failures: 0, lastSuccessAt: noon} as const;
const viewOf = (known: Parameters<typeof stateOf>[0] = {}) =>
	overview(
		stateOf({
			...{configuration: behind, configurations: new Map([['/home/dev/shop', behind]])},
			...{proofs: prove(noProofs, [turn]), ledger: ledgerOf(turn), sources: new Map([['transcripts', read]])},
			...known,
		}),
		noon,
	);

test('Bedrock through a gateway is proven, its account is not: 2, with what mends it', () => {
	const {code, sentences} = check(viewOf());
	expect(code).toBe(2);
	expect(sentences).toEqual([
		expect.stringMatching(/^routing: Bedrock answers through the gateway litellm\.example\.com, .*→ ask CloudTrail/),
	]);
	expect(doctor(viewOf(), {isJson: true, columns: 80}).code).toBe(2);
});

test('one whose calls CloudTrail shows in an account that can be asked is proven', () => {
	const seen = viewOf(linked(ledgerOf(turn), logOf(call('e', {requestId: 'r1'}))));
	expect(check(seen)).toEqual({code: 0, sentences: []});
});

test('without a gateway nothing is in doubt', () => {
	const direct = {...behind, provider: 'bedrock', baseUrl: undefined, gateway: undefined} as Configuration;
	expect(check(viewOf({configuration: direct, configurations: new Map([['/home/dev/shop', direct]])})).code).toBe(0);
});
