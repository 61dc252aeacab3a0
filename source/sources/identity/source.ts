import {type Principal, principalFromArn} from '../../domain/calls/principal.ts';
import {principal} from '../../state/fields/calls.ts';
import {watchedRegions} from '../../state/overview.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer} from '../aws/problem.ts';
import {defineSource, explainer} from '../source.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly identity: Principal;
	}
}

const action = 'sts:GetCallerIdentity';

const fetchIdentity = async (aws: Aws, region: string, signal: AbortSignal): Promise<Principal> => {
	const {client, sdk} = await aws.sts(region);
	const {Arn, Account} = await client.send(new sdk.GetCallerIdentityCommand({}), {abortSignal: signal});
	if (Arn === undefined) throw emptyAnswer('GetCallerIdentity');
	return {...principalFromArn(Arn), accountId: Account};
};

/** Whose credentials these are, and which region the SDK itself would use. */
export const identity = defineSource({
	name: 'identity',
	scope: 'once',
	isOn: ({hasAws}) => hasAws,
	needs: ({configuration}, {purpose}) => configuration !== undefined || purpose !== 'watch',
	// An identity hardly changes, but credentials that expired are to be seen healed soon.
	pace: {everyMs: 10 * 60_000, maxDelayMs: 30_000},
	wakes: state => watchedRegions({...state, sdkRegion: undefined})[0] ?? '',
	round: [['sessions']],
	// It needs no permission, so only credentials can fail it.
	requests: {[action]: 0n},
	slice: principal,
	open: context => ({
		async read(dispatch, signal) {
			const [asked] = watchedRegions(context.getState());
			// Without a region anywhere Claude Code uses us-east-1, so the question is asked there.
			const region = asked ?? (await context.aws.defaultRegion().catch(() => 'us-east-1'));
			dispatch({type: 'sdkRegion', region});
			dispatch({type: 'slice', source: 'identity', value: await fetchIdentity(context.aws, region, signal)});
		},
		explain: explainer({service: 'STS', actions: [action]}, context),
	}),
});
