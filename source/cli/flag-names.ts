/** Options with a value, by their camel-cased names, and whether they may be given more than once. */
export const valueFlags = [
	'region',
	'profile',
	'claudeDir',
	'since',
	'refresh',
	'budget',
	'budgetMonth',
	'prices',
	'maxWatchCost',
	'theme',
	'record',
	'blackBox',
	'speed',
	'notify',
	'format',
] as const;
export const switches = [
	'demo',
	'once',
	'json',
	'jsonl',
	'check',
	'aws',
	'costExplorer',
	'refreshPrices',
	'bell',
	'ascii',
	'mask',
	'help',
	'version',
] as const;
/** All options by their camel-cased names. */
export const knownFlags: ReadonlySet<string> = new Set<string>([...valueFlags, ...switches]);

/** What only a config file says, and what only makes sense once, on the command line. */
const fileOnly = ['cacheWrites', 'keys'];
const typedOnly = [
	...['demo', 'once', 'json', 'jsonl', 'check', 'refreshPrices', 'format', 'record', 'speed', 'help', 'version'],
];

/** What a config file may say that `readOptions` reads; config.schema.json describes each. */
export const settings: readonly string[] = [...knownFlags, ...fileOnly].filter(name => !typedOnly.includes(name));

/** Words that stand in front. */
export const commands = ['prices', 'doctor', 'policy', 'replay'] as const;
