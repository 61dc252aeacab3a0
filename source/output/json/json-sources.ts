import type {Overview} from '../../state/overview.ts';
import type {SourceStatus} from '../../state/source-status.ts';
import {iso} from './json-values.ts';

/** Older than this a source's answer is called late. */
const lateMs = 10 * 60_000;

/** Kinds of problems that are states of their own. */
const saidStates: ReadonlySet<string> = new Set(['denied', 'throttled', 'credentials', 'late']);

const stateWord = ({phase, problem, lastSuccessAt}: SourceStatus, now: number): string => {
	if (phase === 'off') return 'off';
	if (problem !== undefined) return saidStates.has(problem.kind) ? problem.kind : 'failed';
	return lastSuccessAt === undefined || now - lastSuccessAt > lateMs ? 'late' : 'ok';
};

const sourceJson = (status: SourceStatus, now: number) => {
	const {name, region, lastSuccessAt, problem} = status;
	return {
		name,
		region: region ?? null,
		state: stateWord(status, now),
		asOf: iso(lastSuccessAt),
		lagSeconds: lastSuccessAt === undefined ? null : Math.max(0, Math.round((now - lastSuccessAt) / 1000)),
		problem: problem === undefined ? null : {kind: problem.kind, message: problem.message, fix: problem.fix ?? null},
		fix: problem?.fix ?? null,
	};
};

const sourceNames = [
	'transcripts',
	'sessions',
	'history',
	'cloudwatch',
	'cloudtrail',
	'identity',
	'cost-explorer',
	'invocation-logs',
	'trail-logs',
] as const;

/** They are no clock of their own: what they say is in the checks. */
const silentSources: ReadonlySet<string> = new Set(['credentials', 'auth-status']);

/** Sources that contract and readers know first, one's regions by name. */
const inOrder = (a: SourceStatus, b: SourceStatus): number => {
	const places = [a, b].map(({name}) => (sourceNames as readonly string[]).indexOf(name) >>> 0);
	const byPlace = (places[0] ?? 0) - (places[1] ?? 0);
	const key = ({name, region}: SourceStatus) => `${name} ${region ?? ''}`;
	return byPlace || (key(a) < key(b) ? -1 : 1);
};

/** The `sources` array: each source and region with what it last said, those that are off included. */
export const sourcesJson = ({state, now}: Overview) => {
	const known = [...state.sources.values()].filter(({name}) => !silentSources.has(name)).sort(inOrder);
	const missing = sourceNames.filter(name => !known.some(status => status.name === name));
	const off = {region: null, state: 'off', asOf: null, lagSeconds: null, problem: null, fix: null};
	return [...known.map(status => sourceJson(status, now)), ...missing.map(name => ({name, ...off}))];
};
