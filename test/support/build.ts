import {execFileSync} from 'node:child_process';

/** The tests that spawn the program run what a person would run: the built bundle of these very sources. */
export const setup = (): void => {
	execFileSync('npm', ['run', '--silent', 'build'], {stdio: 'inherit'});
};
