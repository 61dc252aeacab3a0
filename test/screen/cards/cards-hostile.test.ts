import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {metricsKey} from '../../../source/domain/metrics/metrics.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {refusalKey} from '../../../source/domain/refusals/refusals.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {callCard} from '../../../source/screen/cards/call.ts';
import type {Card} from '../../../source/screen/cards/card.ts';
import {modelCard} from '../../../source/screen/cards/model.ts';
import {refusalCard} from '../../../source/screen/cards/refusal.ts';
import {sessionCard} from '../../../source/screen/cards/session.ts';
import {lineWidth} from '../../../source/screen/text/line.ts';
import {paint} from '../../../source/screen/text/theme.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, initialState, reduce} from '../../../source/state/state.ts';
import {hostileText} from '../../support/hostile-text.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15).getTime();

const turn: Turn = {
	id: 'msg_bdrk_1',
	requestId: hostileText('request'),
	at: now - 1000,
	sessionId: hostileText('session'),
	cwd: hostileText('cwd'),
	version: hostileText('version'),
	model: hostileText('model'),
	requestedModel: hostileText('us.anthropic.claude'),
	provider: 'bedrock',
	usage: {input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0},
	lowerBound: false,
	sidechain: true,
};

const call = (outcome: string, requestId: string): Call => ({
	eventId: hostileText(outcome),
	requestId,
	at: now - 2000,
	operation: hostileText('operation'),
	profile: hostileText('profile'),
	region: hostileText('region'),
	ranIn: hostileText('ranIn'),
	principal: {kind: 'sso', name: hostileText('name'), arn: hostileText('arn'), accountId: hostileText('account')},
	client: hostileText('claude-cli/2.1.330'),
	bearer: true,
	sourceAddress: hostileText('address'),
	vpcEndpointId: hostileText('vpce'),
	vpcEndpointAccountId: hostileText('owner'),
	endpointHost: hostileText('host'),
	tlsVersion: hostileText('tls'),
	outcome,
	message: hostileText('message'),
	tokens: {input: 1, output: 2},
});

const evidence = {
	kind: 'set' as const,
	variable: hostileText('variable'),
	value: hostileText('value'),
	from: hostileText('from'),
};

const configuration = {
	...{provider: 'bedrock' as const, providerFrom: evidence, region: hostileText('region'), regionFrom: evidence},
	...{
		regionPrefix: 'us',
		model: hostileText('pin'),
		modelFrom: evidence,
		findings: [{...evidence, kind: 'not-a-region' as const}],
	},
};

const arn = 'arn:aws:sts::123456789012:assumed-role/Developer/alice';
const failure = (message: string, id: string): LocalFailure => ({
	...{id, at: now, sessionId: turn.sessionId, status: 403, message, model: hostileText('model')},
});

const calls = [call('ok', hostileText('request')), call(hostileText('AccessDenied'), hostileText('other'))];

const actions: readonly Action[] = [
	{type: 'configuration', base: configuration, byFolder: new Map([[turn.cwd as string, configuration]])},
	{type: 'sessions', sessions: [{pid: 1, sessionId: turn.sessionId, cwd: turn.cwd as string, running: true}]},
	{
		type: 'slice',
		source: 'identity',
		value: {kind: 'sso', name: hostileText('me'), arn: hostileText('arn'), accountId: hostileText('account')},
	},
	{
		type: 'transcripts',
		turns: [turn, {...turn, id: 'msg_01x', provider: 'first-party', at: now - 5000}],
		failures: [
			failure(hostileText('message'), 'f1'),
			failure(
				`User: ${arn} is not authorized to perform: bedrock:InvokeModel on resource: ${hostileText('arn:aws:bedrock:us-east-1::foundation-model/x')} because no identity-based policy allows it`,
				'f2',
			),
		],
		models: [{sessionId: turn.sessionId, model: hostileText('told'), at: now}],
	},
	{type: 'trail', records: calls.map(entry => ({kind: 'call', call: entry}))},
	{
		type: 'metrics',
		updates: [
			{
				...{region: hostileText('region'), profile: hostileText('profile')},
				points: [
					['Invocations', [[now - 60_000, 3]]],
					['OutputTokenCount', [[now - 60_000, Number.MAX_VALUE]]],
				],
			},
		],
		keepSince: 0,
	},
];

const view = overview(actions.reduce(reduce, initialState(defaultBook, settingsSince(now - 3_600_000))), now);

const cardsAt = (width: number): readonly (readonly [name: string, card: Card | undefined])[] => [
	...calls.map(({eventId}, index) => [`call ${index}`, callCard(view, eventId, {width, home: '/home/x'})] as const),
	...view.refusals.map((one, index) => [`refusal ${index}`, refusalCard(view, refusalKey(one), {width})] as const),
	['session', sessionCard(view, turn.sessionId, {width})],
	...[...view.state.metrics.values()].map(
		one => ['model', modelCard(view, metricsKey(one), {width, height: 30})] as const,
	),
	...view.spend.models.map(one => ['spend', modelCard(view, one.profile ?? '', {width, height: 30})] as const),
];

describe.each([20, 36, 60, 100, 160])('at %i columns', width => {
	test.each(cardsAt(width))('the card of a %s shows what others chose, and lets it do nothing', (_, card) => {
		if (card === undefined) throw new Error('no card');
		for (const line of [card.title, ...card.body]) {
			expect(lineWidth(line)).toBeLessThanOrEqual(width);
			expect(stripVTControlCharacters(paint(line))).not.toMatch(
				/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029]/u,
			);
		}
		expect(card.body.length).toBeLessThan(100_000 / width);
	});
});

test('there is a card of everything', () => {
	expect(cardsAt(60).map(([name]) => name)).toEqual(
		expect.arrayContaining(['call 0', 'call 1', 'refusal 0', 'refusal 1', 'session', 'model', 'spend']),
	);
});

test('nothing that a terminal obeys or a shell runs gets to the clipboard', () => {
	for (const [, card] of cardsAt(60)) {
		const {text = '', what = ''} = card?.copy ?? {};
		expect(what).not.toBe('');
		expect(text.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
		if (what !== 'the IAM policy') expect(text).not.toMatch(/\n/);
		expect(text.length).toBeLessThanOrEqual(20_000);
	}
});
