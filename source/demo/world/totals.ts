import {addUsage, noUsage, type Usage} from '../../domain/money/usage.ts';
import {metricId} from './application-profile.ts';
import type {World, WorldCall} from './world.ts';

/** What calls add up to: how they ended, and the tokens by what CloudWatch calls each profile. */
export type Totals = {
	readonly ok: number;
	readonly refused: number;
	readonly throttled: number;
	readonly tokens: ReadonlyMap<string, Usage>;
};

type Window = {
	/** Epoch ms of the calls' starts; both ends belong to it. */
	readonly from: number;
	readonly to: number;
	/** Further conditions, such as being delivered by then. */
	readonly only?: (call: WorldCall) => boolean;
};

const sum = (calls: readonly WorldCall[]): Totals => {
	const tokens = new Map<string, Usage>();
	for (const {profile, usage, outcome} of calls) {
		if (outcome !== 'ok') continue;
		const id = metricId(profile);
		tokens.set(id, addUsage(tokens.get(id) ?? noUsage, usage));
	}
	const ending = (outcome: WorldCall['outcome']) => calls.filter(call => call.outcome === outcome).length;
	return {ok: ending('ok'), refused: ending('AccessDenied'), throttled: ending('ThrottlingException'), tokens};
};

/** What the world contains in a window, each call once whatever records it leaves: for tests to compare with. */
export const totals = (world: World, {from, to, only = () => true}: Window) => {
	const calls = world.callsUntil(to).filter(call => call.at >= from && only(call));
	return {everybody: sum(calls), alice: sum(calls.filter(({thread}) => thread.isLocal))};
};
