import {rmSync} from 'node:fs';
import {appendFile, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {homeRegion, type Thread, threads} from './people.ts';
import {transcriptLines} from './transcript.ts';
import type {World, WorldCall} from './world.ts';

/** A Claude Code folder that lives with the world. */
export type ClaudeDirectory = {
	readonly directory: string;
	/** Writes what has happened up to then, epoch ms. */
	update(now: number): Promise<void>;
	/** Deletes the folder; synchronous, because it runs while the process ends. */
	remove(): void;
};

const slug = (cwd: string) => cwd.replace(/[^a-zA-Z0-9]/g, '-');

const fileOf = ({thread, agentId}: WorldCall): string => {
	const folder = join('projects', slug(thread.cwd));
	return agentId === undefined
		? join(folder, `${thread.sessionId}.jsonl`)
		: join(folder, thread.sessionId, 'subagents', `agent-${agentId}.jsonl`);
};

const registration = ({sessionId, cwd, pid}: Thread, startedAt: number) => ({
	pid,
	sessionId,
	cwd,
	startedAt,
	procStart: '0',
	version: '2.1.330',
	peerProtocol: 1,
	kind: 'interactive',
	entrypoint: 'cli',
	status: 'busy',
});

/** Creates the folder below `root` with running sessions, settings that choose Bedrock, and no transcripts yet. */
export const createClaudeDirectory = async (world: World, root: string): Promise<ClaudeDirectory> => {
	const directory = await mkdtemp(join(root, 'bedtop-demo-'));
	const local = threads.filter(({isLocal}) => isLocal);
	await mkdir(join(directory, 'sessions'), {recursive: true});
	await mkdir(join(directory, 'projects'));
	const env = {CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: homeRegion};
	await writeFile(join(directory, 'settings.json'), JSON.stringify({env}));
	for (const thread of local) {
		const file = join(directory, 'sessions', `${thread.pid}.json`);
		await writeFile(file, JSON.stringify(registration(thread, world.startAt - 3_600_000)), {mode: 0o600});
	}
	let writtenThrough = Number.NEGATIVE_INFINITY;
	let isRemoved = false;
	return {
		directory,
		async update(now) {
			const news = world
				.callsUntil(now)
				.filter(({thread, endAt}) => thread.isLocal && endAt > writtenThrough && endAt <= now);
			writtenThrough = now;
			const texts = new Map<string, string>();
			for (const call of [...news].sort((a, b) => a.endAt - b.endAt)) {
				texts.set(fileOf(call), (texts.get(fileOf(call)) ?? '') + transcriptLines(call));
			}
			for (const [file, text] of texts) {
				if (isRemoved) return;
				await mkdir(join(directory, dirname(file)), {recursive: true});
				await appendFile(join(directory, file), text, {mode: 0o600});
			}
		},
		remove() {
			isRemoved = true;
			rmSync(directory, {recursive: true, force: true});
		},
	};
};
