/**
 * The Claude models of Bedrock by their foundation-model ids, each with the name people use. Ids as in the model cards:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html
 */
const models: readonly (readonly [id: string, name: string])[] = [
	['anthropic.claude-fable-5-2', 'fable-5.2'],
	['anthropic.claude-fable-5-1', 'fable-5.1'],
	['anthropic.claude-fable-5', 'fable-5'],
	['anthropic.claude-mythos-5-2', 'mythos-5.2'],
	['anthropic.claude-mythos-5-1', 'mythos-5.1'],
	['anthropic.claude-mythos-5', 'mythos-5'],
	['anthropic.claude-opus-5-5', 'opus-5.5'],
	['anthropic.claude-opus-5', 'opus-5'],
	['anthropic.claude-opus-4-8', 'opus-4.8'],
	['anthropic.claude-opus-4-7', 'opus-4.7'],
	['anthropic.claude-opus-4-6-v1', 'opus-4.6'],
	['anthropic.claude-opus-4-5-20251101-v1:0', 'opus-4.5'],
	['anthropic.claude-opus-4-1-20250805-v1:0', 'opus-4.1'],
	['anthropic.claude-opus-4-20250514-v1:0', 'opus-4'],
	['anthropic.claude-sonnet-5-5', 'sonnet-5.5'],
	['anthropic.claude-sonnet-5', 'sonnet-5'],
	['anthropic.claude-sonnet-4-6', 'sonnet-4.6'],
	['anthropic.claude-sonnet-4-5-20250929-v1:0', 'sonnet-4.5'],
	['anthropic.claude-sonnet-4-20250514-v1:0', 'sonnet-4'],
	['anthropic.claude-haiku-5-5', 'haiku-5.5'],
	['anthropic.claude-haiku-4-5-20251001-v1:0', 'haiku-4.5'],
	['anthropic.claude-3-5-haiku-20241022-v1:0', 'haiku-3.5'],
	['anthropic.claude-3-7-sonnet-20250219-v1:0', 'sonnet-3.7'],
	['anthropic.claude-3-5-sonnet-20241022-v2:0', 'sonnet-3.5-v2'],
	['anthropic.claude-3-5-sonnet-20240620-v1:0', 'sonnet-3.5'],
	['anthropic.claude-3-sonnet-20240229-v1:0', 'sonnet-3'],
	['anthropic.claude-3-haiku-20240307-v1:0', 'haiku-3'],
	['anthropic.claude-3-opus-20240229-v1:0', 'opus-3'],
];

/** Each canonical id with its short name. A Map, because ids from outside are looked up in it. */
export const knownModels: ReadonlyMap<string, string> = new Map(models);

/**
 * The other spellings in use: without `:0`, without the version, without the date (Mantle and transcripts), and `:0` put
 * where AWS has none (`…-opus-4-6-v1:0`).
 */
const spellings = (id: string): readonly string[] => {
	const withoutRevision = id.replace(/:\d+$/, '');
	const withoutVersion = withoutRevision.replace(/-v\d+$/, '');
	const withRevision = id.endsWith('-v1') ? [`${id}:0`] : [];
	return [id, ...withRevision, withoutRevision, withoutVersion, withoutVersion.replace(/-\d{8}$/, '')];
};

const collect = (): ReadonlyMap<string, string> => {
	const found = new Map<string, Set<string>>();
	for (const [id] of models) {
		for (const spelling of spellings(id)) found.set(spelling, (found.get(spelling) ?? new Set()).add(id));
	}
	// A spelling that two models share (3.5 Sonnet without its date) names neither of them.
	const unique = [...found].filter(([, ids]) => ids.size === 1);
	return new Map(unique.map(([spelling, ids]) => [spelling, [...ids][0] as string]));
};

const canonical = collect();

/** The canonical id of any exact spelling of a known model; never a guess by likeness. */
export const canonicalModel = (id: string): string | undefined => canonical.get(id);
