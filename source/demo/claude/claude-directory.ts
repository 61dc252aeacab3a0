import {rmSync} from 'node:fs';
import {appendFile, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {homeRegion} from '../world/people.ts';
import {type Thread, threads} from '../world/threads.ts';
import type {World, WorldCall} from '../world/world.ts';
import {firstPartySession} from './first-party-session.ts';
import {claudeVersion, transcriptLines} from './transcript.ts';

/** A Claude Code folder that lives with the world. */
export type ClaudeDirectory = {
	/** The temporary home folder it is in, so that paths below it are shown with ~ and never differ between runs. */
	readonly home: string;
	readonly directory: string;
	/** Writes what has happened up to then, epoch ms; not to be called again before it has settled. */
	update(now: number): Promise<void>;
	/** Deletes both folders; synchronous, because it runs while the process ends. */
	remove(): void;
};

const hourMs = 3_600_000;
/** Claude Code's own files are for their owner alone. */
const mode = 0o600;

const folderOf = (cwd: string) => join('projects', cwd.replace(/[^a-zA-Z0-9]/g, '-'));

const fileOf = ({thread, agentId}: WorldCall): string => {
	const folder = folderOf(thread.cwd);
	return agentId === undefined
		? join(folder, `${thread.sessionId}.jsonl`)
		: join(folder, thread.sessionId, 'subagents', `agent-${agentId}.jsonl`);
};

/** A running session as 2.1.330 registers it. The pids are nobody's; `procStart` 0 keeps them from being taken for somebody's. */
const registration = ({sessionId, cwd, pid, hasSubagents}: Thread, startAt: number) => ({
	pid,
	sessionId,
	cwd,
	startedAt: startAt - 6 * hourMs,
	procStart: '0',
	version: claudeVersion,
	peerProtocol: 1,
	peerFeatures: ['notify_idle'],
	kind: 'interactive',
	entrypoint: 'cli',
	pidDomain: 'linux:0000:pid:[0]',
	name: cwd.slice(cwd.lastIndexOf('/') + 1),
	nameSource: 'derived',
	nameSince: startAt - 6 * hourMs,
	status: hasSubagents === true ? 'busy' : 'idle',
	updatedAt: startAt,
	statusUpdatedAt: startAt,
});

const newlyEnded = (world: World, after: number, now: number): readonly WorldCall[] =>
	world
		.callsUntil(now)
		.filter(({thread, endAt}) => thread.isLocal && endAt > after && endAt <= now)
		.sort((a, b) => a.endAt - b.endAt);

/**
 * Creates the folder below `root` with running sessions, settings that choose Bedrock, and the one reply that did not
 * come from there; the transcripts follow with the first update.
 */
export const createClaudeDirectory = async (world: World, root = tmpdir()): Promise<ClaudeDirectory> => {
	const home = await mkdtemp(join(root, 'bedtop-demo-'));
	const directory = join(home, '.claude');
	await mkdir(directory, {mode: 0o700});
	const write = async (path: string, text: string) => {
		await mkdir(join(directory, dirname(path)), {recursive: true});
		await writeFile(join(directory, path), text, {mode});
	};
	const env = {CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: homeRegion};
	await write('settings.json', JSON.stringify({env}));
	for (const thread of threads.filter(({isLocal}) => isLocal)) {
		await write(join('sessions', `${thread.pid}.json`), JSON.stringify(registration(thread, world.startAt)));
	}
	const {cwd, sessionId, line} = firstPartySession(world.startAt);
	await write(join(folderOf(cwd), `${sessionId}.jsonl`), `${JSON.stringify(line)}\n`);
	const parents = new Map<string, string>();
	let writtenThrough = Number.NEGATIVE_INFINITY;
	let isRemoved = false;
	return {
		home,
		directory,
		async update(now) {
			const texts = new Map<string, string>();
			for (const call of newlyEnded(world, writtenThrough, now)) {
				const file = fileOf(call);
				for (const line of transcriptLines(call)) {
					const whole = {parentUuid: parents.get(file) ?? null, ...line};
					parents.set(file, line.uuid);
					texts.set(file, `${texts.get(file) ?? ''}${JSON.stringify(whole)}\n`);
				}
			}
			writtenThrough = Math.max(writtenThrough, now);
			for (const [file, text] of texts) {
				if (isRemoved) return;
				await mkdir(join(directory, dirname(file)), {recursive: true});
				await appendFile(join(directory, file), text, {mode});
			}
		},
		remove() {
			isRemoved = true;
			rmSync(home, {recursive: true, force: true});
		},
	};
};
