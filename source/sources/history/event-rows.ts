import * as v from 'valibot';
import {parseJson} from '../../domain/common/json.ts';
import {encode} from '../../state/fields/field.ts';
import {agentEnd, compaction, costState, failure, sessionModel} from '../../state/fields/replies.ts';
import {withoutKeys} from '../../state/redaction/patterns.ts';
import type {Entries} from '../transcripts/entries.ts';
import {HistoryFault} from './fault.ts';

/** What transcripts say beside replies, one row each: what it is, whose and when, and the rest as JSON. */
export type EventRow = {
	readonly kind: string;
	readonly session: string;
	readonly at: number;
	/** Unique among those of its kind in its session. */
	readonly id: string;
	readonly body: string;
};

type Events = Omit<Entries, 'turns'>;
type Item<Name extends keyof Events> = Events[Name][number];

type Kind<T> = {
	readonly schema: v.GenericSchema<unknown, T>;
	readonly idOf: (item: T) => string;
	/** What is kept of it. */
	readonly trim?: (item: T) => T;
};

/** AWS's sentences are short; behind a gateway anything may come. */
const mostMessage = 4000;

const kinds: {readonly [Name in keyof Events]: Kind<Item<Name>>} = {
	failures: {
		schema: failure.schema,
		idOf: ({id}) => id,
		trim: ({message, ...rest}) => ({...rest, message: withoutKeys(message).slice(0, mostMessage)}),
	},
	models: {schema: sessionModel.schema, idOf: ({at, model}) => `${at} ${model}`},
	costs: {schema: costState.schema, idOf: ({at}) => String(at)},
	compactions: {schema: compaction.schema, idOf: ({at}) => String(at)},
	agentEnds: {schema: agentEnd.schema, idOf: ({agentId, at}) => `${agentId} ${at}`},
};

const eventKinds = Object.keys(kinds) as readonly (keyof Events)[];

/** All events as rows. */
export const eventRows = (events: Events): readonly EventRow[] =>
	eventKinds.flatMap(kind => {
		const {idOf, trim = item => item} = kinds[kind] as Kind<Item<typeof kind>>;
		return events[kind].map(item => ({
			kind,
			session: item.sessionId,
			at: item.at,
			id: idOf(item),
			body: JSON.stringify(trim(item), encode),
		}));
	});

/** Puts the event of a row where it belongs. Throws HistoryFault where it holds what this program never writes. */
export const addEvent = (events: Events, {kind, body}: Pick<EventRow, 'kind' | 'body'>, path: string): void => {
	const known: {readonly schema: v.GenericSchema} | undefined = kinds[kind as keyof Events];
	// A later version may keep more kinds in the same form.
	if (known === undefined) return;
	const {success, output} = v.safeParse(known.schema, parseJson(body));
	if (!success) throw new HistoryFault('damaged', path);
	(events[kind as keyof Events] as unknown[]).push(output);
};
