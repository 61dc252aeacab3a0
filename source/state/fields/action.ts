import type {Action} from '../action.ts';
import {bill, prerequisites} from './account.ts';
import {principal, trailRecords} from './calls.ts';
import {list, mapOf, object, optional, unrecorded, variant} from './field.ts';
import {metricsUpdate, resolutions} from './metrics.ts';
import {failure, session, sessionModel, turn} from './replies.ts';
import {configuration, configuredProvider, expiry} from './routing.ts';
import {window} from './settings.ts';
import {operation, sourceName, status} from './status.ts';
import {count, folder, region, time} from './values.ts';

/** Everything that can happen. */
export const action = variant<Action, 'type'>('type', {
	window,
	sdkRegion: {region},
	identity: {identity: principal},
	sessions: {sessions: list(session)},
	configuration: {base: configuration, byFolder: mapOf(folder, configuration)},
	transcripts: {turns: list(turn), failures: list(failure), models: optional(list(sessionModel))},
	progress: {progress: optional(object({bytes: count, bytesDone: count}))},
	notes: {source: sourceName, notes: unrecorded({mask: (notes, masking) => notes.map(masking.sentence)}, [])},
	trail: {records: trailRecords},
	metrics: {updates: list(metricsUpdate), keepSince: time},
	resolutions: {found: resolutions},
	bill: {bill},
	prerequisites: {prerequisites},
	expiry: {expiry: optional(expiry)},
	opinions: {opinions: mapOf(folder, configuredProvider)},
	request: {operation, at: time},
	status: {status},
});
