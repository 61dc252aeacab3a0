import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Call, Refusal, Reply, ScriptedUsage} from '../bedrock-runtime.ts';

/** What every client is pinned to, so that one table holds for all of them. */
export const pinned = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** Of every reply. In the United States' geo: 10 × 3.3 + 1000 × 16.5 + 20,000 × 0.33 + 3000 × 4.125 = 35,508 µ$. */
const usage: ScriptedUsage = {input: 10, output: 1000, cacheRead: 20_000, cacheWrite5m: 3000};

/** Where a client finds itself: what Bedrock answers, and what its machine is set to. */
export type Situation = {
	readonly answer: (call: Call) => Reply | Refusal;
	/** `env` of its settings; absent: there is no such file, and Bedrock is switched on in the shell. */
	readonly settings?: Readonly<Record<string, string>>;
	/** On top of the client's environment; `undefined` takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly files?: Readonly<Record<string, string>>;
};

const settings = {CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'us-west-2', ANTHROPIC_MODEL: pinned};
const keyless = {AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined};

const replies = (): Reply => ({blocks: [{type: 'text', text: 'Hello.'}], usage});
const refuses = (status: number, error: string, message: string) => (): Refusal => ({status, error, message});
const isThrottled = refuses(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
const isTooLong = refuses(400, 'ValidationException', 'prompt is too long: 210000 tokens > 200000 maximum');
const isDenied = ({model}: Call): Refusal => ({
	status: 403,
	error: 'AccessDeniedException',
	message: `User: arn:aws:sts::123456789012:assumed-role/Dev/alice is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-west-2:123456789012:inference-profile/${model} because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action`,
});

const ssoProfile = `[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
region = us-west-2

[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = us-west-2
sso_registration_scopes = sso:account:access
`;
const expiredToken = JSON.stringify({
	...{accessToken: 'expired', expiresAt: '2026-01-01T00:00:00Z', region: 'us-west-2'},
	startUrl: 'https://example.awsapps.com/start',
});

export const situations = {
	answers: {answer: replies, settings},
	denied: {answer: isDenied, settings},
	'use-case-form': {
		answer: refuses(
			...([404, 'ResourceNotFoundException'] as const),
			'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
		),
		settings,
	},
	throttled: {answer: isThrottled, settings},
	retention: {
		answer: refuses(400, 'ValidationException', "data retention mode 'default' is not available for this model"),
		settings,
	},
	unavailable: {
		answer: refuses(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'),
		settings,
	},
	'too-long': {answer: isTooLong, settings},
	'expired-credentials': {
		answer: replies,
		settings: {...settings, AWS_PROFILE: 'dev'},
		env: keyless,
		files: {
			'.aws/config': ssoProfile,
			[`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`]: expiredToken,
		},
	},
	'no-credentials': {answer: replies, settings, env: keyless},
	'answers-shell': {answer: replies, env: {ANTHROPIC_MODEL: pinned}},
	'denied-shell': {answer: isDenied, env: {ANTHROPIC_MODEL: pinned}},
	'throttled-shell': {answer: isThrottled, env: {ANTHROPIC_MODEL: pinned}},
	'too-long-shell': {answer: isTooLong, env: {ANTHROPIC_MODEL: pinned}},
} as const satisfies Readonly<Record<string, Situation>>;

export type SituationName = keyof typeof situations;

export const situationNames = Object.keys(situations) as SituationName[];

/** Makes a home of the situation in an empty folder. */
export const settle = (home: string, {settings, files = {}}: Situation): void => {
	const all = {...files, ...(settings && {'.claude/settings.json': JSON.stringify({env: settings})})};
	for (const [path, text] of Object.entries(all)) {
		mkdirSync(dirname(join(home, path)), {recursive: true});
		writeFileSync(join(home, path), text);
	}
};
