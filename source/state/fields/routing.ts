import type {Configuration, ConfiguredAuth, ConfiguredProvider} from '../../domain/routing/configuration.ts';
import {modelVariables} from '../../domain/routing/configuration-layer.ts';
import type {Gateway} from '../../domain/routing/endpoint.ts';
import type {Evidence, Setting} from '../../domain/routing/evidence.ts';
import type {SettingsFinding} from '../../domain/routing/finding.ts';
import {knownWord, list, mapOf, object, oneOf, optional, text, unrecorded, variant} from './field.ts';
import {calledId, count, file, flag, plainText, region} from './values.ts';

const setting = {variable: plainText, value: file, from: file};

/** Which file or variable says so. */
const evidence = unrecorded<Evidence, {kind: 'left-out'}>(
	variant<Evidence, 'kind'>('kind', {
		...{set: setting, off: setting, named: {variable: plainText, from: file}},
		cancelled: {from: file, below: object<Setting>(setting)},
		'aws-profile': {profile: file, from: file},
		...{'no-switch': {}, 'claude-code-default': {}, 'sdk-default-chain': {}, 'left-out': {}},
	}),
	{kind: 'left-out'},
);

const effect = oneOf(['ignores-file', 'ignores-key', 'refuses-to-start'], 'ignores-file');
const finding = variant<SettingsFinding, 'kind'>('kind', {
	...{
		'path-of-folder': setting,
		'not-a-switch': setting,
		'not-a-region': setting,
		'not-true-or-false': setting,
		'mantle-beside-bedrock': setting,
	},
	...{outranked: {...setting, by: plainText}, 'model-outranked': {...setting, by: plainText}},
	'endpoint-elsewhere': {...setting, region, other: region},
	'unknown-prefix': {...setting, known: list(plainText)},
	'small-fast-without-model': {...setting, region},
	'managed-by-host': {...setting, ignored: file},
	'profile-without-region': {region: file, profile: evidence},
	'not-a-url': {variable: plainText, from: file},
	unreadable: {path: file, code: plainText},
	'not-an-object': {file},
	'wrong-type': {key: plainText, file, effect},
	'not-json': {file, place: optional(object({line: count, column: count})), effect},
});

const prefixes = ['us', 'eu', 'apac', 'au', 'jp', 'us-gov', 'global'];

export const configuredProvider = oneOf<ConfiguredProvider>(
	['bedrock', 'mantle', 'anthropic-aws', 'foundry', 'vertex', 'first-party', 'gateway', 'unknown'],
	'unknown',
);

export const configuration = object<Configuration>({
	provider: configuredProvider,
	providerFrom: evidence,
	region,
	regionFrom: evidence,
	regionPrefix: knownWord(prefixes, 'us'),
	model: optional(calledId),
	serviceTier: optional(knownWord(['flex', 'priority', 'reserved'], 'other')),
	modelFrom: optional(evidence),
	pins: optional(
		list(object<Setting>({variable: knownWord(modelVariables, 'model'), value: calledId, from: unrecorded(file, '')})),
	),
	modelOverrides: optional(mapOf(calledId, calledId)),
	smallFastRegion: optional(region),
	baseUrl: optional(text(() => 'https://endpoint.example.com')),
	// It may hold the id of a company's PrivateLink.
	ownHost: unrecorded({mask: (host, masking) => host && masking.alias('host', host)}, undefined),
	gateway: optional(object<Gateway>({host: optional(text(() => 'endpoint.example.com')), variable: plainText})),
	mantle: optional(flag),
	auth: optional(
		object<ConfiguredAuth>({
			...{bearer: flag, skip: flag, export: flag, refresh: flag, from: unrecorded(list(evidence), [])},
			profile: unrecorded({mask: (value, masking) => value && masking.awsProfile(value)}, undefined),
		}),
	),
	// What was negotiated is the company's own.
	organisation: unrecorded<Configuration['organisation'], undefined>(
		{
			mask(told, masking) {
				if (told === undefined) return undefined;
				const shown = (files: readonly string[]) => files.map(path => masking.sentence(path));
				return {
					...told,
					from: shown(told.from),
					ignored: shown(told.ignored),
					faults: told.faults.map(one => ({...one, file: masking.sentence(one.file)})),
				};
			},
		},
		undefined,
	),
	cleanupPeriodDays: optional(count),
	noTranscripts: optional(evidence),
	findings: unrecorded(list(finding), []),
});
