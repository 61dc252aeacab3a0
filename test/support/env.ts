import {tmpdir} from 'node:os';

/**
 * No test ever sees the real home folder, real credentials or a real Claude Code: whatever could lead there is taken
 * out of the environment before anything is loaded, and the SDK is told to stay off the instance metadata service.
 */
for (const name of Object.keys(process.env)) {
	if (/^(AWS_|CLAUDE|ANTHROPIC_|XDG_|BEDTOP_(?!CLAUDE_DIR))/.test(name)) delete process.env[name];
}
Object.assign(process.env, {
	HOME: tmpdir(),
	USERPROFILE: tmpdir(),
	AWS_EC2_METADATA_DISABLED: 'true',
	AWS_CONFIG_FILE: '/nonexistent/config',
	AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
});
delete process.env.FORCE_COLOR;
delete process.env.NO_COLOR;
