import {closeSync, constants, fchmodSync, fstatSync, lstatSync, mkdirSync, openSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {codeOf} from '../files/file-error.ts';
import {refuse, requirePlain} from '../files/plain-file-sync.ts';

const {O_RDWR, O_RDONLY, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;

/** Where the history is kept below bedtop's own folder. */
export const historyPath = (directory: string): string => join(directory, 'history.sqlite');

/** What SQLite keeps beside a database while it is written. */
const companions = ['-wal', '-shm', '-journal'];

const requirePlainCompanions = (path: string) => {
	for (const ending of companions) {
		const stats = lstatSync(path + ending, {throwIfNoEntry: false});
		if (stats !== undefined) requirePlain(stats, path + ending);
	}
};

/** What tells a file from another one that later has its name. */
export const identityOf = (path: string): string | undefined => {
	const stats = lstatSync(path, {throwIfNoEntry: false});
	return stats && `${stats.dev}:${stats.ino}`;
};

const isDenied = (error: unknown) => ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error));

const openPrivately = (path: string): {readonly file: number; readonly isReadOnly: boolean} => {
	try {
		return {file: openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600), isReadOnly: false};
	} catch (error) {
		if (!isDenied(error)) throw error;
		return {file: openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), isReadOnly: true};
	}
};

const ownerOnly = 0o600;

/**
 * Sees to it that there is a plain file that only its owner can read, before SQLite opens it: SQLite would follow a link,
 * and would create files that everybody may read. Says whether it can only be read. Throws the file system's error.
 */
export const prepareFile = (directory: string, path: string): {readonly isReadOnly: boolean} => {
	try {
		mkdirSync(directory, {recursive: true, mode: 0o700});
	} catch (error) {
		if (!isDenied(error)) throw error;
	}
	const before = lstatSync(path, {throwIfNoEntry: false});
	if (before?.isSymbolicLink()) throw refuse('ELOOP', path);
	if (before !== undefined) requirePlain(before, path);
	requirePlainCompanions(path);
	const {file, isReadOnly} = openPrivately(path);
	try {
		const stats = fstatSync(file);
		requirePlain(stats, path);
		if (!isReadOnly && (stats.mode & 0o777) !== ownerOnly) fchmodSync(file, ownerOnly);
		return {isReadOnly};
	} finally {
		closeSync(file);
	}
};

/** Gives a damaged database another name, beside the old one: nothing is ever thrown away. Throws the file system's error. */
export const setAside = (path: string, now: number): string => {
	const day = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
	const aside = `${path.replace(/\.sqlite$/, '')}.damaged-${day}-${process.pid}.sqlite`;
	renameSync(path, aside);
	for (const ending of companions) {
		const isThere = lstatSync(path + ending, {throwIfNoEntry: false}) !== undefined;
		if (isThere) renameSync(path + ending, aside + ending);
	}
	return aside;
};
