import {expect, test} from 'vitest';
import {createAliases} from '../../../source/state/redaction/aliases.ts';

test('the same value always becomes the same, two stay two, each kind by itself', () => {
	const aliases = createAliases();
	const asked = [
		['person', 'alice'],
		['person', 'bob'],
		['role', 'alice'],
		['person', 'alice'],
		['__proto__', 'x'],
	] as const;
	expect(asked.map(([kind, value]) => aliases.of(kind, value))).toEqual([
		...['person-1', 'person-2', 'role-1', 'person-1', '__proto__-1'],
	]);
	expect([aliases.numberOf('person', 'bob'), aliases.numberOf('person', 'carol')]).toEqual([2, 3]);
	expect(createAliases().of('person', 'bob')).toBe('person-1');
});
