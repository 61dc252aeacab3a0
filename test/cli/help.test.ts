import {expect, test} from 'vitest';
import {optionsFor} from '../../source/cli/arguments.ts';
import {commandNames} from '../../source/cli/commands.ts';
import {help, helpFor} from '../../source/cli/help.ts';
import {flagOf} from '../../source/cli/options.ts';

const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length));

test('the help names every option and command in 100 columns', () => {
	for (const name of optionsFor(undefined)) expect(help).toContain(flagOf(name));
	for (const name of commandNames) expect(help).toContain(`$ bedtop ${name}`);
	expect(widest(help)).toBeLessThanOrEqual(102);
});

test('the help of a command has its form, its words, what stands behind it and its options', () => {
	expect(helpFor('replay')).toBe(`bedtop replay

  Usage
    $ bedtop replay FILE [OPTIONS]  the live monitor over a recording; --speed 10, --json and --once
                                    too
    FILE                            what --record wrote, or the folder of --black-box

  Options
    --once             one round of every source as text (also when stdout is no terminal)
    --json             one round as one JSON object
    --theme NAME       colours
    --ascii            no signs but ASCII
    --speed N          how many times as fast
    -h, --help         how to use it

  bedtop --help lists the options that all commands have in common.
`);
});

test.each(commandNames)('the help of %s fits into 100 columns', command => {
	expect(widest(helpFor(command))).toBeLessThanOrEqual(102);
});

test.each([
	['prices', '--refresh'],
	['status', '--format F'],
	['doctor', '--no-aws'],
	['completion', 'SHELL'],
	['help', '[COMMAND]'],
] as const)('the help of %s names %s', (command, part) => expect(helpFor(command)).toContain(part));
