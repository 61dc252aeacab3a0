import {expect, test} from 'vitest';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {type Action, initialState, reduce} from '../../source/state/state.ts';
import {everyAction} from '../support/every-action.ts';
import {settingsSince} from '../support/settings.ts';

const now = Date.UTC(2026, 10, 23, 12);
const fresh = () => initialState(defaultBook, settingsSince(now - 24 * 3_600_000));

const configured = (override: string): Action => {
	const base: Configuration = {
		...{provider: 'bedrock', providerFrom: {kind: 'no-switch'}},
		...{region: 'us-east-1', regionFrom: {kind: 'claude-code-default'}},
		...{regionPrefix: 'us', findings: [], modelOverrides: new Map([['claude-opus-5-5', override]])},
	};
	return {type: 'configuration', base, byFolder: new Map([['/home/dev/shop', base]])};
};

test('another override of a model is a change, however deep it lies', () => {
	const before = reduce(fresh(), configured('arn:aws:bedrock:us-east-1:1:application-inference-profile/one'));
	const after = reduce(before, configured('arn:aws:bedrock:us-east-1:1:application-inference-profile/two'));
	expect(after).not.toBe(before);
	expect(reduce(after, configured('arn:aws:bedrock:us-east-1:1:application-inference-profile/two'))).toBe(after);
});

test.each(
	everyAction(now)
		.filter(({type}) => !['request', 'progress', 'bill', 'prerequisites', 'opinions', 'status'].includes(type))
		.map(action => [action.type, action] as const),
)('%s that is told again leaves the state the same object', (_, action) => {
	const once = reduce(fresh(), action);
	expect(reduce(once, structuredClone(action))).toBe(once);
});
