import type {OutcomeClass} from '../../domain/calls/call.ts';

/** What a row can be found by. A field that its pane does not know is absent. */
export type Traits = {
	readonly model?: string | undefined;
	/** The called id, however it is spelt. */
	readonly profile?: string | undefined;
	readonly who?: string | undefined;
	readonly region?: string | undefined;
	readonly client?: string | undefined;
	/** A session's folder. */
	readonly folder?: string | undefined;
	readonly outcome?: OutcomeClass | undefined;
	/** The error's own name. */
	readonly error?: string | undefined;
	readonly provider?: string | undefined;
	readonly isMine?: boolean | undefined;
	readonly isTrouble: boolean;
};

type Field = 'model' | 'who' | 'region' | 'client' | 'folder' | 'outcome' | 'provider';

/** Other names of the fields, as people try them. */
const fields: Readonly<Record<string, Field>> = {
	model: 'model',
	who: 'who',
	caller: 'who',
	user: 'who',
	region: 'region',
	client: 'client',
	folder: 'folder',
	session: 'folder',
	cwd: 'folder',
	outcome: 'outcome',
	is: 'outcome',
	provider: 'provider',
};

export type Term = {
	readonly field?: Field | undefined;
	/** Lower case. */
	readonly value: string;
	readonly isNot: boolean;
};

/** `haiku`, `!ok`, `who:alice`, `region:us-west-2`: blanks between terms mean and, `!` means not. */
export const parseFilter = (source: string): readonly Term[] =>
	source
		.split(/\s+/)
		.map((word): Term => {
			const isNot = word.startsWith('!') || word.startsWith('-');
			const bare = isNot ? word.slice(1) : word;
			const colon = bare.indexOf(':');
			const field = colon > 0 ? fields[bare.slice(0, colon).toLowerCase()] : undefined;
			const value = (field === undefined ? bare : bare.slice(colon + 1)).toLowerCase();
			return {isNot, value, ...(field !== undefined && {field})};
		})
		.filter(({value}) => value !== '');

const outcomes: readonly string[] = ['ok', 'refused', 'throttled', 'failed'] satisfies readonly OutcomeClass[];

const includes = (text: string | undefined, value: string) => text?.toLowerCase().includes(value) === true;

/** Undefined where the row has nothing that the term is about: then the term says nothing of it. */
const matches = (traits: Traits, {field, value}: Term): boolean | undefined => {
	const {model, profile, who, region, client, folder, outcome, error, provider} = traits;
	if (field === 'outcome') return outcome === undefined ? undefined : outcome === value || includes(error, value);
	if (field === 'model') return includes(model, value) || includes(profile, value);
	if (field === 'region') return region === undefined ? undefined : includes(region, value);
	if (field !== undefined) return traits[field] === undefined ? undefined : includes(traits[field], value);
	// `ok` as a part of a word would find people and clients.
	if (outcomes.includes(value)) return outcome === undefined ? undefined : outcome === value;
	return [model, profile, who, region, client, folder, error, provider].some(text => includes(text, value));
};

/** What of the rows is to be seen. */
export type RowFilter = {
	readonly terms: readonly Term[];
	readonly isTroubleOnly: boolean;
	readonly isMineOnly: boolean;
};

export const openFilter: RowFilter = {terms: [], isTroubleOnly: false, isMineOnly: false};

const isOpen = ({terms, isTroubleOnly, isMineOnly}: RowFilter): boolean =>
	terms.length === 0 && !isTroubleOnly && !isMineOnly;

/** Whether a row passes. A term about something that rows of its kind do not have lets it pass. */
const passes = (filter: RowFilter, traits: Traits): boolean => {
	if (filter.isTroubleOnly && !traits.isTrouble) return false;
	if (filter.isMineOnly && traits.isMine === false) return false;
	return filter.terms.every(term => {
		const isMatch = matches(traits, term);
		return isMatch === undefined || isMatch !== term.isNot;
	});
};

/** The rows that pass. */
export const filterRows = <Row>(
	filter: RowFilter,
	rows: readonly Row[],
	traitsOf: (row: Row) => Traits,
): readonly Row[] => (isOpen(filter) ? rows : rows.filter(row => passes(filter, traitsOf(row))));
