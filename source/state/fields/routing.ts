import type {Configuration, ConfiguredAuth, ConfiguredProvider} from '../../domain/routing/configuration.ts';
import {modelVariables} from '../../domain/routing/configuration-layer.ts';
import type {Evidence, Setting} from '../../domain/routing/evidence.ts';
import type {SettingsFinding} from '../../domain/routing/finding.ts';
import type {Expiry} from '../../domain/routing/session.ts';
import {knownWord, list, mapOf, object, oneOf, optional, text, unrecorded, variant} from './field.ts';
import {calledId, count, flag, prose, region, time} from './values.ts';

/** A file, or what stands in it: it may name a person. */
const written = text(() => '', prose.mask);
const variable = text(name => name);
const setting = {variable, value: written, from: written};

/** Which file or variable says so. */
const evidence = unrecorded<Evidence, {kind: 'left-out'}>(
	variant<Evidence, 'kind'>('kind', {
		...{set: setting, off: setting, named: {variable, from: written}},
		cancelled: {from: written, below: object<Setting>(setting)},
		'aws-profile': {profile: written, from: written},
		...{'no-switch': {}, 'claude-code-default': {}, 'sdk-default-chain': {}, 'left-out': {}},
	}),
	{kind: 'left-out'},
);

const effect = oneOf(['ignores-file', 'ignores-key', 'refuses-to-start'], 'ignores-file');
const finding = variant<SettingsFinding, 'kind'>('kind', {
	...{'not-a-switch': setting, 'not-a-region': setting, 'mantle-beside-bedrock': setting},
	...{outranked: {...setting, by: variable}, 'model-outranked': {...setting, by: variable}},
	'unknown-prefix': {...setting, known: list(variable)},
	'small-fast-without-model': {...setting, region},
	'managed-by-host': {...setting, silenced: written},
	'profile-without-region': {region: written, profile: evidence},
	'not-a-url': {variable, from: written},
	unreadable: {path: written, code: variable},
	'not-an-object': {file: written},
	'wrong-type': {key: variable, file: written, effect},
	'not-json': {file: written, place: optional(object({line: count, column: count})), effect},
});

const prefixes = ['us', 'eu', 'apac', 'au', 'jp', 'us-gov', 'global'];

export const configuredProvider = oneOf<ConfiguredProvider>(
	['bedrock', 'mantle', 'anthropic-aws', 'foundry', 'vertex', 'first-party', 'unknown'],
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
		list(
			object<Setting>({variable: knownWord(modelVariables, 'model'), value: calledId, from: unrecorded(written, '')}),
		),
	),
	modelOverrides: optional(mapOf(calledId, calledId)),
	smallFastRegion: optional(region),
	baseUrl: optional(text(() => 'https://endpoint.example.com')),
	mantle: optional(flag),
	proxy: optional(flag),
	auth: optional(
		object<ConfiguredAuth>({
			...{bearer: flag, skip: flag, export: flag, refresh: flag, from: unrecorded(list(evidence), [])},
			profile: unrecorded({mask: (value, masking) => value && masking.awsProfile(value)}, undefined),
		}),
	),
	noTranscripts: optional(evidence),
	findings: unrecorded(list(finding), []),
});

export const expiry = object<Expiry>({
	kind: oneOf(['sso', 'login', 'session'], 'session'),
	expiresAt: time,
	command: unrecorded(prose, 'aws sso login'),
	profile: unrecorded(prose, 'default'),
});
