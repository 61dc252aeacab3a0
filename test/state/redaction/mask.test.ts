import {describe, expect, test} from 'vitest';
import {entryLine} from '../../../source/app/recording/recording-format.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';
import {actionField} from '../../../source/sources/registry.ts';
import {overview} from '../../../source/state/overview.ts';
import {createMasker} from '../../../source/state/redaction/mask.ts';
import {type Action, initialState, reduce} from '../../../source/state/state.ts';
import {everyAction} from '../../support/every-action.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const account = '123456789012';

const meet = (name: string): Action => ({
	type: 'slice',
	source: 'identity',
	value: {kind: 'iam-user', name, arn: `arn:aws:iam::${account}:user/${name}`, accountId: account},
});

/** A failure's words as they are shown once these people are known. */
const said = (message: string, people: readonly string[] = []): string => {
	const mask = createMasker(actionField);
	for (const name of people) mask(meet(name));
	const failures: readonly LocalFailure[] = [{id: 'f', at: now, sessionId: 's', message}];
	const masked = mask({type: 'transcripts', turns: [], failures});
	return masked.type === 'transcripts' ? (masked.failures[0]?.message ?? '') : '';
};

describe('a mask knows by its form what tells of an account', () => {
	test.each([
		['at the end of a sentence', `not available for account ${account}.`, 'not available for account 000000000001.'],
		['in an id', `bucket_${account}_logs`, 'bucket_000000000001_logs'],
		['in an address', `https://${account}.signin.aws.amazon.com`, 'https://000000000001.signin.aws.amazon.com'],
		['a role', `arn:aws:iam::${account}:role/team/Secret.`, 'arn:aws:iam::000000000001:role/role-1.'],
		['a policy', `arn:aws:iam::${account}:policy/Secret`, 'arn:aws:iam::000000000001:policy/policy-1'],
		['a caller before a full stop', `arn:aws:iam::${account}:user/alice.`, 'arn:aws:iam::000000000001:user/person-1.'],
		[
			'an organization',
			`arn:aws:organizations::${account}:policy/o-secret/service_control_policy/p-secret`,
			'arn:aws:organizations::000000000001:policy/policy-1',
		],
		['AWS’s own policy stays', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
		['IPv4', 'from 192.0.2.7.', 'from address-1.'],
		['IPv6', 'from 2001:db8::dead:beef', 'from address-1'],
		['IPv6 in full', 'from 2001:db8:0:0:0:0:0:1 on', 'from address-1 on'],
		['a time is no address', 'since 15:04:00', 'since 15:04:00'],
		['an ARN is no address', 'arn:aws:bedrock:us-east-1::', 'arn:aws:bedrock:us-east-1::'],
		['an endpoint', 'through vpce-0123456789abcdef0', 'through endpoint-1'],
		['AWS’s keys', 'AKIAIOSFODNN7EXAMPLE', 'key-1'],
		['ids of people', 'AROAEXAMPLEEXAMPLE:x', 'key-1:x'],
		['Anthropic’s keys', 'x-api-key sk-ant-api03-example_example', 'x-api-key key-1'],
		['Bedrock’s keys', 'bedrock-api-key-ZXhhbXBsZQ==', 'key-1'],
		['tokens', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x', 'Bearer key-1'],
		['homes on Windows', 'C:\\Users\\bob\\shop', 'C:\\Users\\person\\shop'],
		['homes in names of folders', '~/.claude/projects/-home-bob-shop/x', '~/.claude/projects/-home-person-shop/x'],
		['a model stays', 'us.anthropic.claude-opus-4-5-20251101-v1:0', 'us.anthropic.claude-opus-4-5-20251101-v1:0'],
		['a part of an id stays', 'a123456789012b', 'a123456789012b'],
	])('%s', (_, message, expected) => {
		expect(said(message)).toBe(expected);
	});
});

describe('a mask knows by name whom it has met', () => {
	test.each([
		['the longer name first', ['alice', 'alice.smith'], 'alice.smith and alice', 'person-2 and person-1'],
		['however it is written', ['alice'], 'Alice, ALICE', 'person-1, person-1'],
		['a short name as a word only', ['ant'], 'ant wants anthropic', 'person-1 wants anthropic'],
		['names of any signs', ['a.b+c'], 'a.b+c, axb+c', 'person-1, axb+c'],
	])('%s', (_, people, message, expected) => {
		expect(said(message, people)).toBe(expected);
	});

	test('or whom a message of AWS’s names, whatever signs the name holds', () => {
		const denied = (name: string) =>
			`User: arn:aws:iam::${account}:user/${name} is not authorized to perform: bedrock:InvokeModel`;
		expect(said(denied('alice,smith'))).toBe(denied('person-1').replace(account, '000000000001'));
		const mask = createMasker(actionField);
		const failure = (message: string): LocalFailure => ({id: message, at: now, sessionId: 's', message});
		const failures = [failure(denied('alice,smith')), failure('ask alice,smith or the root user')];
		expect(mask({type: 'transcripts', turns: [], failures})).toMatchObject({
			failures: [{}, {message: 'ask person-1 or the root user'}],
		});
		expect(said(`User: arn:aws:iam::${account}:root is not authorized to perform: x:Y, root`)).toContain(', root');
	});

	test('in notes, too', () => {
		const mask = createMasker(actionField);
		mask(meet('alice'));
		expect(mask({type: 'notes', source: 'sessions', notes: [{kind: 'not-a-session', path: 'alice'}]})).toMatchObject({
			notes: [{kind: 'not-a-session', path: 'person-1'}],
		});
	});
});

/** Names that callers really have, and that are words of AWS's or of this program's, too. */
const homonyms = [
	...['bedrock', 'claude', 'sessions', 'trail', 'status', 'metrics', 'transcripts', 'identity', 'model', 'resource'],
	...['user', 'ant', 'call', 'us-east-1', 'InvokeModel', 'claude-opus-5-5', 'us.anthropic.claude-opus-5-5'],
];

describe('whatever a caller is called, a mask changes nothing of what is known', () => {
	const asIf = (name: string): readonly Action[] => {
		const actions = [meet(name), ...everyAction(now), ...morning(now)];
		const rename = (value: unknown): unknown => {
			if (typeof value === 'string') return value.replaceAll('alice', name);
			if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, rename(item)]));
			if (Array.isArray(value)) return value.map(rename);
			if (typeof value !== 'object' || value === null) return value;
			return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item)]));
		};
		return rename(actions) as readonly Action[];
	};
	const known = (actions: readonly Action[]) => {
		const view = overview(actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))), now);
		return {
			verdict: view.judgement.verdict,
			refusals: view.refusals.map(({cause, count}) => [cause, count]),
			money: view.spend.models.map(({amount, calls, scope}) => [amount, calls, scope]),
			callers: view.callers.map(({calls}) => calls),
			sessions: view.sessions.map(({proven}) => proven?.provider),
			joins: view.state.log.calls.filter(({requestId}) => view.join.turnOf(requestId)).length,
			bill: view.state.slices['cost-explorer']?.amount,
		};
	};
	test.each([...homonyms, 'bill'])('%s', name => {
		const actions = asIf(name);
		expect(known(actions.map(createMasker(actionField)))).toEqual(known(actions));
		expect(known(actions).verdict).toBe('bedrock');
	});
});

test('a mask leaves neither account nor people in anything that can happen', () => {
	const masked = everyAction(now).map(createMasker(actionField));
	expect(masked.map(action => entryLine({at: now, action})).join('')).not.toMatch(/123456789012|alice|192\.0\.2|vpce-/);
});
