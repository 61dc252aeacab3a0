import {describe, expect, test} from 'vitest';
import {createAliases} from '../../../source/state/redaction/aliases.ts';
import {createNames} from '../../../source/state/redaction/names.ts';
import {maskHome, maskPatterns} from '../../../source/state/redaction/patterns.ts';

const masked = (source: string) => {
	const aliases = createAliases();
	return maskPatterns(source, createNames(aliases), aliases);
};

test.each([
	['/home/alice/shop', '/home/person/shop'],
	['/Users/alice', '/Users/person'],
	['C:\\Users\\alice\\x', 'C:\\Users\\person\\x'],
	['/home/alice/home/bob', '/home/person/home/person'],
	['at "/home/alice" or', 'at "/home/person" or'],
	['~/.claude/projects/-Users-alice-shop', '~/.claude/projects/-Users-person-shop'],
	['/srv/alice', '/srv/alice'],
	['home/alice', 'home/alice'],
])('%s is below the home %s', (path, expected) => expect(maskHome(path)).toBe(expected));

describe('a text is masked by the form of what stands in it', () => {
	test.each([
		['alice.b+c@corp.example.com wrote', 'person-1 wrote'],
		['a@b is no address', 'a@b is no address'],
		['123456789012 and 210987654321', '000000000001 and 000000000002'],
		['1234567890123', '1234567890123'],
		['12345678901', '12345678901'],
		['1.123456789012', '1.123456789012'],
		['123456789012.5', '123456789012.5'],
		['123456789012.', '000000000001.'],
		['000000000001', '000000000001'],
		['AKIA1234567', 'AKIA1234567'],
		['ASIA12345678', 'key-1'],
		['xASIA12345678', 'xASIA12345678'],
		['sk-ant-1234567', 'sk-ant-1234567'],
		['sk-ant-12345678', 'key-1'],
		['eyJhbGciOiJ9.x', 'key-1'],
		['eyJhbGciOiJ9', 'eyJhbGciOiJ9'],
		['10.0.0.1 twice: 10.0.0.1', 'address-1 twice: address-1'],
		['1.2.3', '1.2.3'],
		['::1 is here', 'address-1 is here'],
		['fe80::1:2', 'address-1'],
		['1:2:3:4:5:6:7', '1:2:3:4:5:6:7'],
		['vpce-0123456', 'vpce-0123456'],
		['vpce-01234567', 'endpoint-1'],
		['(arn:aws:sts::123456789012:assumed-role/Dev/alice)', '(arn:aws:sts::000000000001:assumed-role/role-1/person-1)'],
		['arn:aws:iam::123456789012:group/a/b is', 'arn:aws:iam::000000000001:group/group-1 is'],
		['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket'],
	])('%s', (source, expected) => expect(masked(source)).toBe(expected));

	test('and is as it was where it is masked again', () => {
		const once = masked('alice@example.com of 123456789012 from 192.0.2.7 with AKIA12345678');
		expect(masked(once)).toBe(once);
	});
});
