import {expect, test} from 'vitest';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {deletedBefore, reachOf} from '../../../source/sources/transcripts/reach.ts';
import type {State} from '../../../source/state/state.ts';

const dayMs = 86_400_000;
const now = 100 * dayMs;
const stateOf = (windowDays: number, days?: number, daysOfFolder?: number) =>
	({
		...{spendSince: now - windowDays * dayMs, historySince: now - windowDays * dayMs},
		configuration: {cleanupPeriodDays: days} as Configuration,
		configurations: new Map([['/home/alice/app', {cleanupPeriodDays: daysOfFolder} as Configuration]]),
	}) as unknown as State;

test.each<[string, State, number | undefined, number | undefined]>([
	['today', stateOf(1), undefined, undefined],
	['as far as transcripts go', stateOf(30), undefined, undefined],
	['further than transcripts go', stateOf(31), undefined, 70],
	['further, but kept', stateOf(60), 40, undefined],
	['further than anything kept', stateOf(80), 40, 40],
	['further, and what is kept is younger', stateOf(60), 90, 70],
	['where settings let transcripts live longer', stateOf(60, 365, 365), undefined, undefined],
	['where settings delete them sooner', stateOf(8, 7), undefined, 93],
	['where those of one folder do', stateOf(8, 365, 7), undefined, 93],
])('a window of %s', (_, state, knownDay, boundDay) => {
	const notes = deletedBefore(state, reachOf(state, now), knownDay && knownDay * dayMs);
	expect(notes.map(note => note.kind === 'deleted-before' && note.at / dayMs)).toEqual(
		boundDay === undefined ? [] : [boundDay],
	);
});

test('what was read is no more than what is there and was asked for, and certain once settings are read', () => {
	expect(reachOf(stateOf(60), now).read).toEqual({since: now - 30 * dayMs, until: now});
	expect(reachOf(stateOf(2), now)).toMatchObject({read: {since: now - 2 * dayMs}, isCertain: true});
	expect(reachOf({...stateOf(2), configuration: undefined}, now).isCertain).toBe(false);
});
