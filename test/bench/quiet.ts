import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {endPty, openPty, type Size} from './start.ts';

const root = join(import.meta.dirname, '../..');

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** An account in which nothing happens. */
const serveQuietAccount = async () => {
	const server = createServer((request, response) => {
		const target = String(request.headers['x-amz-target'] ?? '');
		request.resume();
		const answer = target.endsWith('LookupEvents') ? '{"Events":[]}' : '{"Metrics":[],"Datapoints":[]}';
		response.setHeader('content-type', target === '' ? 'text/xml' : 'application/x-amz-json-1.1');
		response.end(target === '' ? identity : answer);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`};
};

export const ticksPerSecond = () => Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));

export const cpuTicks = (pid: number): number => {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return Number(fields[11]) + Number(fields[12]);
};

export const rssMb = (pid: number): number =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** V8 collects twice some 18 s after the start, which costs nearly as much as a quiet minute does. */
const settlingMs = 30_000;

/** CPU share and memory of the built app over a minute in which nothing happens. It begins when V8 has collected what the start left. */
export const benchQuiet = async (env: Record<string, string>, size: Size, seconds = 60) => {
	const {server, url} = await serveQuietAccount();
	let text = '';
	const child = openPty(
		`${process.execPath} ${join(root, 'dist/cli.js')}`,
		{
			...env,
			AWS_ENDPOINT_URL: url,
			AWS_REGION: 'us-east-1',
			AWS_ACCESS_KEY_ID: 'AKIABENCH',
			AWS_SECRET_ACCESS_KEY: 'bench',
		},
		output => {
			text = output;
		},
		size,
	);
	await sleep(settlingMs);
	const pid = Number(/PID:(\d+):/.exec(text)?.[1]);
	const [startTicks, startBytes] = [cpuTicks(pid), text.length];
	await sleep(seconds * 1000);
	const cpuPercent = (100 * (cpuTicks(pid) - startTicks)) / ticksPerSecond() / seconds;
	const result = {cpuPercent, rssMb: rssMb(pid), bytesWritten: text.length - startBytes};
	endPty(child);
	server.close();
	return result;
};
