import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {entryLine} from '../../../source/app/recording/recording-format.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {readDenial} from '../../../source/domain/refusals/denial.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {actionField} from '../../../source/sources/registry.ts';
import {overview} from '../../../source/state/overview.ts';
import {createAliases} from '../../../source/state/redaction/aliases.ts';
import {createMasker} from '../../../source/state/redaction/mask.ts';
import {createNames} from '../../../source/state/redaction/names.ts';
import {createRedactor} from '../../../source/state/redaction/redact.ts';
import {inStandardWords} from '../../../source/state/redaction/standard-texts.ts';
import {actionsOf} from '../../../source/state/snapshot.ts';
import {type Action, initialState, reduce, type State} from '../../../source/state/state.ts';
import {everyAction} from '../../support/every-action.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const stateOf = (actions: readonly Action[]): State =>
	actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000)));
const redactAll = (actions: readonly Action[]): readonly Action[] => {
	const redact = createRedactor(actionField);
	return actions.map(redact).filter(action => action !== undefined);
};
const linesOf = (actions: readonly Action[]): string => actions.map(action => entryLine({at: now, action})).join('');

/** Words of our own: nobody else's string ever stands there. */
const ours = new Set([
	'type',
	'source',
	'kind',
	'state',
	'phase',
	'decision',
	'deniedBy',
	'scope',
	'namespace',
	'provider',
]);

/** The same with another string in the place of each, wherever one stands. */
const planted = (value: unknown, plant: (text: string) => string, key = ''): unknown => {
	if (typeof value === 'string') return ours.has(key) ? value : plant(value);
	if (value instanceof Map)
		return new Map([...value].map(([name, item]) => [plant(String(name)), planted(item, plant)] as const));
	if (Array.isArray(value)) {
		// A pair of a metric's name and its points.
		const isPoints = value.length === 2 && typeof value[0] === 'string' && Array.isArray(value[1]);
		return isPoints ? value : value.map(item => planted(item, plant, key));
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => {
			const isSource = name === 'name' && 'phase' in value;
			return [name, isSource ? item : planted(item, plant, name)];
		}),
	);
};

describe('nothing of a string that stands anywhere gets into a recording', () => {
	const canary = 'CaNaRy4711';
	test.each([
		['in its place', () => canary],
		['before it', (text: string) => `${canary}${text}`],
		['behind it', (text: string) => `${text}${canary}`],
		['as a word behind it', (text: string) => `${text} ${canary}`],
		['as a last segment', (text: string) => `${text}/${canary}`],
		['within it', (text: string) => `${text.slice(0, 5)}${canary}${text.slice(5)}`],
		['behind the account', (text: string) => text.replace(/\d{12}/, `$&:${canary}`)],
		['as the session name', (text: string) => text.replace(/alice/g, canary)],
	])('%s', (_, plant) => {
		const actions = everyAction(now).map(action => planted(action, plant) as Action);
		expect(linesOf(actions)).toContain(canary);
		expect(linesOf(redactAll(actions)).toLowerCase()).not.toContain(canary.toLowerCase());
	});

	test('whatever it is made of', () => {
		const letters = fc.string({unit: fc.constantFrom(...'qzxQZX-_./:@+ '), minLength: 3, maxLength: 30});
		fc.assert(
			fc.property(letters, text => {
				const word = `qzx${text}xzq`;
				const actions = everyAction(now).map(action => planted(action, value => `${value} ${word}`) as Action);
				expect(linesOf(redactAll(actions))).not.toContain(word);
			}),
			{numRuns: 50},
		);
	});

	test('no account, person or address of the fixture is left', () => {
		const text = linesOf(redactAll([...morning(now), ...everyAction(now)]));
		expect(text).not.toMatch(/123456789012|alice|bob|192\.0\.2|vpce-|@example|Dev_0a1b|\/home\/dev/);
	});
});

describe('what a recording comes to is what happened', () => {
	const actions = [...everyAction(now), ...morning(now)];
	const [before, after] = [actions, redactAll(actions)].map(all => overview(stateOf(all), now)) as [
		ReturnType<typeof overview>,
		ReturnType<typeof overview>,
	];

	test.each([
		['money', (view: typeof before) => view.spend.models.map(({amount, calls, scope}) => [amount, calls, scope])],
		['the account’s money', (view: typeof before) => [view.account?.amount, view.account?.low, view.account?.high]],
		['calls', (view: typeof before) => view.callCount],
		['callers', (view: typeof before) => view.callers.map(({calls}) => calls)],
		['what is mine', (view: typeof before) => view.state.log.calls.filter(view.isMine).length],
		[
			'joins',
			(view: typeof before) => view.state.log.calls.filter(({requestId}) => view.join.turnOf(requestId)).length,
		],
		[
			'sessions',
			(view: typeof before) =>
				view.sessions.map(({running, diverged, proven}) => [running, diverged, proven?.provider]),
		],
		['the verdict', (view: typeof before) => view.judgement.verdict],
		['refusals', (view: typeof before) => view.refusals.map(({cause, count, seenBy}) => [cause, count, seenBy])],
	])('%s', (_, part) => {
		expect(part(after)).toEqual(part(before));
		expect(
			JSON.stringify(part(before), (_key, value) => (typeof value === 'bigint' ? String(value) : value)).length,
		).toBeGreaterThan(1);
	});
});

describe('an error said in standard words has the same cause', () => {
	const arn = 'arn:aws:iam::123456789012:user/alice';
	const perform = `User: ${arn} is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5-5`;
	test.each([
		`${perform} because no identity-based policy allows the bedrock:InvokeModel action`,
		`${perform} with an explicit deny in an identity-based policy`,
		`${perform} with an explicit deny in a service control policy: arn:aws:organizations::123456789012:policy/o-x/p-y`,
		`${perform} because no permissions boundary allows the bedrock:InvokeModel action`,
		`${perform} because no session policy allows the bedrock:InvokeModel action`,
		`${perform} because no VPC endpoint policy allows the bedrock:InvokeModel action`,
		`${perform} with an explicit deny in a resource-based policy`,
		perform,
		'User: x is not authorized to perform: aws-marketplace:Subscribe',
		'User: x is not authorized to perform: bedrock:CallWithBearerToken with an explicit deny',
		'Model access is denied due to INVALID_PAYMENT_INSTRUMENT',
		'Model use case details have not been submitted for this account. Fill out the form.',
		'Access denied. This Model is marked by provider as Legacy and you have not been actively using it.',
		'This model version has reached the end of its life.',
		"Invocation of model ID anthropic.claude-opus-5-5 with on-demand throughput isn't supported.",
		'The provided model identifier is invalid.',
		"You don't have access to the model with the specified model ID.",
		'Authentication failed: Please make sure your API key is valid.',
		'Bearer Token has expired',
		'Signature expired: 20261123T150000Z is now earlier',
		'The security token included in the request is expired',
		'The security token included in the request is invalid',
		'Token is expired. To refresh this SSO session run aws sso login',
		'Your session has expired. Please reauthenticate using aws login',
		'Too many tokens per day, please wait before trying again.',
		'Too many requests, please wait before trying again.',
		'Something nobody has ever seen',
	])('%s', message => {
		const said = inStandardWords(message, createNames(createAliases()));
		expect(readDenial({message: said})).toMatchObject({cause: readDenial({message}).cause});
		expect(readDenial({message: said}).credentials).toBe(readDenial({message}).credentials);
		expect(said).not.toMatch(/123456789012|alice|o-x/);
	});
});

test('a state comes back from the actions that describe it', () => {
	const state = stateOf([...everyAction(now), ...morning(now)]);
	const json = (from: State) => ({...toJson(overview(from, now), {version: '1', isDemo: false}), watch: undefined});
	expect(json(stateOf(actionsOf(state)))).toEqual(json(state));
});

describe('a mask hides whose account it is and leaves the rest', () => {
	const mask = createMasker(actionField);
	const masked = [...morning(now), ...everyAction(now)].map(mask);
	test('no account, caller, role or address', () => {
		expect(linesOf(masked)).not.toMatch(/123456789012|alice|bob|192\.0\.2|Dev_0a1b|vpce-|amazonaws/);
	});
	test('folders, sessions, models and causes are still there', () => {
		expect(linesOf(masked)).toMatch(/\/shop/);
		expect(linesOf(masked)).toContain('us.anthropic.claude-opus-5-5');
		const causes = (actions: readonly Action[]) =>
			overview(stateOf(actions), now).refusals.map(({cause, count}) => [cause, count]);
		expect(causes(masked)).toEqual(causes([...morning(now), ...everyAction(now)]));
	});
});
