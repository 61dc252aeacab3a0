import {CloudTrailClient, type LookupEventsCommandInput, paginateLookupEvents} from '@aws-sdk/client-cloudtrail';
import {createRequestHandler} from '../../source/demo/aws/handler.ts';
import {homeRegion} from '../../source/demo/world/people.ts';
import {createWorld} from '../../source/demo/world/world.ts';
import {readTrailRecord} from '../../source/domain/calls/call.ts';

/** An afternoon; the tests advance it by hand. */
export const startAt = Date.UTC(2026, 10, 23, 15, 0, 0);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** Signed with, and good for nothing: no request of these tests leaves the machine. */
export const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'};

/** A world that stands still at a moment, the configuration of real clients that ask it, and its calls up to then. */
export const openedAt = (now: number) => {
	const world = createWorld({seed: 7, startAt});
	const config = {
		region: homeRegion,
		credentials,
		requestHandler: createRequestHandler(world, {now: () => now}) as never,
		maxAttempts: 1,
	};
	return {world, config, calls: world.callsUntil(now)};
};

/** Every event of all pages, as the SDK's own paginator fetches them. */
export const lookUpAll = async (config: object, input: LookupEventsCommandInput = {}) => {
	const events = [];
	// A copy, because the paginator writes the token into its input.
	for await (const page of paginateLookupEvents({client: new CloudTrailClient(config)}, {...input})) {
		if ((page.Events?.length ?? 0) > (input.MaxResults ?? 50)) throw new Error('the page is too long');
		events.push(...(page.Events ?? []));
	}
	return events;
};

/** What the project itself reads from an event. */
export const readEvent = (event: {readonly CloudTrailEvent?: string | undefined}) =>
	readTrailRecord(JSON.parse(event.CloudTrailEvent ?? ''));
