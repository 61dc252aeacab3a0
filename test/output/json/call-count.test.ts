import {expect, test} from 'vitest';
import {toJson} from '../../../source/output/json/json.ts';
import {overview} from '../../../source/state/overview.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {type Action, reduce} from '../../../source/state/state.ts';
import {stateOf} from '../../support/builders.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;

const trail = (region: string, more: Partial<SourceStatus> = {lastSuccessAt: noon}): Action => ({
	type: 'status',
	status: {name: 'cloudtrail', region, phase: 'idle', failures: 0, ...more},
});
const reach = (...reaches: readonly (readonly [string, number])[]): Action => ({
	type: 'slice',
	source: 'cloudtrail',
	value: new Map(reaches),
});
const counted = (...actions: readonly Action[]) =>
	toJson(overview(actions.reduce(reduce, stateOf({})), noon), {version: '1', isDemo: false}).callCount;

const since = (at: number) => new Date(at).toISOString();
const [long, short] = [noon - 90 * minute, noon - 20 * minute];

test.each([
	[
		'nobody was asked',
		[],
		{ok: null, refused: null, throttled: null, failed: null, mine: null, complete: false, since: null},
	],
	['nobody answered', [trail('us-east-1', {failures: 1})], {ok: null, complete: false}],
	['one of two regions did not', [trail('us-east-1'), trail('eu-west-1', {}), reach(['us-east-1', long])], {ok: null}],
	[
		'all of it was read',
		[trail('us-east-1'), reach(['us-east-1', long])],
		{ok: 0, complete: true, since: since(noon - 60 * minute)},
	],
	[
		'a part was read in time',
		[trail('us-east-1', {failures: 1}), reach(['us-east-1', short])],
		{ok: 0, complete: false, since: since(short)},
	],
	[
		'one region reaches back less far than another',
		[trail('us-east-1'), trail('eu-west-1'), reach(['us-east-1', long], ['eu-west-1', short])],
		{complete: false, since: since(short)},
	],
] as const)('calls are counted as far back as they are known: %s', (_, actions, expected) => {
	expect(counted(...actions)).toMatchObject(expected);
});
