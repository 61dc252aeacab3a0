import {count, type JsonRecord, record, text} from '../../domain/common/json.ts';
import {readOrganisationPricing} from '../../domain/money/organisation.ts';
import {
	type ConfigurationLayer,
	configurationVariables,
	type LayerSettings,
	originOf,
	withoutSecret,
} from '../../domain/routing/configuration-layer.ts';
import type {SettingsFinding} from '../../domain/routing/finding.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {readPlainText} from '../files/plain-file.ts';

/** A layer, unless the file gives none, and what is wrong with it. */
export type ReadLayer = {
	readonly layer?: ConfigurationLayer | undefined;
	readonly findings: readonly SettingsFinding[];
};

/**
 * A person's settings file is dropped whole for one wrong key, an administrator's loses only that key. Of the state
 * file `~/.claude.json` only `env` counts (all measured with 2.1.330).
 */
export type FileKind = 'own' | 'managed' | 'state';

type LayerFile = {
	readonly path: string;
	/** As evidence shows it. */
	readonly name: string;
	readonly kind: FileKind;
};

/** Where V8 stopped reading. The rest of its message quotes the file, which may hold secrets. */
const placeIn = (error: unknown) => {
	const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
	return place ? {line: Number(place[1]), column: Number(place[2])} : undefined;
};

/** Only the variables that matter stay in memory, without their secrets; Claude Code makes text of any value. */
export const keepKnown = (entries: Iterable<readonly [string, unknown]>): ReadonlyMap<string, string> => {
	const known = new Map<string, string>();
	for (const [name, value] of entries) {
		if (configurationVariables.has(name)) known.set(name, withoutSecret(name, String(value)));
	}
	return known;
};

const isText = (value: unknown) => typeof value === 'string';
const isTextMap = (value: unknown) => Object.values(record(value) ?? {none: 0}).every(isText);

/** The keys read here and what their values must be. Claude Code checks more keys than these. */
const shapes: readonly (readonly [string, (value: unknown) => boolean])[] = [
	['env', value => record(value) !== undefined],
	['model', isText],
	['modelOverrides', isTextMap],
	['awsCredentialExport', isText],
	['awsAuthRefresh', isText],
	['forceLoginGatewayUrl', isText],
];

const misshapen = (settings: JsonRecord): readonly string[] =>
	shapes.filter(([key, fits]) => settings[key] !== undefined && !fits(settings[key])).map(([key]) => key);

const settingsIn = (settings: JsonRecord, kind: FileKind): LayerSettings => {
	const overrides = Object.entries(record(settings.modelOverrides) ?? {}).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	const cleanupPeriodDays = count(settings.cleanupPeriodDays);
	const gatewayUrl = settings.forceLoginMethod === 'gateway' ? text(settings.forceLoginGatewayUrl) : undefined;
	return {
		model: text(settings.model),
		modelOverrides: new Map(overrides),
		awsCredentialExport: text(settings.awsCredentialExport) !== undefined,
		awsAuthRefresh: text(settings.awsAuthRefresh) !== undefined,
		...(cleanupPeriodDays !== undefined && {cleanupPeriodDays}),
		// Only an administrator's files can send everybody to a gateway.
		// Whatever its type: prices of anybody else are ignored, those of an administrator lose what makes no sense.
		...(settings.modelPricing !== undefined && {
			modelPricing: kind === 'managed' ? readOrganisationPricing(settings.modelPricing) : ('ignored' as const),
		}),
		...(gatewayUrl !== undefined && kind === 'managed' && {gatewayUrl: originOf(gatewayUrl)}),
	};
};

/** Settings as one layer. A wrong type under one key makes Claude Code drop the whole file, if not a managed one. */
export const layerOf = (name: string, value: unknown, kind: FileKind): ReadLayer => {
	const whole = record(value);
	if (whole === undefined) return {findings: [{kind: 'not-an-object', file: name}]};
	const settings = kind === 'state' ? {env: whole.env} : whole;
	const wrong = misshapen(settings);
	const [key] = wrong;
	if (key !== undefined && kind === 'own') {
		return {findings: [{kind: 'wrong-type', key, file: name, effect: 'ignores-file'}]};
	}
	const sound = Object.fromEntries(Object.entries(settings).filter(([key]) => !wrong.includes(key)));
	const layer = {name, env: keepKnown(Object.entries(record(sound.env) ?? {})), settings: settingsIn(sound, kind)};
	return {layer, findings: wrong.map(key => ({kind: 'wrong-type', key, file: name, effect: 'ignores-key'}))};
};

/** Strict JSON, as Claude Code reads it, but for a byte order mark: one comment or trailing comma drops the file. */
export const readLayer = async ({path, name, kind}: LayerFile): Promise<ReadLayer> => {
	let source: string;
	try {
		source = await readPlainText(path);
	} catch (error) {
		return {findings: isGone(error) ? [] : [{kind: 'unreadable', path: name, code: codeOf(error)}]};
	}
	try {
		return layerOf(name, JSON.parse(source.replace(/^\uFEFF/, '')), kind);
	} catch (error) {
		const effect = kind === 'own' ? 'ignores-file' : 'refuses-to-start';
		return {findings: [{kind: 'not-json', file: name, place: placeIn(error), effect}]};
	}
};
