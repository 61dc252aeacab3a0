import {execFile} from 'node:child_process';
import {parseJson, record, text} from '../../domain/common/json.ts';
import type {ConfiguredProvider} from '../../domain/routing/configuration.ts';

type Question = {
	/** The folder whose settings count. */
	readonly cwd: string;
	/** Stands in for HOME, where the environment's is another. */
	readonly home?: string | undefined;
	/** All the program gets to see, with `PATH` to find it by. */
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	/** The program, if not the `claude` on the path. */
	readonly command?: string | undefined;
};

/** `apiProvider` as Claude Code 2.1.330 names it (measured); Bedrock with Mantle beside it is `bedrock`. */
const providers: ReadonlyMap<string, ConfiguredProvider> = new Map([
	['firstParty', 'first-party'],
	['bedrock', 'bedrock'],
	['mantle', 'mantle'],
	['vertex', 'vertex'],
	['foundry', 'foundry'],
	['anthropicAws', 'anthropic-aws'],
]);

/** The answer is a few hundred bytes. */
const mostBytes = 65_536;

/** Standard output of a program that ended by itself, whatever its exit code: signed out at the first party is exit code 1 with a full answer. */
const outputOf = ({cwd, home, env, timeoutMs, command = 'claude'}: Question): Promise<string> =>
	new Promise(resolve => {
		const child = execFile(
			command,
			['auth', 'status'],
			{
				cwd,
				env: home === undefined ? env : {...env, HOME: home},
				timeout: timeoutMs,
				killSignal: 'SIGKILL',
				maxBuffer: mostBytes,
				windowsHide: true,
			},
			(error, stdout) => resolve(error === null || typeof error.code === 'number' ? stdout : ''),
		);
		child.stdin?.on('error', () => {}).end();
	});

/**
 * What Claude Code itself says about a folder: a second opinion, from a program that is started for it (0.2 s, no
 * request). Undefined where there is none, it takes too long, or answers something unknown.
 */
export const askClaude = async (question: Question): Promise<{readonly provider: ConfiguredProvider} | undefined> => {
	const answer = record(parseJson(await outputOf(question).catch(() => '')));
	const provider = providers.get(text(answer?.apiProvider) ?? '');
	return provider === undefined ? undefined : {provider};
};
