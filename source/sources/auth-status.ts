import type {ConfiguredProvider} from '../domain/configuration.ts';

type Question = {
	readonly cwd: string;
	readonly home: string;
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
};

export const askClaude = async (_question: Question): Promise<{readonly provider: ConfiguredProvider} | undefined> =>
	undefined;
