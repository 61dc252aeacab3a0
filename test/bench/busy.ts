import {createWorld} from '../../source/demo/world/world.ts';
import type {TrailRecord} from '../../source/domain/calls/call.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createTrail} from '../../source/sources/cloudtrail/lookup-events.ts';
import {initialState, reduce} from '../../source/state/state.ts';
import {awsAnswering, bodyOf} from '../support/aws-answers.ts';
import {serveBusyAccount} from '../support/busy-account.ts';
import {fakeKeys, runBedtop} from '../support/cli.ts';
import {eventOf} from '../support/event-history.ts';
import {settingsSince} from '../support/settings.ts';

const calls = 60_000;
const page = 50;
const hour = 3_600_000;

const cpuMs = () => {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
};

/** What it costs to take in so many records: with the SDK's clients, and the reducer alone. */
export const benchIntake = async () => {
	const now = Date.now();
	const pages = Array.from({length: calls / page}, (_, number) => {
		const ids = Array.from({length: page}, (_, n) => number * page + n);
		const Events = ids.map(id => eventOf({id: `busy-${id}`, at: now - id * 50, shownAt: 0}));
		const isLast = (number + 1) * page === calls;
		return JSON.stringify({Events, ...(!isLast && {NextToken: String(number + 1)})});
	});
	const aws = awsAnswering(request => new Response(pages[Number(bodyOf(request).NextToken ?? 0)]));
	const trail = createTrail({
		...{aws, region: 'us-east-1', now: () => now, wait: async () => undefined, paceMs: 0},
		mostPages: Number.POSITIVE_INFINITY,
	});
	const read: (readonly TrailRecord[])[] = [];
	const beganAt = cpuMs();
	await trail.read(now - hour, records => read.push(records), new AbortController().signal);
	const readAt = cpuMs();
	let state = initialState(defaultBook, settingsSince(now - hour));
	for (const records of read) state = reduce(state, {type: 'trail', records});
	return {records: state.log.counted.size, readMs: readAt - beganAt, reduceMs: cpuMs() - readAt};
};

/** The built program as a one-shot against an account that answers two look-ups a second: by when it ends, and how far it came. */
export const benchBusy = async (env: Record<string, string>) => {
	const now = Date.now();
	const world = createWorld({seed: 11, startAt: now - 60_000});
	const account = await serveBusyAccount({world, now, calls, spanMs: hour});
	const startedAt = performance.now();
	const {code, stdout} = await runBedtop(['--json'], {...env, ...fakeKeys, AWS_ENDPOINT_URL: account.url});
	const seconds = (performance.now() - startedAt) / 1000;
	await account.close();
	const {callCount} = JSON.parse(stdout);
	const isTrue = callCount.ok === account.countSince(Date.parse(callCount.since));
	return {seconds, code, counted: callCount.ok as number, isComplete: callCount.complete as boolean, isTrue};
};
