import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {NodeHttpHandler} from '@smithy/node-http-handler';
import {type Action, initialState, type State} from '../../source/state/state.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import {type Exchange, type RequestHandler, recordingHandler} from '../support/cassette.ts';
import {cloudtrail} from '../../source/sources/cloudtrail/source.ts';
import {cloudwatch} from '../../source/sources/cloudwatch/source.ts';
import {identity} from '../../source/sources/identity/source.ts';
import {openSource, type Source} from '../../source/sources/source.ts';
import {contextOf} from '../support/context.ts';
import {settingsSince} from '../support/settings.ts';
import {account, type Fault} from './account.ts';

/**
 * Writes the cassettes: real SDK clients ask a small scripted account over loopback HTTP, and the project's own
 * recorder keeps the exchanges. Run it with `node test/cassettes/record.ts` after changing the account.
 */
const start = Date.UTC(2026, 10, 23, 9, 0, 0);
const pollMs = 60_000;

type Scenario = {readonly file: string; readonly source: Source; readonly faults: readonly (Fault | undefined)[]};

const scenarios: readonly Scenario[] = [
	{file: 'trail', source: cloudtrail, faults: [undefined, undefined]},
	{file: 'trail-throttled', source: cloudtrail, faults: ['throttled', undefined]},
	{file: 'trail-expired', source: cloudtrail, faults: ['expired', undefined]},
	{file: 'trail-denied', source: cloudtrail, faults: ['denied']},
	{file: 'metrics', source: cloudwatch, faults: [undefined, undefined]},
	{file: 'metrics-throttled', source: cloudwatch, faults: ['throttled', undefined]},
	{file: 'metrics-expired', source: cloudwatch, faults: ['expired', undefined]},
	{file: 'metrics-denied', source: cloudwatch, faults: ['denied']},
	{file: 'identity', source: identity, faults: ['expired', undefined]},
];

for (const {file, source, faults} of scenarios) {
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
	const context = contextOf({
		store: {getState: () => state},
		clock: {now: () => start + poll * pollMs, after: () => () => undefined},
		options: {refreshMs: 6000},
		others: {
			aws: createAws({
				requestHandler: recordingHandler(new NodeHttpHandler() as unknown as RequestHandler, exchange =>
					exchanges.push(exchange),
				) as never,
				credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
			}),
			wait: async () => undefined,
		},
	});
	const asked = openSource(source, context, 'us-east-1');
	for (poll = 0; poll < faults.length; poll++) {
		await asked.read((_: Action) => undefined, new AbortController().signal).catch(() => undefined);
	}
	server.close();
	server.closeAllConnections();
	const lines = exchanges.map(exchange => JSON.stringify(exchange));
	writeFileSync(join(import.meta.dirname, `${file}.jsonl`), `${lines.join('\n')}\n`);
	process.stdout.write(`${file}.jsonl: ${lines.length} exchanges\n`);
}
