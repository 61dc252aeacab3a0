import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import type {EventLog} from '../../../source/domain/calls/event-log.ts';
import {joinCalls} from '../../../source/domain/calls/join.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import type {Ledger} from '../../../source/domain/spend/ledger.ts';
import {alice, call, ledgerOf, linked, logOf, minuteMs, noon, reply} from '../../support/builders.ts';

const joined = (replies: Ledger, calls: EventLog, arn?: string) => {
	const {ledger, log} = linked(replies, calls);
	return joinCalls(ledger, log, arn);
};

describe('by request id', () => {
	test('a call finds its reply, and a session the newest call that is confirmed', () => {
		const turns = [1, 2].map(n => reply(`m${n}`, {requestId: `r${n}`, at: noon + n}));
		const calls = [1, 2, 3].map(n => call(`e${n}`, {requestId: `r${n}`, at: noon + n * 1000}));
		const {turnOf, auditOf} = joined(ledgerOf(...turns), logOf(...calls));
		expect(['r1', 'r2', 'r3', undefined].map(requestId => turnOf(requestId)?.id)).toEqual([
			...['m1', 'm2', undefined, undefined],
		]);
		expect([auditOf('s1'), auditOf('s2')]).toEqual([{call: calls[1], by: 'request-id'}, undefined]);
	});

	test('a refused call confirms its session, too', () => {
		const log = logOf(call('e', {requestId: 'r', outcome: 'Throttling'}));
		expect(joined(ledgerOf(reply('m', {requestId: 'r'})), log).auditOf('s1')?.by).toBe('request-id');
	});

	test("a reply of another provider is its call's, should ids ever agree", () => {
		const ledger = ledgerOf(reply('m', {requestId: 'r', provider: 'unknown'}));
		expect(joined(ledger, logOf(call('e', {requestId: 'r'}))).auditOf('s1')).toBeDefined();
	});
});

describe('without request ids', () => {
	const by = (turns: readonly Partial<Turn>[], calls: readonly Partial<Call>[], arn: string | undefined = alice) => {
		const ledger = ledgerOf(...turns.map((turn, index) => reply(`m${index}`, turn as Parameters<typeof reply>[1])));
		const log = logOf(...calls.map((one, index) => call(`e${index}`, one)));
		return joined(ledger, log, arn).auditOf('s1');
	};

	test.each<[string, Partial<Turn>, Partial<Call>, boolean]>([
		['by principal, model and minutes', {}, {at: noon - minuteMs}, true],
		['any spelling of the model', {requestedModel: undefined}, {profile: 'us.anthropic.claude-opus-5-5'}, true],
		['a model that nobody knows', {requestedModel: 'x'}, {profile: 'x'}, true],
		['a clock two seconds behind', {}, {at: noon + 2000}, true],
		['no more than that', {}, {at: noon + 2001}, false],
		['a call ten minutes before the reply ended', {}, {at: noon - 10 * minuteMs}, true],
		['no more than that', {}, {at: noon - 10 * minuteMs - 1}, false],
		['another model', {}, {profile: 'global.anthropic.claude-haiku-5-5'}, false],
		['a call that names no model', {}, {profile: undefined}, false],
		['a call that was refused', {}, {outcome: 'AccessDenied'}, false],
		['another principal', {}, {principal: {kind: 'iam-user', arn: 'arn:aws:iam::123456789012:user/bob'}}, false],
		['a reply of somebody else', {provider: 'first-party'}, {}, false],
		['a reply with an id of its own, which no call has', {requestId: 'r9'}, {}, false],
	])('%s', (_, turn, one, isAudited) => {
		expect(by([turn], [one])?.by).toBe(isAudited ? 'principal-model-minute' : undefined);
	});

	test('never where nobody knows who the person is', () => {
		const log = logOf(call('e', {principal: {kind: 'unknown'}}));
		expect(joined(ledgerOf(reply('m')), log).auditOf('s1')).toBeUndefined();
	});

	test('the newest reply of the session counts', () => {
		const old = {at: noon - 30 * minuteMs, requestedModel: 'global.anthropic.claude-haiku-5-5'};
		expect(by([{}, old], [{at: old.at, profile: old.requestedModel}])).toBeUndefined();
	});

	test('a request id is the better proof', () => {
		expect(by([{requestId: 'r'}, {}], [{}, {requestId: 'r', at: noon - 5 * minuteMs}])).toMatchObject({
			...{by: 'request-id', call: {eventId: 'e1'}},
		});
	});
});

test('what a join finds depends on replies, calls and person', () => {
	const [ledger, log] = [ledgerOf(reply('m')), logOf(call('e'))];
	expect(joined(ledger, log, alice).auditOf('s1')).toBeDefined();
	expect(joined(ledger, log).auditOf('s1')).toBeUndefined();
	expect(joined(ledgerOf(), log, alice).auditOf('s1')).toBeUndefined();
	expect(joined(ledger, logOf(), alice).auditOf('s1')).toBeUndefined();
});
