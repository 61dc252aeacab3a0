import {resolutionKey} from '../../domain/models/resolution.ts';
import type {Action} from '../action.ts';
import {createAccountRules, publicRequest} from './account.ts';
import {createAliases} from './aliases.ts';
import {createMachineRules} from './machine.ts';
import {createNames} from './names.ts';

/**
 * Makes what can happen fit to be given away: no account, person, role, address, key, folder, session or request id, no
 * error's own words, nothing that was asked or answered. Every field has a rule of its own, and what has none is not
 * there. The same name becomes the same alias for as long as one redactor lives, so that joins, callers, causes, proofs
 * and prices come out as they were. Undefined for what is not worth keeping.
 */
export const createRedactor = (): ((action: Action) => Action | undefined) => {
	const aliases = createAliases();
	const names = createNames(aliases);
	const machine = createMachineRules(names, aliases);
	const account = createAccountRules(names, aliases);
	const keyed = <From, To>(map: ReadonlyMap<string, From>, name: (key: string) => string, tell: (value: From) => To) =>
		new Map([...map].map(([key, value]) => [name(key), tell(value)] as const));
	return action => {
		switch (action.type) {
			case 'window': {
				const {spendSince, historySince, feedMs, spanMs, longestMs} = action;
				return {type: 'window', spendSince, historySince, feedMs, spanMs, longestMs};
			}
			case 'sdkRegion':
				return {type: 'sdkRegion', region: names.region(action.region)};
			case 'identity':
				return {type: 'identity', identity: names.principal(action.identity)};
			case 'sessions':
				return {type: 'sessions', sessions: action.sessions.map(machine.session)};
			case 'configuration':
				return {
					type: 'configuration',
					base: machine.configuration(action.base),
					byFolder: keyed(action.byFolder, names.folder, machine.configuration),
				};
			case 'transcripts':
				return {
					type: 'transcripts',
					turns: action.turns.map(machine.turn),
					failures: action.failures.map(machine.failure),
					models: (action.models ?? []).map(machine.model),
				};
			case 'trail':
				return {type: 'trail', records: action.records.map(account.record)};
			case 'metrics':
				return {type: 'metrics', updates: action.updates.map(account.metrics), keepSince: action.keepSince};
			case 'resolutions':
				// Found again by the end of the alias, as by the end of the name.
				return {
					type: 'resolutions',
					found: keyed(action.found, key => resolutionKey(names.called(key)), account.resolution),
				};
			case 'bill':
				return {type: 'bill', bill: account.bill(action.bill)};
			case 'prerequisites':
				return {type: 'prerequisites', prerequisites: account.prerequisites(action.prerequisites)};
			case 'expiry':
				return {type: 'expiry', expiry: action.expiry && machine.expiry(action.expiry)};
			case 'opinions':
				return {type: 'opinions', opinions: keyed(action.opinions, names.folder, machine.provider)};
			case 'request':
				return {type: 'request', operation: publicRequest(action.operation), at: action.at};
			case 'status':
				return {type: 'status', status: account.status(action.status)};
			case 'progress':
			case 'notes':
				return undefined;
			default:
				// Something new without a rule does not get out, whatever it is.
				action satisfies never;
				return undefined;
		}
	};
};
