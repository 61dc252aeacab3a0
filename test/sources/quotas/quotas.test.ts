import {expect, test} from 'vitest';
import {quotas} from '../../../source/sources/quotas/source.ts';
import {openSource, type SourceContext} from '../../../source/sources/source.ts';
import type {Action} from '../../../source/state/action.ts';
import {account} from '../../support/bedrock-account.ts';
import {noon, stateOf} from '../../support/builders.ts';

const hourMs = 3_600_000;

type Kept = Map<string, unknown>;

const opened = (kept: Kept = new Map(), now = noon, replace?: Parameters<typeof account>[0]) => {
	const {aws, counted} = account(replace);
	const dispatched: Action[] = [];
	const state = stateOf({slices: {identity: {kind: 'sso', accountId: '123456789012'}}});
	const cache = {
		read: async (name: string) => kept.get(name),
		async write(name: string, value: unknown) {
			kept.set(name, JSON.parse(JSON.stringify(value)));
		},
	};
	const context = {aws, now: () => now, getState: () => state, cache} as unknown as SourceContext;
	const source = openSource(quotas, context, 'us-east-1');
	const read = () => source.read(action => dispatched.push(action), new AbortController().signal);
	return {source, read, dispatched, counted, kept};
};

const limitsIn = (actions: readonly Action[]) =>
	actions.flatMap(action => (action.type === 'slice' && action.source === 'quotas' ? action.value.found : []));

test('every page is read, and only quotas of known Claude models are kept', async () => {
	const {read, dispatched, counted} = opened();
	await read();
	const found = limitsIn(dispatched);
	expect(new Set(found.map(({model}) => model)).size).toBe(5);
	const fable = found.filter(({model}) => model === 'anthropic.claude-fable-5-2');
	expect(fable.map(({limit}) => limit)).toEqual([0, 0, 0, 0, 0]);
	expect(found.filter(({limit}) => limit > 0)).toHaveLength(20);
	expect(counted).toEqual(Array.from({length: 3}, () => 'servicequotas:ListServiceQuotas'));
});

test('what was read is good for hours, also for another run, unless the person asks', async () => {
	const first = opened();
	await first.read();
	const second = opened(first.kept, noon + 5 * hourMs);
	await second.read();
	expect(second.counted).toEqual([]);
	expect(limitsIn(second.dispatched)).toEqual(limitsIn(first.dispatched));
	second.source.refreshNow?.();
	await second.read();
	expect(second.counted.length).toBeGreaterThan(0);
	const later = opened(first.kept, noon + 12 * hourMs);
	await later.read();
	expect(later.counted.length).toBeGreaterThan(0);
});

test('what was kept and is damaged is asked for again', async () => {
	const {read, counted} = opened(new Map([['quotas-123456789012-us-east-1', {found: 'x'}]]));
	await read();
	expect(counted.length).toBeGreaterThan(0);
});

test('an answer without content is none', async () => {
	const {read, source, dispatched} = opened(new Map(), noon, () => ({status: 200, body: '{}'}));
	const error = await read().catch((thrown: unknown) => thrown);
	expect(source.explain(error).message).toContain('Service Quotas');
	expect(dispatched).toEqual([]);
});
