import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

/** Released clients that bedtop is held to, each for what it writes in its own way. What they wrote is kept as fixtures. */
export const clientVersions = [
	// Placeholder usage, the status only in the text, subagents beside their session.
	'2.0.76',
	// Words of its own in place of a 404, `errorDetails`.
	'2.1.75',
	'2.1.97',
	// The first with `apiErrorStatus`.
	'2.1.112',
	// The first native program.
	'2.1.152',
	// Asks for models at the start.
	'2.1.240',
	// `system/api_error`, `requestId`, `cost-state`, the session's own model line.
	'2.1.290',
	// `requestedModel`.
	'2.1.332',
] as const;

/** The version that npm gives to whoever names none. */
export const newestClient = async (): Promise<string> => {
	const {stdout} = await promisify(execFile)('npm', ['view', '@anthropic-ai/claude-code', 'version']);
	return stdout.trim();
};
