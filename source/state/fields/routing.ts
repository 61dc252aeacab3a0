import type {Configuration, ConfiguredAuth, ConfiguredProvider, ModelPin} from '../../domain/routing/configuration.ts';
import {modelVariables} from '../../domain/routing/configuration-layer.ts';
import type {Expiry} from '../../domain/routing/session.ts';
import {type Field, knownWord, list, mapOf, object, oneOf, optional, text, unrecorded} from './field.ts';
import {calledId, flag, prose, region, time} from './values.ts';

const somewhere = 'settings that are left out of recordings';
const asText: Pick<Field<string>, 'mask'> = {mask: (value, masking) => masking.text(value)};
/** Which file or variable says so. */
const place = unrecorded(asText, somewhere);

const prefixes = ['us', 'eu', 'apac', 'au', 'jp', 'us-gov', 'global'];

export const configuredProvider = oneOf<ConfiguredProvider>(
	['bedrock', 'mantle', 'anthropic-aws', 'foundry', 'vertex', 'first-party', 'unknown'],
	'unknown',
);

export const configuration = object<Configuration>({
	provider: configuredProvider,
	providerFrom: place,
	region,
	regionFrom: place,
	regionPrefix: knownWord(prefixes, 'us'),
	model: optional(calledId),
	serviceTier: optional(knownWord(['flex', 'priority', 'reserved'], 'other')),
	modelFrom: optional(place),
	pins: optional(list(object<ModelPin>({variable: knownWord(modelVariables, 'model'), value: calledId, from: place}))),
	modelOverrides: optional(mapOf(calledId, calledId)),
	smallFastRegion: optional(region),
	baseUrl: optional(text(() => 'https://endpoint.example.com')),
	mantle: optional(flag),
	proxy: optional(flag),
	auth: optional(
		object<ConfiguredAuth>({
			...{bearer: flag, skip: flag, export: flag, refresh: flag, from: place},
			profile: unrecorded({mask: (value, masking) => value && masking.awsProfile(value)}, undefined),
		}),
	),
	noTranscripts: optional(unrecorded(prose, somewhere)),
	findings: unrecorded({mask: (findings, masking) => findings.map(masking.sentence)}, []),
});

export const expiry = object<Expiry>({
	kind: oneOf(['sso', 'login', 'session'], 'session'),
	expiresAt: time,
	command: unrecorded(prose, 'aws sso login'),
	profile: unrecorded(prose, 'default'),
});
