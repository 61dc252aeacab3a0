import {expect, test} from 'vitest';
import {plural} from '../../../source/screen/text/plural.ts';

test.each([
	[0, 'reply', '0 replies'],
	[1, 'reply', '1 reply'],
	[2, 'reply', '2 replies'],
	[2, 'day', '2 days'],
	[3, 'call', '3 calls'],
	[1, 'day', '1 day'],
])('%i %s: %s', (count, noun, expected) => expect(plural(count, noun)).toBe(expected));
