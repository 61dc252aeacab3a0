import {describe, expect, test} from 'vitest';
import {canonicalModel, knownModels} from '../../../source/domain/models/known-models.ts';

describe('a spelling names its model', () => {
	test.each([
		['as in the model card', 'anthropic.claude-haiku-4-5-20251001-v1:0'],
		['without its revision', 'anthropic.claude-haiku-4-5-20251001-v1'],
		['without its version', 'anthropic.claude-haiku-4-5-20251001'],
		['without its date', 'anthropic.claude-haiku-4-5'],
	])('%s', (_, spelling) => expect(canonicalModel(spelling)).toBe('anthropic.claude-haiku-4-5-20251001-v1:0'));

	test('with a revision where AWS has none', () => {
		expect(canonicalModel('anthropic.claude-opus-4-6-v1:0')).toBe('anthropic.claude-opus-4-6-v1');
		expect(canonicalModel('anthropic.claude-opus-4-6')).toBe('anthropic.claude-opus-4-6-v1');
	});

	test('but not one that two models share, nor one that is only alike', () => {
		const names = ['anthropic.claude-3-5-sonnet', 'anthropic.claude-opus-5-5-v1:0', 'claude-opus-5-5', '', '__proto__'];
		expect(names.map(canonicalModel)).toEqual(names.map(() => undefined));
		expect(canonicalModel('anthropic.claude-3-5-sonnet-20240620')).toBe('anthropic.claude-3-5-sonnet-20240620-v1:0');
	});
});

test('every model is itself, and no two have one name', () => {
	for (const id of knownModels.keys()) expect(canonicalModel(id)).toBe(id);
	expect(new Set(knownModels.values()).size).toBe(knownModels.size);
});

test('the models of a family stand newest first', () => {
	const versions = new Map<string, number>();
	for (const name of knownModels.values()) {
		const [family = '', version = ''] = name.split('-');
		expect(Number(version), name).toBeLessThanOrEqual(versions.get(family) ?? 99);
		versions.set(family, Number(version));
	}
});
