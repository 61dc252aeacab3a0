/** What completes a value; nothing where it is the person's own. */
type Values = readonly string[] | 'file' | 'directory';

/** An option as it is typed, and whether a value follows. */
export type CompletedOption = {
	readonly flag: string;
	readonly words: string;
	readonly values?: Values | undefined;
	readonly hasValue: boolean;
	readonly isRepeatable?: boolean;
	/** Offered only behind commands that name it. */
	readonly isOfCommand?: boolean;
};

/** A command: what may follow it, and its options where it has others than the rest. */
export type CompletedCommand = {
	readonly name: string;
	readonly words: string;
	readonly operands?: Values | undefined;
	readonly flags?: readonly string[] | undefined;
};

type Table = {readonly options: readonly CompletedOption[]; readonly commands: readonly CompletedCommand[]};

/** Which options are offered: behind the commands that have their own, and everywhere else. */
const groupsOf = ({options, commands}: Table) => {
	const own = commands.flatMap(({name, flags}) =>
		flags === undefined ? [] : [{name, options: options.filter(({flag}) => flags.includes(flag))}],
	);
	return {own, usual: options.filter(({isOfCommand}) => isOfCommand !== true)};
};

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const words = (list: readonly string[]) => quote(list.join(' '));

const bash = (table: Table): string => {
	const {own, usual} = groupsOf(table);
	const {options, commands} = table;
	const offer = (values: Values) => {
		if (values === 'file') return 'compopt -o filenames 2>/dev/null; _bedtop_offer -f';
		if (values === 'directory') return 'compopt -o filenames 2>/dev/null; _bedtop_offer -d';
		return `_bedtop_offer -W ${words(values)}`;
	};
	const valued = options.filter(({hasValue}) => hasValue);
	const values = valued.map(
		({flag, values: of}) => `\t\t${flag}) ${of === undefined ? '' : `${offer(of)}; `}return ;;`,
	);
	const flags = own.map(
		({name, options: of}) => `\t\t\t${name}) _bedtop_offer -W ${words(of.map(({flag}) => flag))} ;;`,
	);
	const operands = commands.flatMap(({name, operands: of}) =>
		of === undefined ? [] : [`\t\t${name}) ${offer(of)} ;;`],
	);
	return `# bash completion for bedtop: eval "$(bedtop completion bash)"
_bedtop_offer() {
	local line
	while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$@" -- "$cur")
}

_bedtop() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= i
	COMPREPLY=()
	# --option=value comes as three words.
	if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case \${COMP_WORDS[i]} in
			${valued.map(({flag}) => flag).join('|')}) ((i++)); [[ \${COMP_WORDS[i]} == = ]] && ((i++)) ;;
			${commands.map(({name}) => name).join('|')}) command=\${COMP_WORDS[i]}; break ;;
		esac
	done
	case $prev in
${values.join('\n')}
	esac
	if [[ $cur == -* ]]; then
		case $command in
${flags.join('\n')}
			*) _bedtop_offer -W ${words(usual.map(({flag}) => flag))} ;;
		esac
		return
	fi
	case $command in
		'') _bedtop_offer -W ${words(commands.map(({name}) => name))} ;;
${operands.join('\n')}
	esac
}
complete -F _bedtop bedtop
`;
};

const zsh = (table: Table): string => {
	const {own, usual} = groupsOf(table);
	const {commands} = table;
	const action = (values: Values | undefined) => {
		if (values === undefined) return '';
		if (values === 'file') return '_files';
		return values === 'directory' ? '_files -/' : `(${values.join(' ')})`;
	};
	const inBrackets = (text: string) => text.replace(/[[\]\\]/g, '\\$&');
	const specs = (options: readonly CompletedOption[]) =>
		options.map(({flag, words: text, values, hasValue, isRepeatable}) =>
			quote(
				`${isRepeatable === true ? '*' : ''}${flag}${hasValue ? '=' : ''}[${inBrackets(text)}]${hasValue ? `:value:${action(values)}` : ''}`,
			),
		);
	const list = (options: readonly CompletedOption[]) =>
		`specs=(${specs(options)
			.map(spec => `\n\t\t\t${spec}`)
			.join('')})`;
	const groups = own.map(({name, options}) => `\t\t${name}) ${list(options)} ;;`);
	const operands = commands.flatMap(({name, operands: of}) =>
		of === undefined ? [] : [`\t\t${name}) specs+=(${quote(`2:argument:${action(of)}`)}) ;;`],
	);
	const names = commands.map(({name, words: text}) => quote(`${name}:${text.replace(/[:\\]/g, '\\$&')}`));
	return `#compdef bedtop
# zsh completion for bedtop: a file _bedtop in a folder of fpath, or source <(bedtop completion zsh)
_bedtop_commands() {
	local -a commands=(${names.map(name => `\n\t\t${name}`).join('')})
	_describe -t commands command commands
}

_bedtop() {
	local -a specs
	local command=\${words[(r)(${commands.map(({name}) => name).join('|')})]}
	case $command in
${groups.join('\n')}
		*) ${list(usual)} ;;
	esac
	case $command in
${operands.join('\n')}
	esac
	_arguments $specs '1:command:_bedtop_commands'
}

if [[ $funcstack[1] == _bedtop ]]; then _bedtop "$@"; else compdef _bedtop bedtop; fi
`;
};

const fish = (table: Table): string => {
	const {own, usual} = groupsOf(table);
	const {commands} = table;
	const text = (value: string) => `'${value.replace(/[\\']/g, '\\$&')}'`;
	const value = ({values, hasValue}: CompletedOption) => {
		if (!hasValue) return '';
		if (values === undefined) return ' -x';
		if (values === 'file') return ' -r -F';
		return ` -x -a ${values === 'directory' ? "'(__fish_complete_directories)'" : text(values.join(' '))}`;
	};
	const behind = (names: readonly string[]) => `__fish_seen_subcommand_from ${names.join(' ')}`;
	const lines = (condition: string, options: readonly CompletedOption[]) =>
		options.map(
			option =>
				`complete -c bedtop -n ${text(condition)} -l ${option.flag.slice(2)}${value(option)} -d ${text(option.words)}`,
		);
	const none = `not ${behind(commands.map(({name}) => name))}`;
	return `# fish completion for bedtop: bedtop completion fish | source
complete -c bedtop -f
${commands.map(({name, words: of}) => `complete -c bedtop -n ${text(none)} -a ${name} -d ${text(of)}`).join('\n')}
${commands
	.flatMap(({name, operands}) => {
		if (operands === undefined) return [];
		const condition = `complete -c bedtop -n ${text(behind([name]))}`;
		return [`${condition} ${Array.isArray(operands) ? `-a ${text(operands.join(' '))}` : '-F'}`];
	})
	.join('\n')}
${lines(own.length === 0 ? 'true' : `not ${behind(own.map(({name}) => name))}`, usual).join('\n')}
${own.flatMap(({name, options}) => lines(behind([name]), options)).join('\n')}
`;
};

const scripts = {bash, zsh, fish} as const;

/** A completion script made from the tables; undefined for a shell that nobody wrote one for. */
export const completionScript = (shell: string | undefined, table: Table): string | undefined =>
	Object.entries(scripts).find(([name]) => name === shell)?.[1](table);
