import {isRegion} from '../models/region-shape.ts';
import {type ConfigurationLayer, effectiveValue, modelVariables, trimmedValue} from './configuration-layer.ts';
import type {Setting} from './evidence.ts';
import type {SettingsFinding} from './finding.ts';

type Models = {
	/** The model of the conversation, where somebody chose one. */
	readonly model: Setting | undefined;
	readonly pins: readonly Setting[];
	readonly overrides: ReadonlyMap<string, string>;
	readonly smallFastRegion: string | undefined;
	readonly findings: readonly SettingsFinding[];
};

/** The key `model` of the highest settings file that has one. */
const settingsModel = (layers: readonly ConfigurationLayer[]): Setting | undefined => {
	const layer = layers.find(({settings}) => settings?.model !== undefined);
	const value = layer?.settings?.model;
	return layer === undefined || value === undefined ? undefined : {variable: 'model', value, from: layer.name};
};

/** Settings files are merged key by key: the highest file that maps a model decides about it. */
const mergeOverrides = (layers: readonly ConfigurationLayer[]): ReadonlyMap<string, string> =>
	new Map([...layers].reverse().flatMap(({settings}) => [...(settings?.modelOverrides ?? [])]));

const pinsSmallFast = ({variable}: Setting) =>
	variable === 'ANTHROPIC_DEFAULT_HAIKU_MODEL' || variable === 'ANTHROPIC_SMALL_FAST_MODEL';

const resolveSmallFast = (
	layers: readonly ConfigurationLayer[],
	pins: readonly Setting[],
	region: string,
): {readonly smallFastRegion?: string; readonly findings: readonly SettingsFinding[]} => {
	const set = trimmedValue(layers, 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION');
	if (set === undefined) return {findings: []};
	if (!isRegion(set.value)) return {findings: [{kind: 'not-a-region', ...set}]};
	if (pins.some(pinsSmallFast)) return {smallFastRegion: set.value, findings: []};
	// Measured with 2.1.330: without a pin only the start's access check of Haiku is sent there.
	return {findings: [{kind: 'small-fast-without-model', ...set, region}]};
};

/**
 * The models somebody chose. For the conversation `ANTHROPIC_MODEL` outranks the settings key `model`, and that
 * outranks `ANTHROPIC_DEFAULT_MODEL` (measured with 2.1.330); `--model` and `/model` cannot be seen from here.
 */
export const resolveModels = (layers: readonly ConfigurationLayer[], region: string): Models => {
	const variables = modelVariables.flatMap(name => {
		const effective = effectiveValue(layers, name);
		return effective ?? [];
	});
	const bySettings = settingsModel(layers);
	const byVariable = variables.find(({variable}) => variable === 'ANTHROPIC_MODEL');
	const byDefault = variables.find(({variable}) => variable === 'ANTHROPIC_DEFAULT_MODEL');
	const pins = bySettings === undefined ? variables : [...variables, bySettings];
	const isOutranked = byVariable !== undefined && bySettings !== undefined && byVariable.value !== bySettings.value;
	const outranked: readonly SettingsFinding[] = isOutranked
		? [{kind: 'model-outranked', ...bySettings, by: byVariable.variable}]
		: [];
	const smallFast = resolveSmallFast(layers, pins, region);
	return {
		model: byVariable ?? bySettings ?? byDefault,
		pins,
		overrides: mergeOverrides(layers),
		smallFastRegion: smallFast.smallFastRegion,
		findings: [...outranked, ...smallFast.findings],
	};
};
