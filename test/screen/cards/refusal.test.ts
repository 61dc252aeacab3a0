import {describe, expect, test} from 'vitest';
import {type Cause, causes} from '../../../source/domain/refusals/causes/index.ts';
import {fixFor} from '../../../source/domain/refusals/fix.ts';
import {type Refusal, refusalKey} from '../../../source/domain/refusals/refusals.ts';
import {refusalCard} from '../../../source/screen/cards/refusal.ts';
import type {Line} from '../../../source/screen/text/line.ts';
import type {Overview} from '../../../source/state/overview.ts';

const arn = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef123456';
const refusal = (cause: Cause, more: Partial<Refusal> = {}): Refusal => ({
	...{cause, model: 'us.anthropic.claude-opus-5-5', count: 1, firstAt: 1, lastAt: 1, seenBy: []},
	...{message: "AWS's own words", sessionIds: [], denial: {cause}, fix: fixFor({cause}, {})},
	...more,
});
const cardOf = (one: Refusal) => {
	const overview = {refusals: [one], now: 1000, sessions: [], state: {resolutions: new Map()}};
	return refusalCard(overview as unknown as Overview, refusalKey(one), {width: 200});
};
const textOf = (line: Line) => line.map(([text]) => text).join('');

describe('the card of a refusal says what its row of the table says', () => {
	test.each(Object.entries(causes))('%s', (cause, {label, meaning, isLimit}) => {
		const one = refusal(cause as Cause);
		const card = cardOf(one);
		expect(textOf(card?.title ?? [])).toMatch(isLimit === true ? /▲ .*opus-5\.5: / : /✗ .*opus-5\.5: /);
		expect(textOf(card?.title ?? [])).toContain(label);
		const body = (card?.body ?? []).map(textOf);
		expect(body.slice(0, 2)).toEqual([meaning, `→ ${one.fix?.text}`]);
		expect(body).toContain("AWS's own words");
	});
});

describe('what is copied is what mends it', () => {
	const denial = {cause: 'identity-policy', action: 'bedrock:GetInferenceProfile', resource: arn} as const;
	test.each<readonly [name: string, one: Refusal, what: string | undefined, text: RegExp]>([
		['a policy', refusal('identity-policy', {fix: fixFor(denial, {})}), 'the IAM policy', /"Version": "2012-10-17"/],
		['a command', refusal('expired-credentials'), 'the command', /^aws sso login$/],
		['the sentence', refusal('quota'), 'what mends it', /^Call another model/],
		['nothing', refusal('quota', {fix: undefined}), undefined, /^$/],
	])('%s', (_, one, what, text) => {
		const copy = cardOf(one)?.copy;
		expect(copy?.what).toBe(what);
		expect(copy?.text ?? '').toMatch(text);
	});
});

describe('the sessions that met it', () => {
	const lines = (count: number) => {
		const sessionIds = Array.from({length: count}, (_, index) => `session-${index + 1}`);
		const body = (cardOf(refusal('quota', {sessionIds}))?.body ?? []).map(textOf);
		return body.filter(line => /^(session-|and \d|Sessions that)/.test(line));
	};

	test.each([
		[0, []],
		[1, ['Sessions that met it', 'session-1']],
		[8, ['Sessions that met it', ...[1, 2, 3, 4, 5, 6, 7, 8].map(n => `session-${n}`)]],
		[9, ['Sessions that met it', ...[1, 2, 3, 4, 5, 6, 7, 8].map(n => `session-${n}`), 'and 1 more']],
	])('%i of them', (count, expected) => expect(lines(count)).toEqual(expected));
});

test('a refusal that is gone has no card', () => {
	const overview = {refusals: [], now: 1, sessions: [], state: {resolutions: new Map()}};
	expect(refusalCard(overview as unknown as Overview, refusalKey(refusal('scp')), {width: 80})).toBeUndefined();
});
