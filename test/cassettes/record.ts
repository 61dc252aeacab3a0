import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {NodeHttpHandler} from '@smithy/node-http-handler';
import {type Action, initialState, type State} from '../../source/state/state.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import {type Exchange, type RequestHandler, recordingHandler} from '../support/cassette.ts';
import {createAllowance} from '../../source/domain/watching/allowance.ts';
import {createIdentityFeed, createTrailFeed, type Feed} from '../../source/sources/feed.ts';
import {createMetricsFeed, type MoneyContext} from '../../source/sources/money-feeds.ts';
import {settingsSince} from '../support/settings.ts';
import {account, type Fault} from './account.ts';

/**
 * Writes the cassettes: real SDK clients ask a small scripted account over loopback HTTP, and the project's own
 * recorder keeps the exchanges. Run it with `node test/cassettes/record.ts` after changing the account.
 */
const start = Date.UTC(2026, 10, 23, 9, 0, 0);
const pollMs = 60_000;

type Scenario = {readonly file: string; readonly feed: (context: MoneyContext) => Feed; readonly faults: readonly (Fault | undefined)[]};

const trail = (context: MoneyContext) => createTrailFeed(context, 'us-east-1');
const metrics = (context: MoneyContext) => createMetricsFeed(context, 'us-east-1');
const identity = (context: MoneyContext) => createIdentityFeed(context, ['us-east-1']);

const scenarios: readonly Scenario[] = [
	{file: 'trail', feed: trail, faults: [undefined, undefined]},
	{file: 'trail-throttled', feed: trail, faults: ['throttled', undefined]},
	{file: 'trail-expired', feed: trail, faults: ['expired', undefined]},
	{file: 'trail-denied', feed: trail, faults: ['denied']},
	{file: 'metrics', feed: metrics, faults: [undefined, undefined]},
	{file: 'metrics-throttled', feed: metrics, faults: ['throttled', undefined]},
	{file: 'metrics-expired', feed: metrics, faults: ['expired', undefined]},
	{file: 'metrics-denied', feed: metrics, faults: ['denied']},
	{file: 'identity', feed: identity, faults: ['expired', undefined]},
];

for (const {file, feed, faults} of scenarios) {
	let poll = 0;
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const target = String(request.headers['x-amz-target'] ?? '');
		const answer = account(target, Buffer.concat(chunks).toString(), {poll, start, fault: faults[poll]});
		response.writeHead(answer.status, {'content-type': answer.type, 'x-amzn-requestid': `cassette-${poll}`});
		response.end(answer.body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const exchanges: Exchange[] = [];
	const state: State = initialState({} as State['book'], settingsSince(start - 3_600_000));
	const context: MoneyContext = {
		aws: createAws({
			requestHandler: recordingHandler(new NodeHttpHandler() as unknown as RequestHandler, exchange =>
				exchanges.push(exchange),
			) as never,
			credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
		}),
		now: () => start + poll * pollMs,
		wait: async () => undefined,
		getState: () => state,
		unitMs: 6000,
		allowance: createAllowance(undefined, start),
	};
	const asked = feed(context);
	for (poll = 0; poll < faults.length; poll++) {
		await asked.read((_: Action) => undefined, new AbortController().signal).catch(() => undefined);
	}
	server.close();
	server.closeAllConnections();
	const lines = exchanges.map(exchange => JSON.stringify(exchange));
	writeFileSync(join(import.meta.dirname, `${file}.jsonl`), `${lines.join('\n')}\n`);
	process.stdout.write(`${file}.jsonl: ${lines.length} exchanges\n`);
}
