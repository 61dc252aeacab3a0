import {describe, expect, test} from 'vitest';
import {modelAt, noteModels, prove} from '../../../source/domain/routing/proof.ts';
import {noon, reply} from '../../support/builders.ts';

describe('what replies prove', () => {
	const first = reply('a', {version: '2.1.330'});

	test('is the newest reply of a session, and who answered it before', () => {
		const turns = [
			...[first, reply('b', {at: noon + 10, provider: 'first-party', model: 'claude-opus-5', cwd: '/tmp'})],
			...[reply('c', {at: noon + 5}), reply('d', {sessionId: 's2', provider: 'vertex'})],
		];
		for (const order of [turns, [...turns].reverse()]) {
			const proofs = prove(new Map(), order);
			expect(proofs.get('s1')).toEqual({
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
		expect(prove(new Map(), [first, sub]).get('s1')).toMatchObject({
			...{model: first.model, requestedModel: first.requestedModel, provider: 'unknown', at: noon + 1},
		});
		expect(prove(new Map(), [sub]).get('s1')).toMatchObject({model: 'haiku', requestedModel: 'us.haiku'});
	});

	test('is the same map, and the same proof, where nothing new is proven', () => {
		const proofs = prove(new Map(), [first, reply('b', {at: noon + 10})]);
		expect(prove(proofs, [])).toBe(proofs);
		expect(prove(proofs, [first, reply('between', {at: noon + 5})])).toBe(proofs);
		const next = prove(proofs, [reply('other', {sessionId: 's2'})]);
		expect(next).not.toBe(proofs);
		expect(next.get('s1')).toBe(proofs.get('s1'));
	});

	test('an older reply widens the time of its provider and leaves the rest', () => {
		const proofs = prove(prove(new Map(), [first]), [reply('old', {at: noon - 10, model: 'older'})]);
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
