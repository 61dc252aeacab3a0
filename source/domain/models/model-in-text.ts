/** What Claude Code or AWS adds after what went wrong: models named from there on were not called. */
const advice = /[.·—,;] ?(?:try|run|use|switch|consider|did you mean)\b/i;

const anId = '(?:[a-z-]{2,6}\\.)?anthropic\\.claude-[\\w.:-]{0,100}\\w';

const patterns: readonly RegExp[] = [
	// `API Error (us.anthropic.…): 400 …`, which Claude Code writes for the model it called.
	/\bAPI Error \(([\w.:/-]{3,200}(?:\[1m\])?)\)/,
	/arn:[\w-]+:bedrock:[\w-]*:\d*:(?:foundation-model|inference-profile|application-inference-profile)\/([\w.:-]*\w)/,
	// `There's an issue with the selected model (claude-opus-5-5)`: other releases instead of the same.
	/\bselected model \(([\w.:/-]{3,200}(?:\[1m\])?)\)/,
	// `The model us.anthropic.… is not available on your bedrock deployment`: Claude Code 2.1.330 instead of AWS's 404.
	new RegExp(`\\bmodel (?:ID )?["'\`]?([\\w.:/-]{0,100}${anId})`, 'i'),
	new RegExp(`(?<![\\w.-])(${anId})`),
];

/** The model that an error's message says was called; none where it only suggests one to call instead. */
export const modelInText = (message: string): string | undefined => {
	const until = message.search(advice);
	const said = until === -1 ? message : message.slice(0, until);
	for (const pattern of patterns) {
		const found = pattern.exec(said)?.[1];
		if (found !== undefined) return found;
	}
	return undefined;
};
