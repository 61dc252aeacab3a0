import {Readable} from 'node:stream';
import {expect, test} from 'vitest';
import {wait} from '../../../source/polling/clock.ts';
import {createAws} from '../../../source/sources/aws/aws.ts';
import {createTrail} from '../../../source/sources/cloudtrail/lookup-events.ts';
import {createFakeClock} from '../../support/fake-clock.ts';

const hour = 3_600_000;

test('a window that is made longer is read up to what is known, once; then only what may be late is read again', async () => {
	const clock = createFakeClock();
	const starts: number[] = [];
	const requestHandler = {
		async handle({body}: {body?: unknown}) {
			const {StartTime} = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array));
			starts.push(Math.round((clock.now() - StartTime * 1000) / 60_000));
			const headers = {'content-type': 'application/x-amz-json-1.1'};
			return {response: {statusCode: 200, headers, body: Readable.from(['{"Events":[]}'])}};
		},
		updateHttpClientConfig: () => undefined,
		httpHandlerConfigs: () => ({}),
	};
	const trail = createTrail({
		aws: createAws({
			requestHandler: requestHandler as never,
			credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
		}),
		region: 'us-east-1',
		now: clock.now,
		wait: (ms, signal) => wait(clock, ms, signal),
		paceMs: 0,
	});
	const read = async (spanMs: number) => {
		clock.jump(clock.now() + 60_000);
		await trail.read(clock.now() - spanMs, () => undefined, new AbortController().signal);
	};
	await read(2 * hour);
	await read(2 * hour);
	await read(24 * hour);
	await read(24 * hour);
	await read(2 * hour);
	await read(24 * hour);
	expect(starts).toEqual([120, 91, 91, 1440, 91, 91, 91]);
});
