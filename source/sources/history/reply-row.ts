import * as v from 'valibot';
import {parseJson} from '../../domain/common/json.ts';
import {provenProvider, type Turn} from '../../domain/replies/turn.ts';
import {HistoryFault} from './fault.ts';

/** What many replies have in common; `''` stands for what is not known. */
export type Context = Readonly<Record<(typeof contextColumns)[number], string>>;

/** The columns of `contexts` that make one what it is. */
export const contextColumns = [
	'root',
	'session',
	'folder',
	'version',
	'model',
	'profile',
	'agent',
	'agent_type',
] as const;

/** What a reply has of its own, in the order of the columns of `replies` behind `context`. */
export type ReplyRow = readonly [
	id: string,
	at: number,
	request: string | null,
	...counts: readonly [number, number, number, number, number],
	marks: number,
	terms: string | null,
];

/** A bit each. The order is for ever: rows are written with it. */
const markNames = ['lowerBound', 'sidechain', 'incomplete', 'unreadable', 'isInUs', 'endsAgent'] as const;

const termFields = {
	serviceTier: v.exactOptional(v.string()),
	webSearches: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
};
const terms = v.object(termFields);

type Apart = (typeof markNames)[number] | keyof typeof termFields;

/** What else a turn has, each in a column of its own or following from one. The compiler asks for what is new. */
({
	...{id: true, at: true, requestId: true, usage: true},
	...{sessionId: true, cwd: true, version: true, model: true, requestedModel: true},
	...{agentId: true, agentType: true},
	// Follows from the ids.
	provider: true,
	// Worked out anew of what is kept of the session.
	unlogged: true,
}) satisfies Readonly<Record<Exclude<keyof Turn, Apart>, true>>;

/** What a reply has in common with others. `root` is the folder of projects that its transcript is below. */
export const contextOf = (turn: Turn, root: string): Context => ({
	root,
	session: turn.sessionId,
	folder: turn.cwd ?? '',
	version: turn.version ?? '',
	model: turn.model,
	profile: turn.requestedModel ?? '',
	agent: turn.agentId ?? '',
	agent_type: turn.agentType ?? '',
});

const marksOf = (turn: Turn): number =>
	markNames.reduce((bits, name, index) => bits | (turn[name] === true ? 1 << index : 0), 0);

/** The columns of a reply. */
export const rowOf = (turn: Turn): ReplyRow => {
	const {id, at, requestId, usage, serviceTier, webSearches} = turn;
	const isUsual = serviceTier === undefined && webSearches === undefined;
	return [
		id,
		at,
		requestId ?? null,
		...[usage.input, usage.output, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h],
		marksOf(turn),
		isUsual ? null : JSON.stringify({serviceTier, webSearches}),
	] as unknown as ReplyRow;
};

const isTime = (at: number) => Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15;
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;

const readTerms = (written: string | null, path: string): v.InferOutput<typeof terms> => {
	if (written === null) return {};
	const {success, output} = v.safeParse(terms, parseJson(written));
	if (!success) throw new HistoryFault('damaged', path);
	return output;
};

const isMarked = (marks: number, name: (typeof markNames)[number]) => (marks & (1 << markNames.indexOf(name))) !== 0;

/** The marks that most replies do not have begin here. */
const firstRareMark = 4;

/** What few replies have. */
const rarities = (marks: number, written: string | null, path: string): Partial<Turn> => {
	const {serviceTier, webSearches} = readTerms(written, path);
	return {
		...(isMarked(marks, 'endsAgent') && {endsAgent: true}),
		...(isMarked(marks, 'incomplete') && {incomplete: true}),
		...(isMarked(marks, 'unreadable') && {unreadable: true}),
		...(serviceTier !== undefined && {serviceTier}),
		...(isMarked(marks, 'isInUs') && {isInUs: true}),
		...(webSearches !== undefined && {webSearches}),
	};
};

const agentOf = ({agent, agent_type: agentType}: Context): Pick<Turn, 'agentId' | 'agentType'> => ({
	...(agent !== '' && {agentId: agent}),
	...(agentType !== '' && {agentType}),
});

/** The reply of a row; there may be a million. Throws HistoryFault where it holds what this program never writes. */
export const turnOf = (row: ReplyRow, context: Context, path: string): Turn => {
	const [id, at, request, input, output, cacheRead, cacheWrite5m, cacheWrite1h, marks, written] = row;
	const areCounts = isCount(input) && isCount(output) && isCount(cacheRead) && isCount(cacheWrite5m);
	const isSound = isTime(at) && areCounts && isCount(cacheWrite1h) && isCount(marks);
	if (!isSound) throw new HistoryFault('damaged', path);
	const requestedModel = context.profile === '' ? undefined : context.profile;
	const turn: Turn = {
		id,
		requestId: request ?? undefined,
		at,
		sessionId: context.session,
		cwd: context.folder === '' ? undefined : context.folder,
		version: context.version === '' ? undefined : context.version,
		model: context.model,
		requestedModel,
		provider: provenProvider(id, requestedModel),
		usage: {input, output, cacheRead, cacheWrite5m, cacheWrite1h},
		lowerBound: isMarked(marks, 'lowerBound'),
		sidechain: isMarked(marks, 'sidechain'),
	};
	const isUsual = marks < firstRareMark && written === null && context.agent === '';
	return isUsual ? turn : {...turn, ...agentOf(context), ...rarities(marks, written, path)};
};
