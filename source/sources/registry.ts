import type {PicoUsd} from '../domain/money/money.ts';
import {createActionField} from '../state/fields/action.ts';
import {authStatus} from './auth-status/source.ts';
import {cloudtrail} from './cloudtrail/source.ts';
import {cloudwatch} from './cloudwatch/source.ts';
import {costExplorer} from './cost-explorer/source.ts';
import {credentials} from './credentials/source.ts';
import {history} from './history/source.ts';
import {identity} from './identity/source.ts';
import {inferenceProfiles} from './inference-profiles/source.ts';
import {lifecycle} from './lifecycle/source.ts';
import {prerequisites} from './prerequisites/source.ts';
import {quotas} from './quotas/source.ts';
import {sessions} from './sessions/source.ts';
import type {Source} from './source.ts';
import {transcripts} from './transcripts/source.ts';

/** Every source. Whatever else the program knows of them follows from this list. */
export const sources: readonly Source[] = [
	transcripts,
	history,
	sessions,
	identity,
	cloudtrail,
	cloudwatch,
	inferenceProfiles,
	prerequisites,
	lifecycle,
	quotas,
	costExplorer,
	credentials,
	authStatus,
];

/** Everything that can happen, with what each source says in its own slice. */
export const actionField = createActionField(sources);

const prices = new Map(sources.flatMap(({requests = {}}) => Object.entries(requests)));

/** What AWS charges for one request, pico-dollars. */
export const requestPrice = (operation: string): PicoUsd => prices.get(operation) ?? 0n;
