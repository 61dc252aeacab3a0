/** What was typed or written, and everything that it could have been. */
export type Misspelling = {readonly written: string; readonly known: readonly string[]};

/** A wrong command line or config file: one sentence for the person; the program ends with exit code 64. */
export class UsageError extends Error {
	readonly misspelling: Misspelling | undefined;

	constructor(sentence: string, misspelling?: Misspelling) {
		super(sentence);
		this.misspelling = misspelling;
	}
}
