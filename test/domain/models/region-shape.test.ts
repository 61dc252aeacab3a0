import {expect, test} from 'vitest';
import {isRegion} from '../../../source/domain/models/region-shape.ts';

test.each([
	['us-east-1', true],
	['US-East-1', true],
	['us-gov-west-1', true],
	['local', true],
	['aa-b-c-d-e', true],
	['aa-b-c-d-e-f', false],
	['u', false],
	['1us', false],
	['us_east_1', false],
	['us-', false],
	['us east', false],
	[' us-east-1', false],
	['us-east-1.evil.example', false],
	['', false],
])('%s is taken for a region: %s', (value, expected) => expect(isRegion(value)).toBe(expected));
