import {execFileSync} from 'node:child_process';

/**
 * The tests that spawn the program run what a person would run: the built bundle of these very sources. The schema of
 * the config file is not written anew, so that a test can tell that it is stale.
 */
export const setup = (): void => {
	execFileSync(process.execPath, ['.config/build.ts'], {stdio: 'inherit'});
};
