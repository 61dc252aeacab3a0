import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createClaudeDirectory} from '../../../source/demo/claude/claude-directory.ts';
import {homeRegion, models} from '../../../source/demo/world/people.ts';
import {totals} from '../../../source/demo/world/totals.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {parseJson, record} from '../../../source/domain/common/json.ts';
import {addUsage, noUsage, type Usage} from '../../../source/domain/money/usage.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';
import {betterTurn, readTranscriptLine, type Turn} from '../../../source/domain/replies/turn.ts';
import {second, startAt} from '../opened.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'bedtop-directory-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

const open = async () => {
	const world = createWorld({seed: 7, startAt});
	return {world, claude: await createClaudeDirectory(world, root)};
};

const transcripts = (directory: string): ReadonlyMap<string, readonly string[]> => {
	const files = readdirSync(join(directory, 'projects'), {recursive: true, encoding: 'utf8'});
	const texts = files
		.filter(file => file.endsWith('.jsonl'))
		.map(
			file =>
				[
					file,
					readFileSync(join(directory, 'projects', file), 'utf8')
						.trimEnd()
						.split('\n'),
				] as const,
		);
	return new Map(texts);
};

const read = (directory: string) => {
	const turns = new Map<string, Turn>();
	const failures: LocalFailure[] = [];
	for (const line of [...transcripts(directory).values()].flat()) {
		const entry = readTranscriptLine(parseJson(line), {id: 'none', at: 0, sessionId: 'none'});
		if (entry?.kind === 'failure') failures.push(entry.failure);
		if (entry?.kind !== 'turn') continue;
		const known = turns.get(entry.turn.id);
		turns.set(entry.turn.id, known === undefined ? entry.turn : betterTurn(known, entry.turn));
	}
	return {turns: [...turns.values()], failures};
};

test('transcripts read back as exactly what alice used', async () => {
	const {world, claude} = await open();
	for (let now = startAt; now <= startAt + 90 * second; now += 10 * second) await claude.update(now);
	const now = startAt + 90 * second;
	const turns = read(claude.directory).turns.filter(({provider}) => provider === 'bedrock');
	const {alice} = totals(world, {from: 0, to: now, only: ({endAt}) => endAt <= now});
	expect(turns).toHaveLength(alice.ok);
	const used = new Map<string, Usage>();
	for (const {requestedModel = '', usage} of turns) {
		used.set(requestedModel, addUsage(used.get(requestedModel) ?? noUsage, usage));
	}
	expect(used).toEqual(alice.tokens);
	const byRequest = new Map(world.callsUntil(now).map(call => [call.requestId, call]));
	for (const {id, requestId = '', at, sidechain, sessionId, cwd, version, lowerBound} of turns) {
		const call = byRequest.get(requestId);
		expect(call).toMatchObject({messageId: id, endAt: at, thread: {sessionId, cwd}});
		expect({sidechain, version, lowerBound}).toEqual({
			sidechain: call?.agentId !== undefined,
			version: '2.1.330',
			lowerBound: false,
		});
	}
});

test('a refused model is told attempt by attempt, then the fallback, within a second', async () => {
	const {world, claude} = await open();
	await claude.update(startAt + 15 * second);
	const before = read(claude.directory).failures.length;
	for (let now = startAt + 15 * second; now <= startAt + 25 * second; now += 500) await claude.update(now);
	const burst = read(claude.directory)
		.failures.filter(({at, status}) => at > startAt + 15 * second && status !== 429)
		.sort((a, b) => a.at - b.at);
	expect(read(claude.directory).failures.length).toBeGreaterThan(before);
	const attempts = burst.filter(({fallback}) => fallback === undefined);
	expect(attempts).toHaveLength(10);
	expect(attempts.every(({status, model}) => status === 403 && model === models.fable)).toBe(true);
	expect(attempts[0]?.message).toContain('because no identity-based policy allows the bedrock:InvokeModelWith');
	expect(burst.at(-1)?.fallback).toEqual({from: models.fable, to: models.opus});
	const refused = world
		.callsUntil(startAt + 25 * second)
		.filter(({outcome, at}) => outcome === 'AccessDenied' && at > startAt);
	expect(burst.every(({at}) => refused.some(call => at - call.at >= 0 && at - call.at < second))).toBe(true);
});

test('lines of a file are chained, one per content block, oldest first, and written once', async () => {
	const {claude} = await open();
	await claude.update(startAt);
	await claude.update(startAt);
	const files = transcripts(claude.directory);
	for (const [file, lines] of files) {
		const parsed = lines.map(line => record(parseJson(line)) ?? {});
		expect(new Set(parsed.map(({uuid}) => uuid)).size).toBe(parsed.length);
		for (const [index, {parentUuid}] of parsed.entries()) expect(parentUuid).toBe(parsed[index - 1]?.uuid ?? null);
		expect(parsed.every(({isSidechain}) => isSidechain === file.includes('subagents'))).toBe(true);
	}
	const main = [...files].find(([file]) => file.startsWith('-home-alice-shop/') && !file.includes('subagents'));
	const blocks = (main?.[1] ?? []).map(line => record(parseJson(line))?.apiBlockIndex);
	expect(blocks).toContain(2);
	expect([...files.keys()].some(file => /\/subagents\/agent-a[0-9a-f]{16}\.jsonl$/.test(file))).toBe(true);
});

test('one reply in another folder did not come from Bedrock', async () => {
	const {claude} = await open();
	await claude.update(startAt);
	const direct = read(claude.directory).turns.filter(({provider}) => provider !== 'bedrock');
	expect(direct).toHaveLength(1);
	expect(direct[0]).toMatchObject({provider: 'first-party', cwd: '/home/alice/notes'});
});

test('sessions and settings are those of a machine on Bedrock, for its owner alone', async () => {
	const {claude} = await open();
	expect(statSync(claude.directory).mode & 0o777).toBe(0o700);
	const settings = JSON.parse(readFileSync(join(claude.directory, 'settings.json'), 'utf8'));
	expect(settings).toEqual({env: {CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: homeRegion}});
	const names = readdirSync(join(claude.directory, 'sessions'));
	expect(names).toEqual(['4121.json', '4388.json']);
	for (const name of names) {
		const path = join(claude.directory, 'sessions', name);
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({pid: Number.parseInt(name, 10), version: '2.1.330'});
		expect(statSync(path).mode & 0o777).toBe(0o600);
	}
});

test('removed it is gone at once, and stays so', async () => {
	const {claude} = await open();
	const pending = claude.update(startAt);
	await pending;
	claude.remove();
	expect(existsSync(claude.directory)).toBe(false);
	await claude.update(startAt + 60 * second);
	expect(existsSync(claude.directory)).toBe(false);
});
