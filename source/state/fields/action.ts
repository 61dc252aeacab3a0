import * as v from 'valibot';
import {record} from '../../domain/common/json.ts';
import type {Action} from '../action.ts';
import type {SliceAction, SourceName} from '../source-status.ts';
import {trailRecords} from './calls.ts';
import {type Field, knownWord, list, mapOf, object, oneOf, optional, plain, unrecorded, variant} from './field.ts';
import {metricsUpdate, resolutions} from './metrics.ts';
import {note} from './note.ts';
import {agentEnds, failure, session, sessionModel, turn, unlogged} from './replies.ts';
import {configuration} from './routing.ts';
import {window} from './settings.ts';
import {statusOf} from './status.ts';
import {amount, count, folder, region, time} from './values.ts';

/** What is to be known of a source, so that what it says can be read, masked and redacted. */
export type SourceFields = {
	readonly name: SourceName;
	/** Its slice of the state, where it has one. */
	readonly slice?: unknown;
	/** What each request that it makes of AWS costs, by operation: `cloudtrail:LookupEvents`. */
	readonly requests?: Readonly<Record<string, bigint>> | undefined;
};

/** The kinds of action that once held what is now a slice; recordings of that time still read. */
const sliceOnce: ReadonlyMap<unknown, string> = new Map([
	['identity', 'identity'],
	['bill', 'cost-explorer'],
	['prerequisites', 'prerequisites'],
	['expiry', 'credentials'],
	['opinions', 'auth-status'],
]);

/** An action as it is written now, from one that an older version wrote. */
const modernAction = (action: unknown, prices: ReadonlyMap<unknown, bigint>): unknown => {
	const it = record(action);
	const isUnpriced = it?.type === 'request' && it.price === undefined;
	if (isUnpriced) return {...it, price: {$integer: String(prices.get(it.operation) ?? 0n)}};
	const source = sliceOnce.get(it?.type);
	return source === undefined ? action : {type: 'slice', source, value: it?.[String(it.type)]};
};

/** What a slice holds; nothing of a source that is not known. */
const sliceField = (sources: readonly SourceFields[]): Field<SliceAction> => {
	const shapes = new Map<string, Field<SliceAction>>(
		sources.flatMap(({name, slice}) => {
			if (slice === undefined) return [];
			const fields = {type: plain(v.literal('slice')), source: plain(v.literal(name)), value: slice};
			return [[name, object(fields as never) as unknown as Field<SliceAction>]];
		}),
	);
	const nothing = object({type: plain(v.literal('slice'))}) as unknown as Field<SliceAction>;
	const shapeOf = ({source}: SliceAction) => shapes.get(source) ?? nothing;
	return {
		schema: v.variant('source', [...shapes.values()].map(({schema}) => schema) as never) as never,
		mask: (value, masking) => shapeOf(value).mask(value, masking),
		redact: (value, names) => shapeOf(value).redact(value, names),
	};
};

/** Everything that can happen where these are the sources. */
export const createActionField = (sources: readonly SourceFields[]): Field<Action> => {
	const sourceName = oneOf<SourceName>(
		sources.map(({name}) => name),
		'sessions',
	);
	const prices = new Map(sources.flatMap(({requests = {}}) => Object.entries(requests)));
	const operation = knownWord([...prices.keys()], 'other');
	const slice = sliceField(sources);
	const others = variant<Exclude<Action, SliceAction>, 'type'>('type', {
		window,
		sdkRegion: {region},
		sessions: {sessions: list(session)},
		configuration: {base: configuration, byFolder: mapOf(folder, configuration)},
		transcripts: {
			turns: list(turn),
			failures: list(failure),
			models: optional(list(sessionModel)),
			agentEnds,
			...unlogged,
		},
		progress: {progress: optional(object({bytes: count, bytesDone: count}))},
		recording: {fault: optional(object({since: time, code: plain(v.string())}))},
		notes: {source: sourceName, notes: unrecorded(list(note), [])},
		trail: {records: trailRecords},
		metrics: {updates: list(metricsUpdate), keepSince: time},
		resolutions: {found: resolutions},
		request: {operation, price: amount, at: time},
		status: {status: statusOf(sourceName)},
	});
	const schema = v.pipe(
		v.unknown(),
		v.transform(it => modernAction(it, prices)),
		v.union([slice.schema, others.schema]),
	);
	return {
		schema,
		mask: (it, masking) => (it.type === 'slice' ? slice.mask(it, masking) : others.mask(it, masking)),
		redact: (it, names) => (it.type === 'slice' ? slice.redact(it, names) : others.redact(it, names)),
	};
};
