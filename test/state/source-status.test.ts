import {expect, test} from 'vitest';
import {sourceKey} from '../../source/state/source-status.ts';

test('a source is one, and one in each region where it has regions', () => {
	expect(sourceKey('transcripts')).toBe('transcripts');
	expect(sourceKey('cloudtrail', 'us-east-1')).not.toBe(sourceKey('cloudtrail', 'us-west-2'));
	expect(sourceKey('cloudtrail', 'us-east-1')).not.toBe(sourceKey('cloudwatch', 'us-east-1'));
});
