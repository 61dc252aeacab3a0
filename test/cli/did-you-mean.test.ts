import {expect, test} from 'vitest';
import {didYouMean} from '../../source/cli/did-you-mean.ts';
import {UsageError} from '../../source/cli/usage-error.ts';

const known = ['budget', 'budgetMonth', 'theme', 'notify', '--no-aws', '--json'];

test.each([
	['budgget', ' Did you mean “budget”?'],
	['budgetmonth', ' Did you mean “budgetMonth”?'],
	['BUDGET', ' Did you mean “budget”?'],
	['themes', ' Did you mean “theme”?'],
	['--jsn', ' Did you mean --json?'],
	['noti', ' Did you mean “notify”?'],
	['bell', ''],
	['x', ''],
	['', ''],
])('“%s”%s', (written, hint) => {
	expect(didYouMean(new UsageError('', {written, known}))).toBe(hint);
});

test('what is no misspelling gets no suggestion', () => {
	expect(didYouMean(new UsageError('--region needs a value.'))).toBe('');
	expect(didYouMean(new Error('budgget'))).toBe('');
});
