/** What `sessions/<pid>.json` says of one Claude Code process. There is no provider, region or model in it. */
export type SessionFile = {
	readonly pid: number;
	readonly sessionId: string;
	readonly cwd: string;
	/** Epoch ms. */
	readonly startedAt?: number | undefined;
	readonly version?: string | undefined;
	readonly entrypoint?: string | undefined;
	readonly status?: string | undefined;
	/** The pid lives and is still the process that wrote the file. */
	readonly running: boolean;
};

/** When credentials of ~/.aws end, and the command that renews them. Never holds a token. */
export type Expiry = {
	readonly kind: 'sso' | 'login' | 'session';
	/** Epoch ms. */
	readonly expiresAt: number;
	readonly command: string;
	readonly profile: string;
};
