import {knownModels} from './known-models.ts';
import type {Scope} from './model-id.ts';

/** What a quota limits, by the contract's names. */
export type QuotaKind = 'tokens-per-minute' | 'requests-per-minute' | 'tokens-per-day';

/** A quota of Bedrock's on calls of a model, as Service Quotas has it. */
export type Quota = {
	/** The canonical model. */
	readonly model: string;
	readonly quota: QuotaKind;
	/** The calls that count: through global profiles, through those of a geography, without a profile. */
	readonly scopes: readonly Scope[];
	/** What the account may use, not AWS's default: new accounts may have 0 of a model. */
	readonly limit: number;
};

const scopeNames: ReadonlyMap<string, readonly Scope[]> = new Map([
	['global cross-region', ['global']],
	['cross-region', ['geo']],
	['on-demand', ['in-region']],
]);

const byShortName: ReadonlyMap<string, string> = new Map([...knownModels].map(([id, name]) => [name, id]));

/** `Claude Sonnet 4.5 V1`, `Claude 3.7 Sonnet V1`: family and version in either order, `V1` where AWS likes it. */
const modelNamed = (name: string): string | undefined => {
	const words = name.toLowerCase().trim().split(/\s+/);
	const revision = words.find(word => /^v\d$/.test(word) && word !== 'v1');
	const [one, other, ...rest] = words.filter(word => !/^v\d$/.test(word));
	if (one === undefined || other === undefined || rest.length > 0) return undefined;
	const [family, version] = /^\d/.test(one) ? [other, one] : [one, other];
	return byShortName.get([family, version, ...(revision === undefined ? [] : [revision])].join('-'));
};

const inference =
	/^(global cross-region|cross-region|on-demand) (?:model inference|InvokeModel) (tokens|requests) per (minute|day) for (?:Anthropic )?Claude (.+)$/i;
const daily =
	/^Model invocation max tokens per day for (?:Anthropic )?Claude (.+?)(?: \(doubled for cross-region calls\))?$/i;

const kinds: ReadonlyMap<string, QuotaKind> = new Map([
	['tokens minute', 'tokens-per-minute'],
	['requests minute', 'requests-per-minute'],
	['tokens day', 'tokens-per-day'],
]);

/**
 * The quota of that name (https://docs.aws.amazon.com/general/latest/gr/bedrock.html); undefined for those of batches,
 * of the 1M context, of other vendors and of models that nobody knows: never the nearest name.
 */
export const readQuota = (name: string, limit: number): Quota | undefined => {
	const [, where = '', unit = '', period = '', called] = inference.exec(name) ?? [];
	const day = daily.exec(name)?.[1];
	const model = modelNamed(called ?? day ?? '');
	if (model === undefined) return undefined;
	if (day !== undefined) return {model, quota: 'tokens-per-day', scopes: ['in-region', 'geo'], limit};
	const quota = kinds.get(`${unit} ${period}`.toLowerCase());
	const scopes = scopeNames.get(where.toLowerCase());
	return quota && scopes && {model, quota, scopes, limit};
};
