import * as v from 'valibot';
import type {Scope} from '../../domain/models/model-id.ts';
import type {Quota} from '../../domain/models/quota.ts';
import {calledIds} from '../../state/called-ids.ts';
import {type Field, list, object, oneOf, plain, readField} from '../../state/fields/field.ts';
import {calledId, region as regionField, time} from '../../state/fields/values.ts';
import {watchedRegions} from '../../state/overview.ts';
import {defineSource, explainer} from '../source.ts';
import {fetchQuotas} from './quotas.ts';

/** What the account may use in a region, and when AWS said so (epoch ms). */
type Quotas = {readonly region: string; readonly askedAt: number; readonly found: readonly Quota[]};

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly quotas: Quotas;
	}
}

const hourMs = 3_600_000;
/** Limits change when somebody asks AWS for it, which takes hours to days. */
const freshMs = 6 * hourMs;
const action = 'servicequotas:ListServiceQuotas';

const quotasField: Field<Quotas> = object<Quotas>({
	region: regionField,
	askedAt: time,
	found: list(
		object<Quota>({
			model: calledId,
			quota: oneOf(['tokens-per-minute', 'requests-per-minute', 'tokens-per-day'], 'tokens-per-minute'),
			scopes: list(oneOf<Scope>(['global', 'geo', 'in-region', 'unknown'], 'unknown')),
			limit: plain(v.pipe(v.number(), v.finite(), v.minValue(0))),
		}),
	),
});

/** What Service Quotas lets the account use of each model, which for a new account may be nothing; free, asked seldom. */
export const quotas = defineSource({
	name: 'quotas',
	scope: 'perRegion',
	isOn: ({hasAws, purpose}) => hasAws && purpose !== 'check',
	needs(state, {purpose}, region) {
		const isAnybody = state.slices.identity !== undefined || purpose !== 'watch';
		return isAnybody && region === watchedRegions(state)[0] && calledIds(state).length > 0;
	},
	pace: {everyMs: hourMs, maxDelayMs: hourMs, retryMs: 60_000},
	round: ['others'],
	requests: {[action]: 0n},
	permissions: [{sid: 'Quotas', actions: [action]}],
	slice: quotasField,
	open(context, region) {
		const {aws, now, getState, cache} = context;
		let isWantedNow = false;
		return {
			async read(dispatch, signal) {
				const account = getState().slices.identity?.accountId;
				const name = `quotas-${account}-${region}`;
				const kept = account === undefined ? undefined : readField(quotasField, await cache.read(name));
				const isFresh = kept !== undefined && kept.askedAt <= now() && now() - kept.askedAt < freshMs;
				if (isFresh && !isWantedNow && kept.region === region) {
					dispatch({type: 'slice', source: 'quotas', value: kept});
					return;
				}
				const value = {region, askedAt: now(), found: await fetchQuotas(aws, region, signal)};
				isWantedNow = false;
				dispatch({type: 'slice', source: 'quotas', value});
				if (account !== undefined) await cache.write(name, value);
			},
			explain: explainer({service: 'Service Quotas', actions: [action]}, context),
			refreshNow() {
				isWantedNow = true;
			},
		};
	},
});
