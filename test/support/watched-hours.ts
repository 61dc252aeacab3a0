import {createRequestHandler} from '../../source/demo/aws/handler.ts';
import {createWorld} from '../../source/demo/world/world.ts';
import {localDay} from '../../source/domain/common/calendar.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import {createAllowance} from '../../source/domain/watching/allowance.ts';
import {metricsShare} from '../../source/domain/watching/watch-cost.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import {cloudwatch} from '../../source/sources/cloudwatch/source.ts';
import {requestPrice} from '../../source/sources/registry.ts';
import {openSource} from '../../source/sources/source.ts';
import {calledJustNow} from '../../source/state/mine.ts';
import {initialState, reduce, type State} from '../../source/state/state.ts';
import {contextOf} from './context.ts';

const tickMs = 30_000;
const refreshMs = 60_000;
const hourMs = 3_600_000;
/** $0.10, the default of --max-watch-cost. */
const cap = 100_000_000_000n;

type Watch = {
	/** Epoch ms. */
	readonly start: number;
	readonly hours: number;
	/** Without a cap it shows what the schedule alone would spend. */
	readonly isCapped: boolean;
};

/**
 * CloudWatch as it is watched for some hours, in which the people and machines of the demo account work without a night:
 * the real source and SDK clients over the demo's request handler, hours passing at once.
 */
export const watchHours = async ({start, hours, isCapped}: Watch) => {
	let at = start;
	const world = createWorld({seed: 7, startAt: start});
	let state: State = initialState(defaultBook, {
		...{spendSince: localDay(start), historySince: localDay(start), feedMs: 3_600_000, askedRegions: []},
		...{limits: {}, watchCap: cap, refreshMs},
	});
	const dispatch = (action: Parameters<typeof reduce>[1]) => {
		state = reduce(state, action);
	};
	const allowance = createAllowance(isCapped ? metricsShare(cap) : undefined, start);
	const now = () => at;
	const context = contextOf({
		store: {getState: () => state},
		clock: {now, after: () => () => undefined},
		others: {
			aws: createAws({
				requestHandler: createRequestHandler(world, {now}) as never,
				credentials: {accessKeyId: 'AKIABENCH', secretAccessKey: 'bench'},
				onRequest(operation) {
					const price = requestPrice(operation);
					dispatch({type: 'request', operation, price, at});
					allowance.take(price, at);
				},
			}),
			allowance,
		},
	});
	const opened = openSource(cloudwatch, context, 'us-east-1');
	let [nextAt, called, rounds] = [start, '', 0];
	for (; at < start + hours * hourMs; at += tickMs) {
		const fresh = world
			.callsUntil(at)
			.filter(({thread, outcome, endAt}) => thread.isLocal && outcome === 'ok' && endAt > at - tickMs && endAt <= at);
		const turns = fresh.map(
			({profile, requestId, usage, endAt, thread}): Turn => ({
				...{id: `msg_bdrk_${requestId}`, at: endAt, sessionId: thread.sessionId, cwd: thread.cwd},
				...{model: profile, requestedModel: profile, provider: 'bedrock', usage, lowerBound: false, sidechain: false},
			}),
		);
		dispatch({type: 'transcripts', turns, failures: []});
		const key = [...calledJustNow(state, at)].sort().join(' ');
		const isWoken = key !== '' && key !== called && opened.dueInMs?.() === 0;
		called = key;
		if (at < nextAt && !isWoken) continue;
		await opened.read(dispatch, new AbortController().signal);
		rounds++;
		nextAt = at + Math.max(refreshMs, opened.dueInMs?.() ?? 0);
	}
	return {world, state, at, rounds};
};
