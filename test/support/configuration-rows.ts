import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';

/** What decides where calls go, as the real CLI answers it; undefined where it does not say. */
export type Answer = {
	readonly provider: string;
	readonly region?: string | undefined;
	/** Scheme, host and port. */
	readonly baseUrl?: string | undefined;
	readonly mantle?: boolean | undefined;
};

/** One machine to be made up: `$HOME` in contents and values is its home, which is also the root of `files`. */
export type Row = {
	readonly name: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly shell?: Readonly<Record<string, string>>;
	/** Below the home folder. */
	readonly cwd?: string;
	/** The value of `--settings`. */
	readonly flag?: string;
	/** Why we answer otherwise on purpose, and what. */
	readonly deliberate?: {readonly ours: Partial<Answer>; readonly because: string};
};

const bedrock = 'CLAUDE_CODE_USE_BEDROCK';
const mantle = 'CLAUDE_CODE_USE_MANTLE';
const vertex = 'CLAUDE_CODE_USE_VERTEX';
const hosted = 'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST';
const baseUrl = 'ANTHROPIC_BEDROCK_BASE_URL';
const on = {[bedrock]: '1'};
const env = (variables: object, others: object = {}) => JSON.stringify({env: variables, ...others});
const user = '.claude/settings.json';
const project = 'shop/web/.claude/settings.json';
const local = 'shop/web/.claude/settings.local.json';
const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none\n';
const quote = (value: unknown) => JSON.stringify(value);

const shellValues: readonly Row[] = [
	...['1', 'true', 'TRUE', 'Yes', 'oN', ' 1 ', '\ttrue\n', '0', 'false', 'no', 'off', '', ' ', '2', 'enabled', 'y'],
	...['t', 'null', '01', '1;'],
].map(value => ({name: `${bedrock}=${quote(value)} in the shell`, shell: {[bedrock]: value}}));

const otherSwitches: readonly Row[] = [
	mantle,
	vertex,
	'CLAUDE_CODE_USE_FOUNDRY',
	'CLAUDE_CODE_USE_ANTHROPIC_AWS',
	'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
].flatMap(name => [
	...['1', ' ON ', '0', 'enabled'].map(value => ({name: `${name}=${quote(value)}`, shell: {[name]: value}})),
	{name: `${name} beside Bedrock`, shell: {...on, [name]: '1'}},
	{name: `${name} in the settings, Bedrock in the shell`, shell: on, files: {[user]: env({[name]: 'yes'})}},
	{name: `${name} beside Vertex`, shell: {[vertex]: '1', [name]: '1'}},
]);

const pairs: readonly Row[] = [
	['FOUNDRY', 'ANTHROPIC_AWS'],
	['FOUNDRY', 'ANTHROPIC_GOOGLE_CLOUD'],
	['FOUNDRY', 'MANTLE'],
	['ANTHROPIC_AWS', 'ANTHROPIC_GOOGLE_CLOUD'],
	['ANTHROPIC_AWS', 'MANTLE'],
	['ANTHROPIC_GOOGLE_CLOUD', 'MANTLE'],
].map(names => ({
	name: `${names.join(' and ')}`,
	shell: Object.fromEntries(names.map(name => [`CLAUDE_CODE_USE_${name}`, '1'])),
}));

const fileValues: readonly Row[] = [1, 0, true, false, null, {}, ['1'], 'on', ' yes ', '', 'enabled'].flatMap(value => [
	{name: `${bedrock}: ${quote(value)} in the user's settings`, files: {[user]: env({[bedrock]: value})}},
	{
		name: `${bedrock}: ${quote(value)} in the user's settings over the shell's 1`,
		shell: on,
		files: {[user]: env({[bedrock]: value})},
	},
]);

/** From the strongest to the weakest. */
const layers: readonly (readonly [string, (value: string) => Partial<Row>])[] = [
	['a managed fragment', value => ({files: {'managed/managed-settings.d/20.json': env({[bedrock]: value})}})],
	['an earlier managed fragment', value => ({files: {'managed/managed-settings.d/10.json': env({[bedrock]: value})}})],
	['the managed file', value => ({files: {'managed/managed-settings.json': env({[bedrock]: value})}})],
	['--settings', value => ({flag: env({[bedrock]: value})})],
	[
		'local settings of the repository',
		value => ({files: {'shop/.claude/settings.local.json': env({[bedrock]: value})}}),
	],
	['local settings of the folder', value => ({files: {[local]: env({[bedrock]: value})}})],
	['the project', value => ({files: {[project]: env({[bedrock]: value})}})],
	['the user', value => ({files: {[user]: env({[bedrock]: value})}})],
	['the shell', value => ({shell: {[bedrock]: value}})],
];

const repository = {'shop/.git/HEAD': 'ref: refs/heads/main\n'};
const stack = (name: string, parts: readonly Partial<Row>[]): Row => ({
	name,
	...Object.assign({}, ...parts),
	files: Object.assign({...repository}, ...parts.map(({files}) => files)),
});
const precedence: readonly Row[] = layers.flatMap(([who, with_], rank) => {
	const lower = layers.slice(rank + 1).map(([, other]) => other);
	return [
		stack(`${who} says yes, all below say no`, [...lower.map(other => other('0')), with_('1')]),
		stack(`${who} cancels all below`, [...lower.map(other => other('1')), with_('')]),
		stack(`${who} alone says yes`, [with_('yes')]),
	];
});

const folders: readonly Row[] = [
	{name: 'project settings of a parent', files: {...repository, 'shop/.claude/settings.json': env(on)}},
	{name: 'local settings of a parent, no repository', files: {'shop/.claude/settings.local.json': env(on)}},
	{name: 'local settings of the folder, no repository', files: {[local]: env(on)}},
	{
		name: 'local settings of a repository at home',
		files: {'.git/HEAD': 'ref: refs/heads/main\n', '.claude/settings.local.json': env(on)},
	},
	{name: 'local settings at home, started there', cwd: '.', files: {'.claude/settings.local.json': env(on)}},
	{name: 'a hidden managed fragment', files: {'managed/managed-settings.d/.10.json': env(on)}},
	{name: 'a managed fragment of another ending', files: {'managed/managed-settings.d/10.json.bak': env(on)}},
	{
		name: '--settings with a file',
		flag: '$HOME/flag.json',
		files: {'flag.json': env({...on, AWS_REGION: 'eu-west-1'})},
	},
	{name: '--settings with a relative file', flag: 'flag.json', files: {'shop/web/flag.json': env(on)}},
	{
		name: 'another configuration folder',
		shell: {CLAUDE_CONFIG_DIR: '$HOME/other'},
		files: {[user]: env({[vertex]: '1'}), 'other/settings.json': env({...on, AWS_REGION: 'eu-west-3'})},
	},
	{
		name: 'another configuration folder without settings',
		shell: {CLAUDE_CONFIG_DIR: '$HOME/other'},
		files: {[user]: env(on)},
	},
	{
		name: 'a configuration folder named in the settings comes too late',
		files: {
			[user]: env({...on, CLAUDE_CONFIG_DIR: '$HOME/other'}),
			'other/settings.json': env({AWS_REGION: 'eu-west-3'}),
		},
	},
];

const state = (text: string, others: Partial<Row> = {}): Partial<Row> => ({
	...others,
	files: {'.claude.json': text, ...others.files},
});
const stateFile: readonly Row[] = [
	{name: 'the state file', ...state(env(on))},
	{name: 'the state file beats the shell', ...state(env(on), {shell: {[bedrock]: '0'}})},
	{name: 'the state file cancels the shell', ...state(env({[bedrock]: ''}), {shell: on})},
	{name: 'the user beats the state file', ...state(env(on), {files: {[user]: env({[bedrock]: '0'})}})},
	{name: 'the user cancels the state file', ...state(env(on), {files: {[user]: env({[bedrock]: ''})}})},
	{name: 'a number in the state file', ...state(env({[bedrock]: 1}))},
	{name: 'a list as env of the state file', ...state('{"env": [1]}', {shell: on})},
	{name: 'a model of the wrong type in the state file', ...state(env(on, {model: 3}))},
	{name: 'a byte order mark in the state file', ...state(`\uFEFF${env(on)}`)},
	{name: 'the env of a project in the state file', ...state(`{"projects": {"$HOME/shop/web": ${env(on)}}}`)},
	{
		name: 'the state file at home, another configuration folder',
		...state(env(on), {shell: {CLAUDE_CONFIG_DIR: '$HOME/o'}}),
	},
	{
		name: 'the state file of another configuration folder',
		shell: {CLAUDE_CONFIG_DIR: '$HOME/o'},
		files: {'o/.claude.json': env(on)},
	},
	{
		name: 'the state file of the configuration folder, named though it is the usual one',
		shell: {CLAUDE_CONFIG_DIR: '$HOME/.claude'},
		files: {'.claude/.claude.json': env(on), '.claude.json': env({[vertex]: '1'})},
	},
	{name: 'a state file in the usual folder', files: {'.claude/.claude.json': env(on)}},
	{
		name: 'the state file under its old name',
		...state(env({[vertex]: '1'}), {files: {'.claude/.config.json': env(on)}}),
	},
	{name: 'a host and the state file', ...state(env(on), {shell: {[hosted]: '1'}})},
	{
		name: 'a region in the state file',
		...state(env({AWS_REGION: 'eu-west-1'}), {shell: {...on, AWS_REGION: 'eu-west-2'}}),
	},
];

const schema =
	'Claude Code checks every key it knows; we check only the ones we read, so a wrong type elsewhere is missed';
const broken: readonly Row[] = [
	{name: 'a comment', files: {[user]: `{// no\n"env": ${quote(on)}}`}},
	{name: 'a trailing comma', files: {[user]: `{"env": ${quote(on)},}`}},
	{
		name: 'a trailing comma in the project beside sound user settings',
		files: {[project]: '{"env":{},}', [user]: env(on)},
	},
	{name: 'an empty file', shell: on, files: {[user]: ''}},
	{name: 'a list', shell: on, files: {[user]: '[]'}},
	{name: 'null', shell: on, files: {[user]: 'null'}},
	{name: 'a byte order mark', files: {[user]: `\uFEFF${env(on)}`}},
	{name: 'the same variable twice', files: {[user]: `{"env": {"${bedrock}": "1", "${bedrock}": "0"}}`}},
	{name: 'a variable in lower case', files: {[user]: env({[bedrock.toLowerCase()]: '1'})}},
	{name: 'env is a list', files: {[user]: '{"env": [1]}'}, shell: on},
	{name: 'env is a text', files: {[user]: '{"env": "x"}'}, shell: on},
	{name: 'an object among the variables', files: {[user]: env({...on, AWS_REGION: {}})}},
	{name: 'null as the region', files: {[user]: env({...on, AWS_REGION: null})}},
	{name: 'a number as the region', files: {[user]: env({...on, AWS_REGION: 7})}},
	{name: 'an unknown key', files: {[user]: env(on, {bogus: 3})}},
	...Object.entries({model: 7, modelOverrides: 3, awsAuthRefresh: 3, awsCredentialExport: true}).map(
		([key, value]) => ({
			name: `${key} of the wrong type`,
			files: {[user]: env(on, {[key]: value})},
		}),
	),
	{name: 'model is null', files: {[user]: env(on, {model: null})}},
	{name: 'an override that is no text', files: {[user]: env(on, {modelOverrides: {a: 3}})}},
	{
		name: 'a managed model of the wrong type costs only that key',
		files: {'managed/managed-settings.json': env(on, {model: 7})},
	},
	...Object.entries({permissions: 'x', cleanupPeriodDays: -1, statusLine: {}}).map(([key, value]) => ({
		name: `${key} of the wrong type`,
		files: {[user]: env(on, {[key]: value})},
		deliberate: {ours: {provider: 'bedrock', region: 'us-east-1'}, because: schema},
	})),
];

const regions: readonly Row[] = [
	...[
		'eu-west-1',
		' eu-west-1 ',
		'EU-WEST-1',
		'us-gov-west-1',
		'eu-isoe-west-1',
		'mars-1',
		'mars',
		'a-1',
		'us1',
		'us-',
	],
	...['us-west-2/', 'evil.example.com', 'us west 2', 'us_west_2', '-us', 'a--b', 'us-west-2#', '', ' ', 'aa-b-c-d-e-f'],
	...['aa-b-c-d-e', 'é-1', 'us-west-2\n'],
].flatMap(region => [{name: `AWS_REGION=${quote(region)}`, shell: {...on, AWS_REGION: region}}]);

const regionOrder: readonly Row[] = [
	{
		name: 'AWS_REGION before AWS_DEFAULT_REGION',
		shell: {...on, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2'},
	},
	{name: 'AWS_DEFAULT_REGION alone', shell: {...on, AWS_DEFAULT_REGION: 'eu-west-2'}},
	{name: 'AWS_DEFAULT_REGION after an invalid one', shell: {...on, AWS_REGION: 'a/b', AWS_DEFAULT_REGION: 'eu-west-2'}},
	{name: 'AWS_DEFAULT_REGION after an empty one', shell: {...on, AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2'}},
	{name: 'both invalid', shell: {...on, AWS_REGION: 'a/b', AWS_DEFAULT_REGION: 'c/d'}},
	{
		name: 'the region of the settings beats that of the shell',
		shell: {...on, AWS_REGION: 'eu-west-1'},
		files: {[user]: env({AWS_REGION: 'eu-west-2'})},
	},
	{
		name: 'an empty region in the settings cancels that of the shell',
		shell: {...on, AWS_REGION: 'eu-west-1'},
		files: {[user]: env({AWS_REGION: ''}), '.aws/config': '[default]\nregion = eu-north-1\n'},
	},
	{
		name: 'an invalid region in the project hides that of the user',
		files: {[project]: env({AWS_REGION: 'a/b'}), [user]: env({...on, AWS_REGION: 'eu-west-2'})},
	},
	{
		name: 'the default region of the settings is below the region of the shell',
		shell: {...on, AWS_REGION: 'eu-west-1'},
		files: {[user]: env({AWS_DEFAULT_REGION: 'eu-west-2'})},
	},
	{
		name: 'a region in the environment beats the files',
		shell: {...on, AWS_REGION: 'eu-west-1'},
		files: {'.aws/config': '[default]\nregion = eu-west-2\n'},
	},
	{
		name: 'an invalid region falls back on the files',
		shell: {...on, AWS_REGION: 'a/b'},
		files: {'.aws/config': '[default]\nregion = eu-west-2\n'},
	},
];

const config = (name: string, text: string, shell: Readonly<Record<string, string>> = {}): Row => ({
	name: `~/.aws/config: ${name}`,
	shell: {...on, ...shell},
	files: {'.aws/config': text},
});
const work = {AWS_PROFILE: 'work'};
const awsFiles: readonly Row[] = [
	config('the default profile', '[default]\nregion = eu-west-1\n'),
	config('[profile default]', '[profile default]\nregion = eu-west-2\n'),
	config(
		'[profile default] before [default]',
		'[profile default]\nregion = eu-west-2\n[default]\nregion = eu-west-1\n',
	),
	config('[profile default] after [default]', '[default]\nregion = eu-west-1\n[profile default]\nregion = eu-west-2\n'),
	config('a region twice', '[default]\nregion = eu-west-1\nregion = eu-west-2\n'),
	config('a section twice', '[default]\nregion = eu-west-1\n[x]\n[default]\nregion = eu-west-3\n'),
	config('a comment after a blank', '[default] ; x\nregion = eu-west-1 # x\n'),
	config('a comment without a blank', '[default]\nregion = eu-west-1#x\n'),
	config('comment lines', '# [x]\n[default]\n#region = eu-west-3\n;region = eu-west-3\nregion = eu-west-1\n'),
	config('an indented line', '[default]\n  region = eu-west-1\n'),
	config('an indented section', '  [default]\nregion = eu-west-1\n'),
	config('a nested region', '[default]\ns3 =\n  region = eu-west-1\n'),
	config('a region after a nested one', '[default]\ns3 =\n  region = eu-west-1\nregion = eu-west-2\n'),
	config('an indented region after a plain one', '[default]\noutput = json\n  region = eu-west-1\n'),
	config('an empty region', '[default]\nregion =\n'),
	config('an empty region after a good one', '[default]\nregion = eu-west-1\nregion =\n'),
	config('an invalid region', '[default]\nregion = eu/west\n'),
	config('a quoted region', '[default]\nregion = "eu-west-1"\n'),
	config('upper case', '[default]\nRegion = eu-west-1\n[DEFAULT]\nregion = eu-west-2\n'),
	config('a colon', '[default]\nregion: eu-west-1\n'),
	config('Windows line ends', '[default]\r\nregion = eu-west-1\r\n'),
	config('a byte order mark', '\uFEFF[default]\nregion = eu-west-1\n'),
	config('services', '[services default]\nregion = eu-west-1\n[default]\nregion = eu-west-2\n'),
	config('blanks in the brackets', '[ default ]\nregion = eu-west-1\n'),
	config('an empty profile', '[default]\nregion = eu-west-1\n', {AWS_PROFILE: ''}),
	config('AWS_DEFAULT_PROFILE', '[profile work]\nregion = eu-west-1\n', {AWS_DEFAULT_PROFILE: 'work'}),
	config('a named profile', `[profile work]\nregion = eu-west-1\n${keys}`, work),
	config('a named profile without the word', `[work]\nregion = eu-west-1\n[profile work]\n${keys}`, work),
	config('a quoted profile', `[profile "work"]\nregion = eu-west-1\n${keys}`, work),
	config('a profile after a tab', `[profile\twork]\nregion = eu-west-1\n${keys}`, work),
	config('a profile after a dot', `[profile.work]\nregion = eu-west-1\n${keys}`, work),
	config('a profile after two blanks', `[profile  work]\nregion = eu-west-1\n[profile work]\n${keys}`, work),
	config(
		'the region of the default profile is not inherited',
		`[default]\nregion = eu-west-1\n[profile work]\n${keys}`,
		work,
	),
	config('sso_region is not the region', `[profile work]\nsso_region = eu-west-1\n${keys}`, work),
	{
		name: 'the credentials file beats the config file',
		shell: on,
		files: {'.aws/config': '[default]\nregion = eu-west-1\n', '.aws/credentials': '[default]\nregion = eu-west-2\n'},
	},
	{
		name: 'a named profile of the credentials file',
		shell: {...on, ...work},
		files: {
			'.aws/config': '[profile work]\nregion = eu-west-1\n',
			'.aws/credentials': `[work]\nregion = eu-west-2\n${keys}`,
		},
	},
	{
		name: 'an invalid region in the credentials file hides the config file',
		shell: on,
		files: {'.aws/config': '[default]\nregion = eu-west-1\n', '.aws/credentials': '[default]\nregion = eu/west\n'},
	},
	{
		name: 'an empty region in the credentials file hides nothing',
		shell: on,
		files: {'.aws/config': '[default]\nregion = eu-west-1\n', '.aws/credentials': '[default]\nregion =\n'},
	},
	{
		name: 'a profile chosen in the settings',
		shell: {...on, AWS_PROFILE: 'nobody'},
		files: {[user]: env(work), '.aws/config': `[profile work]\nregion = eu-west-1\n${keys}`},
	},
	...['$HOME/mine', '~/mine', 'mine', '$HOME/none', ''].map(path => ({
		name: `AWS_CONFIG_FILE=${quote(path)}`,
		shell: {...on, AWS_CONFIG_FILE: path},
		files: {
			'.aws/config': '[default]\nregion = eu-west-1\n',
			mine: '[default]\nregion = eu-west-2\n',
			'shop/web/mine': '[default]\nregion = eu-west-3\n',
		},
	})),
	...['$HOME/mine', '~/mine', ''].map(path => ({
		name: `AWS_SHARED_CREDENTIALS_FILE=${quote(path)}`,
		shell: {...on, AWS_SHARED_CREDENTIALS_FILE: path},
		files: {'.aws/config': '[default]\nregion = eu-west-1\n', mine: '[default]\nregion = eu-west-2\n'},
	})),
];

const endpoints: readonly Row[] = [
	...['http://127.0.0.1:9/x', 'https://user:password@gw.example.com:8443/x?key=1', 'https://gw.example.com', ''],
	...[' ', ' http://127.0.0.1:9 '],
].map(url => ({name: `${baseUrl}=${quote(url)}`, shell: {...on, [baseUrl]: url}}));

const mixed: readonly Row[] = [
	{name: 'a base URL in the settings', shell: on, files: {[user]: env({[baseUrl]: 'http://127.0.0.1:9/x'})}},
	{
		name: 'a base URL cancelled in the settings',
		shell: {...on, [baseUrl]: 'http://127.0.0.1:9'},
		files: {[user]: env({[baseUrl]: ''})},
	},
	{name: 'a base URL without Bedrock', shell: {[baseUrl]: 'http://127.0.0.1:9'}},
	{name: 'a base URL with Mantle alone', shell: {[mantle]: '1', [baseUrl]: 'http://127.0.0.1:9'}},
	{name: 'Bedrock and Mantle with a base URL', shell: {...on, [mantle]: '1', [baseUrl]: 'http://127.0.0.1:9'}},
	{name: 'Mantle in a region', shell: {[mantle]: '1', AWS_REGION: 'eu-west-1'}},
	{name: 'Bedrock and Mantle in a region', shell: {...on, [mantle]: 'true', AWS_REGION: 'eu-west-1'}},
	{name: 'a key of the first party beside Bedrock', shell: {...on, ANTHROPIC_API_KEY: 'none'}},
	{name: 'a base URL of the first party beside Bedrock', shell: {...on, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9'}},
	// `-p` and `auth status` apply it at once, an interactive session only once the folder is trusted: not told apart.
	{
		name: 'a project in a folder nobody has trusted',
		files: {[project]: env({...on, AWS_REGION: 'eu-west-1'})},
	},
	...['1', 'true', '0', 'x', ''].map(value => ({
		name: `${hosted}=${quote(value)} and settings`,
		shell: {[hosted]: value},
		files: {[user]: env({...on, AWS_REGION: 'eu-west-1'})},
	})),
	{
		name: `${hosted} and Bedrock in the shell`,
		shell: {...on, [hosted]: '1'},
		files: {[user]: env({AWS_REGION: 'eu-west-1', AWS_PROFILE: 'work', [baseUrl]: 'http://127.0.0.1:9'})},
	},
	{name: `${hosted} in the settings`, files: {[user]: env({...on, [hosted]: '1', AWS_REGION: 'eu-west-1'})}},
	{
		name: `${hosted} and managed settings`,
		shell: {[hosted]: '1'},
		files: {'managed/managed-settings.json': env(on)},
	},
];

export const rows: readonly Row[] = [
	{name: 'nothing at all'},
	...shellValues,
	...otherSwitches,
	...pairs,
	...fileValues,
	...precedence,
	...folders,
	...stateFile,
	...broken,
	...regions,
	...regionOrder,
	...awsFiles,
	...endpoints,
	...mixed,
];

export const isManaged = ({files = {}}: Row): boolean => Object.keys(files).some(path => path.startsWith('managed/'));

/** Makes the row's machine in an empty folder, which is its home. */
export const build = async (row: Row, home: string) => {
	const fill = (text: string) => text.replaceAll('$HOME', home);
	const cwd = join(home, row.cwd ?? 'shop/web');
	await mkdir(cwd, {recursive: true});
	for (const [path, text] of Object.entries(row.files ?? {})) {
		await mkdir(dirname(join(home, path)), {recursive: true});
		await writeFile(join(home, path), fill(text));
	}
	const shell = Object.fromEntries(Object.entries(row.shell ?? {}).map(([name, value]) => [name, fill(value)]));
	return {cwd, shell, flag: row.flag === undefined ? undefined : fill(row.flag), managed: join(home, 'managed')};
};
