import type {LocalFailure} from '../../domain/replies/failure.ts';
import type {SessionModel, Turn} from '../../domain/replies/turn.ts';
import type {Configuration, ConfiguredAuth, ModelPin} from '../../domain/routing/configuration.ts';
import {modelVariables} from '../../domain/routing/configuration-layer.ts';
import type {Expiry, SessionFile} from '../../domain/routing/session.ts';
import type {Aliases} from './aliases.ts';
import {among} from './allowed-word.ts';
import type {Names} from './names.ts';
import {inStandardWords} from './standard-texts.ts';

const somewhere = 'settings that are left out of recordings';

/** A version as programs write it; anything else tells nothing that is needed. */
const publicVersion = (version: string | undefined) =>
	version !== undefined && /^\d{1,4}(\.\d{1,4}){1,3}$/.test(version) ? version : undefined;

const optional = <Key extends string, Value>(key: Key, value: Value | undefined) =>
	(value === undefined ? {} : {[key]: value}) as {readonly [key in Key]?: Value};

const providers = ['bedrock', 'first-party', 'vertex', 'unknown'] as const;
const configured = ['bedrock', 'mantle', 'anthropic-aws', 'foundry', 'vertex', 'first-party', 'unknown'] as const;
const prefixes = ['us', 'eu', 'apac', 'au', 'jp', 'us-gov', 'global'];
const tiers = ['flex', 'priority', 'reserved'];

/** What this machine says, told so that it can be given away: field by field, what has no rule is not there. */
export const createMachineRules = (names: Names, aliases: Aliases) => {
	const pin = ({variable, value}: ModelPin): ModelPin => ({
		variable: (modelVariables as readonly string[]).includes(variable) ? variable : 'model',
		value: names.called(value),
		from: somewhere,
	});
	const auth = ({bearer, skip, export: exported, refresh}: ConfiguredAuth): ConfiguredAuth => ({
		...{bearer, skip, export: exported, refresh},
		from: somewhere,
	});
	const provider = (word: Configuration['provider']) => among(configured, word, 'unknown');
	return {
		provider,
		configuration: (it: Configuration): Configuration => ({
			provider: provider(it.provider),
			providerFrom: somewhere,
			region: names.region(it.region),
			regionFrom: somewhere,
			regionPrefix: among(prefixes, it.regionPrefix, 'us'),
			...optional('model', it.model === undefined ? undefined : names.called(it.model)),
			...optional('serviceTier', it.serviceTier === undefined ? undefined : among(tiers, it.serviceTier, 'other')),
			...optional('modelFrom', it.modelFrom === undefined ? undefined : somewhere),
			...optional('pins', it.pins?.map(pin)),
			...optional(
				'modelOverrides',
				it.modelOverrides &&
					new Map([...it.modelOverrides].map(([from, to]) => [names.called(from), names.called(to)])),
			),
			...optional('smallFastRegion', it.smallFastRegion === undefined ? undefined : names.region(it.smallFastRegion)),
			...optional('baseUrl', it.baseUrl === undefined ? undefined : 'https://endpoint.example.com'),
			...optional('mantle', it.mantle),
			...optional('proxy', it.proxy),
			...optional('auth', it.auth && auth(it.auth)),
			...optional('noTranscripts', it.noTranscripts === undefined ? undefined : somewhere),
			findings: [],
		}),
		session: ({pid, sessionId, cwd, startedAt, version, running}: SessionFile): SessionFile => ({
			pid: aliases.numberOf('pid', String(pid)),
			sessionId: names.session(sessionId),
			cwd: names.folder(cwd),
			...optional('startedAt', startedAt),
			...optional('version', publicVersion(version)),
			running,
		}),
		turn: (turn: Turn): Turn => ({
			id: names.message(turn.id),
			...optional('requestId', turn.requestId === undefined ? undefined : names.record(turn.requestId)),
			at: turn.at,
			sessionId: names.session(turn.sessionId),
			...optional('cwd', turn.cwd === undefined ? undefined : names.folder(turn.cwd)),
			...optional('version', publicVersion(turn.version)),
			model: names.called(turn.model),
			...optional('requestedModel', turn.requestedModel === undefined ? undefined : names.called(turn.requestedModel)),
			provider: among(providers, turn.provider, 'unknown'),
			usage: {
				input: turn.usage.input,
				output: turn.usage.output,
				cacheRead: turn.usage.cacheRead,
				cacheWrite5m: turn.usage.cacheWrite5m,
				cacheWrite1h: turn.usage.cacheWrite1h,
			},
			lowerBound: turn.lowerBound,
			sidechain: turn.sidechain,
			...(turn.incomplete === true && {incomplete: true as const}),
		}),
		failure: ({id, at, sessionId, status, message, model, isFinal, fallback}: LocalFailure): LocalFailure => ({
			id: names.record(id),
			at,
			sessionId: names.session(sessionId),
			...optional('status', status),
			message: inStandardWords(message, names),
			...optional('model', model === undefined ? undefined : names.called(model)),
			...optional('isFinal', isFinal),
			...optional('fallback', fallback && {from: names.called(fallback.from), to: names.called(fallback.to)}),
		}),
		model: ({sessionId, model, at}: SessionModel): SessionModel => ({
			sessionId: names.session(sessionId),
			model: names.called(model),
			at,
		}),
		expiry: ({kind, expiresAt}: Expiry): Expiry => ({
			kind: among(['sso', 'login', 'session'], kind, 'session'),
			expiresAt,
			command: 'aws sso login',
			profile: 'default',
		}),
	};
};
