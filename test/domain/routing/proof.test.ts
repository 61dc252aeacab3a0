import {array, assert, integer, property, record} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {modelAt, noProofs, noteModels, prove} from '../../../source/domain/routing/proof.ts';
import {noon, reply} from '../../support/builders.ts';

describe('what replies prove', () => {
	const first = reply('a', {version: '2.1.330'});

	test('is the newest reply of a session, and who answered it before', () => {
		const turns = [
			...[first, reply('b', {at: noon + 10, provider: 'first-party', model: 'claude-opus-5', cwd: '/tmp'})],
			...[reply('c', {at: noon + 5}), reply('d', {sessionId: 's2', provider: 'vertex'})],
		];
		for (const order of [turns, [...turns].reverse()]) {
			const proofs = prove(noProofs, order);
			expect(proofs.get('s1')).toMatchObject({
				...{sessionId: 's1', provider: 'first-party', at: noon + 10, model: 'claude-opus-5', cwd: '/tmp'},
				...{requestedModel: first.requestedModel, version: undefined},
				seen: new Map([
					['bedrock', {firstAt: noon, lastAt: noon + 5}],
					['first-party', {firstAt: noon + 10, lastAt: noon + 10}],
				]),
			});
			expect(proofs.get('s2')?.provider).toBe('vertex');
		}
	});

	test("a subagent's reply proves the provider, not the session's model", () => {
		const sub = reply('sub', {
			at: noon + 1,
			sidechain: true,
			model: 'haiku',
			requestedModel: 'us.haiku',
			provider: 'unknown',
		});
		expect(prove(noProofs, [first, sub]).get('s1')).toMatchObject({
			...{model: first.model, requestedModel: first.requestedModel, provider: 'unknown', at: noon + 1},
		});
		expect(prove(noProofs, [sub]).get('s1')).toMatchObject({model: 'haiku', requestedModel: 'us.haiku'});
	});

	test('is the same map, and the same proof, where nothing new is proven', () => {
		const proofs = prove(noProofs, [first, reply('b', {at: noon + 10})]);
		expect(prove(proofs, [])).toBe(proofs);
		expect(prove(proofs, [first, reply('between', {at: noon + 5})])).toBe(proofs);
		const next = prove(proofs, [reply('other', {sessionId: 's2'})]);
		expect(next).not.toBe(proofs);
		expect(next.get('s1')).toBe(proofs.get('s1'));
	});

	test('an older reply widens the time of its provider and leaves the rest', () => {
		const proofs = prove(prove(noProofs, [first]), [reply('old', {at: noon - 10, model: 'older'})]);
		expect(proofs.get('s1')).toMatchObject({
			...{at: noon, model: first.model},
			seen: new Map([['bedrock', {firstAt: noon - 10, lastAt: noon}]]),
		});
	});
});

describe('what sessions were told to be', () => {
	const model = (name: string, at: number, sessionId = 's1') => ({sessionId, model: name, at});
	const known = noteModels(new Map(), [model('opus', noon)]);

	test('is the newest word on each, in whatever order they come', () => {
		const words = [model('haiku', noon + 2), model('sonnet', noon + 1), model('opus', noon, 's2')];
		for (const order of [words, [...words].reverse()]) {
			expect([...noteModels(known, order)].map(([id, words]) => [id, words.at(-1)?.model]).sort()).toEqual([
				['s1', 'haiku'],
				['s2', 'opus'],
			]);
		}
	});

	test('is at any time the last word before it', () => {
		const words = noteModels(known, [model('haiku', noon + 2), model('sonnet', noon - 1)]);
		const times = [noon - 2, noon - 1, noon + 1, noon + 2];
		expect(times.map(at => modelAt(words, 's1', at))).toEqual([undefined, 'sonnet', 'opus', 'haiku']);
		expect(modelAt(words, 's2', noon)).toBeUndefined();
	});

	test.each([
		['nothing was said', []],
		['it was said before', [model('opus', noon)]],
	])('is the same map where %s', (_, words) => expect(noteModels(known, words)).toBe(known));
});

test('proofs stand by session and by time, whatever comes in which order, and old ones stay what they were', () => {
	const answer = record({session: integer({min: 0, max: 9}), at: integer({min: 0, max: 50})});
	assert(
		property(array(array(answer, {maxLength: 5}), {maxLength: 20}), batches => {
			const newest = new Map<string, number>();
			let proofs = noProofs;
			for (const [index, batch] of batches.entries()) {
				const [old, before] = [proofs, [...proofs.since(Number.NEGATIVE_INFINITY)]];
				for (const {session, at} of batch) newest.set(`s${session}`, Math.max(at, newest.get(`s${session}`) ?? 0));
				const turns = batch.map(({session, at}, n) => reply(`${index}-${n}`, {sessionId: `s${session}`, at}));
				proofs = prove(proofs, turns);
				expect([...old.since(Number.NEGATIVE_INFINITY)]).toEqual(before);
			}
			const times = [...newest.values()].sort((a, b) => b - a);
			expect([...proofs.since(20)].map(({at}) => at)).toEqual(times.filter(at => at >= 20));
			expect(proofs.answeredAt).toBe(times[0]);
			for (const [session, at] of newest) expect(proofs.get(session)?.at).toBe(at);
		}),
	);
});
