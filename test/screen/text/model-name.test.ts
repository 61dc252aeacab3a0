import {expect, test} from 'vitest';
import type {Resolutions} from '../../../source/domain/models/resolution.ts';
import {calledModel, shortModel} from '../../../source/screen/text/model-name.ts';

const application = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const resolutions: Resolutions = new Map([
	['a1b2c3d4e5f6', {state: 'resolved', models: ['anthropic.claude-opus-5-5'], scope: 'geo'}],
]);

test.each([
	['us.anthropic.claude-opus-5-5', 'opus-5.5'],
	['claude-haiku-4-5-20251001', 'haiku-4.5'],
	['us.anthropic.claude-nova-9', 'nova-9'],
	['amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
	[application, 'a1b2c3d4e5f6'],
	['nonsense', 'nonsense'],
])('%s is %s in a narrow pane', (id, expected) => expect(shortModel(id)).toBe(expected));

test('an application profile goes by its model as soon as that is known', () => {
	expect(calledModel(application, resolutions)).toBe('opus-5.5');
	expect(calledModel(application, new Map())).toBe('a1b2c3d4e5f6');
	expect(calledModel('us.anthropic.claude-opus-5-5', new Map())).toBe('opus-5.5');
	expect(calledModel(undefined, resolutions)).toBe('?');
});
