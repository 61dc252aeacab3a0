import {applicationProfile} from './application-profile.ts';
import {alice, bob, ci, models, nightly, type Person} from './people.ts';

/** A line of work that goes on all day. */
export type Thread = {
	readonly person: Person;
	readonly sessionId: string;
	readonly cwd: string;
	/** The id or ARN that it calls. */
	readonly profile: string;
	/** Claude Code streams and caches; a script sends whole prompts through Converse. */
	readonly kind: 'claude-code' | 'script';
	/** Seconds from a call's end to the next while working. */
	readonly gapSeconds: readonly [low: number, high: number];
	/** Chance that a call is followed by a pause. */
	readonly pause: number;
	readonly pauseMinutes: readonly [low: number, high: number];
	/** How long after the demo is opened its next call starts at the latest. */
	readonly resumesAfterMs: number;
	/** Whether its calls are also written as transcripts of this machine. */
	readonly isLocal: boolean;
	readonly pid?: number;
	readonly hasSubagents?: boolean;
};

/** Alice's main session: the one with subagents, and the one whose owner tries a forbidden model. */
export const mainThread: Thread = {
	person: alice,
	sessionId: '7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01',
	cwd: '/home/alice/shop',
	profile: models.opus,
	kind: 'claude-code',
	gapSeconds: [6, 45],
	pause: 0.08,
	pauseMinutes: [2, 14],
	resumesAfterMs: 800,
	isLocal: true,
	pid: 4121,
	hasSubagents: true,
};

export const threads: readonly Thread[] = [
	mainThread,
	{
		person: alice,
		sessionId: '2b60a0f3-77c4-4a0d-8e0e-6f0f7f6e2b02',
		cwd: '/home/alice/docs',
		profile: models.sonnet,
		kind: 'claude-code',
		gapSeconds: [15, 120],
		pause: 0.15,
		pauseMinutes: [2, 14],
		resumesAfterMs: 3000,
		isLocal: true,
		pid: 4388,
	},
	{
		person: bob,
		sessionId: '51f2d7aa-0000-4000-8000-00000000b0b1',
		cwd: '/home/bob/api',
		profile: models.opus,
		kind: 'claude-code',
		gapSeconds: [10, 90],
		pause: 0.12,
		pauseMinutes: [2, 20],
		resumesAfterMs: 4500,
		isLocal: false,
	},
	{
		person: ci,
		sessionId: '51f2d7aa-0000-4000-8000-0000000000c1',
		cwd: '/runner/work',
		profile: applicationProfile.arn,
		kind: 'claude-code',
		gapSeconds: [2, 8],
		pause: 0.05,
		pauseMinutes: [8, 24],
		resumesAfterMs: 9000,
		isLocal: false,
	},
	{
		person: nightly,
		sessionId: '51f2d7aa-0000-4000-8000-0000000000d1',
		cwd: '/srv/summaries',
		profile: models.summaries,
		kind: 'script',
		gapSeconds: [1, 4],
		pause: 0.06,
		pauseMinutes: [25, 50],
		resumesAfterMs: 30_000,
		isLocal: false,
	},
];
