import type {Call, OutcomeClass} from '../../domain/calls/call.ts';
import {callByRequestId} from '../../domain/calls/event-log.ts';
import {readCalled} from '../../domain/models/resolution.ts';
import {addPosting, noAmount} from '../../domain/money/amount.ts';
import {outcomeClass} from '../../domain/refusals/outcome.ts';
import {type FeedCall, requestOfUnaudited} from '../../domain/refusals/unaudited.ts';
import {postingOf} from '../../domain/spend/ledger.ts';
import type {Posting} from '../../domain/spend/posting.ts';
import {feedCalls} from '../../state/feed.ts';
import type {Overview} from '../../state/overview.ts';
import {formatFolder} from '../text/format.ts';
import {type Style, span, truncate} from '../text/line.ts';
import {calledModel, shortModel} from '../text/model-name.ts';
import {moneyText} from '../text/money.ts';
import {sanitize} from '../text/sanitize.ts';
import {unpricedWords} from '../words/unpriced-reason.ts';
import type {Card} from './card.ts';
import {clipboardLine, type Field, fieldsOf, heading, paragraph, titleOf} from './fields.ts';
import {agoWords, exactCount, kindWords, momentWords, providerWords, scopeFromWords, usageWords} from './words.ts';

type CardInput = {
	readonly width: number;
	/** Epoch ms; absent: that of the overview. */
	readonly now?: number | undefined;
	readonly home?: string | undefined;
};

const looks: Readonly<Record<OutcomeClass, readonly [shape: string, style: Style]>> = {
	ok: ['✓', 'good'],
	refused: ['✗', 'bad'],
	throttled: ['▲', 'warn'],
	failed: ['✗', 'bad'],
};

/** User agents of SDKs go on for lines; what they say of the machine is of no use here. */
const longestClient = 100;

const callerFields = ({principal, client}: Call, isMine: boolean): readonly Field[] => [
	{
		label: 'caller',
		value: principal.name ?? '?',
		style: 'strong',
		note: `${isMine ? 'you, ' : ''}${kindWords[principal.kind]}`,
	},
	{label: 'ARN', value: principal.arn},
	{label: 'account', value: principal.accountId},
	{label: 'client', value: client && truncate(sanitize(client), longestClient)},
];

const pathFields = (call: Call): readonly Field[] => {
	const {sourceAddress, vpcEndpointId, vpcEndpointAccountId, endpointHost, tlsVersion, bearer, principal} = call;
	const isService = sourceAddress?.endsWith('.amazonaws.com') === true;
	const isForeign = vpcEndpointAccountId !== undefined && vpcEndpointAccountId !== principal.accountId;
	return [
		{label: 'from', value: sourceAddress, note: isService ? 'a service of AWS' : undefined},
		{
			label: 'network',
			value: vpcEndpointId && `through PrivateLink ${vpcEndpointId}`,
			note: isForeign ? `of account ${vpcEndpointAccountId}` : undefined,
		},
		{label: 'endpoint', value: endpointHost, note: tlsVersion},
		{label: 'signed by', value: bearer ? 'Bedrock API key (bearer)' : 'SigV4'},
	];
};

const placeOf = ({region, ranIn}: Call): Pick<Field, 'value' | 'note'> => {
	if (ranIn === undefined) return {value: region, note: 'where it ran is not in the record'};
	return ranIn === region ? {value: region, note: 'and ran there'} : {value: `${region} → ${ranIn}`};
};

const outcomeFields = (call: Call): readonly Field[] => {
	const [shape, style] = looks[outcomeClass(call)];
	return [
		{label: 'outcome', value: `${shape} ${call.outcome}`, style},
		{label: 'AWS says', value: call.message, isProse: true},
	];
};

const modelFields = (call: Call, {state: {resolutions}}: Overview): readonly Field[] => {
	const called = call.profile === undefined ? undefined : readCalled(call.profile, resolutions);
	return [
		{label: 'operation', value: call.operation},
		{label: 'model', value: called?.model ?? '?', note: called?.reason && unpricedWords(called.reason)},
		{label: 'called as', value: call.profile},
		{label: 'region', ...placeOf(call)},
	];
};

const recordFields = ({at, requestId, eventId, tokens}: Call, now: number): readonly Field[] => [
	{
		label: 'time',
		value: `${momentWords(at, now)}, ${agoWords(at, now)}`,
		note: 'by CloudTrail, which counts whole seconds',
	},
	{label: 'request id', value: requestId ?? 'none in the record'},
	{label: 'event id', value: eventId},
	{
		label: 'tokens',
		value: tokens && `in ${exactCount(tokens.input)} · out ${exactCount(tokens.output)}`,
		note: 'as CloudTrail shows them: without those of the cache, so not priced',
	},
];

/** What a transcript knows of a call whose record has not come. */
const unauditedFields = ({at, requestId, onlyIn}: FeedCall, now: number): readonly Field[] => [
	{
		label: 'time',
		value: `${momentWords(at, now)}, ${agoWords(at, now)}`,
		note: "by this machine's clock, when the client wrote that it had failed",
	},
	{label: 'request id', value: requestId ?? 'none in the transcript'},
	{label: 'session', value: onlyIn},
];

const noRecord =
	'None yet: records come 5 to 90 minutes late, and never of calls that did not reach AWS, such as those without credentials.';

/** The call of that id; one that only a transcript told of is CloudTrail's once its record has come. */
const callOf = ({state}: Overview, eventId: string, now: number): FeedCall | undefined => {
	const requestId = requestOfUnaudited(eventId);
	if (requestId === undefined) return state.log.calls.find(one => one.eventId === eventId);
	return callByRequestId(state.log, requestId) ?? feedCalls(state, now).find(one => one.eventId === eventId);
};

const priceNote = ({quote, scope, scopeFrom}: Posting): string => {
	if (quote.state === 'unpriced') return unpricedWords(quote.reason);
	return `estimate, ${scope} price as of ${quote.price.from}; scope ${scopeFromWords[scopeFrom]}`;
};

const replyFields = (posting: Posting, {now, home}: {now: number; home: string | undefined}): readonly Field[] => {
	const {turn} = posting;
	const {cwd, sessionId, at, usage, sidechain, provider, model} = turn;
	return [
		{label: 'folder', value: cwd && formatFolder(cwd, home), note: sidechain ? 'by a subagent' : undefined},
		{label: 'session', value: sessionId},
		{label: 'reply ended', value: `${momentWords(at, now)}, ${agoWords(at, now)}`},
		{label: 'answered by', value: `${shortModel(model)} of ${providerWords[provider]}`},
		{label: 'tokens', value: usageWords(usage, exactCount)},
		{label: 'cost', value: moneyText(addPosting(noAmount, posting)), style: 'strong', note: priceNote(posting)},
	];
};

/** From this version on Claude Code writes the request id into its transcripts: measured. */
const firstWithRequestId = [2, 1, 285] as const;

const writesNoRequestId = (client: string): boolean => {
	const version = /claude-cli\/(\d{1,6})\.(\d{1,6})\.(\d{1,6})/.exec(client)?.slice(1).map(Number) ?? [];
	const differing = firstWithRequestId.findIndex((part, index) => version[index] !== part);
	return version.length > 0 && differing >= 0 && (version[differing] ?? 0) < (firstWithRequestId[differing] ?? 0);
};

/** Transcripts are written within a second; a call may still be running. */
const longestReplyMs = 10 * 60_000;

/** Why this machine knows of no reply to a call. */
const whyNoReply = (
	{requestId, client = '', outcome, at, principal}: Call,
	{
		state: {
			slices: {identity},
		},
	}: Overview,
	now: number,
) => {
	const isMyArn = identity?.arn !== undefined && principal.arn === identity.arn;
	if (identity !== undefined && !isMyArn) return 'Not yours: its reply is on the machine of whoever called.';
	if (!client.includes('claude-cli/')) return 'Not made by Claude Code: other clients write no transcript.';
	if (outcome !== 'ok') return 'The call failed, so there is no reply to price.';
	if (requestId === undefined) return 'The record has no request id to find the reply by.';
	if (writesNoRequestId(client)) {
		return 'Claude Code before 2.1.285 writes no request id into its transcripts: which reply it was cannot be told.';
	}
	if (now - at < longestReplyMs) return 'No transcript reply with this request id (yet): it may still be running.';
	return 'No transcript reply with this request id: not on this machine, or no longer kept.';
};

/** A call as CloudTrail has it, and the reply to it that this machine's transcripts hold. */
export const callCard = (overview: Overview, eventId: string, input: CardInput): Card | undefined => {
	const {state, join, isMine} = overview;
	const {width, now = overview.now, home} = input;
	const call = callOf(overview, eventId, now);
	if (call === undefined) return undefined;
	const isAudited = call.onlyIn === undefined;
	const [shape, style] = looks[outcomeClass(call)];
	const turn = join.turnOf(call.requestId);
	const posting = turn && postingOf(state.ledger, turn.id);
	const fields = [
		...outcomeFields(call),
		...callerFields(call, isMine(call) || !isAudited),
		...(isAudited ? pathFields(call) : []),
		...modelFields(call, overview),
		...(isAudited ? recordFields(call, now) : unauditedFields(call, now)),
	];
	const reply =
		posting === undefined
			? paragraph(isAudited ? whyNoReply(call, overview, now) : noRecord, width)
			: fieldsOf(replyFields(posting, {now, home}), width);
	const ids = [call.requestId && `requestID ${call.requestId}`, isAudited && `eventID ${call.eventId}`];
	return {
		title: titleOf(
			[span(`${shape} ${call.outcome} `, style), span(calledModel(call.profile, state.resolutions), 'strong')],
			width,
		),
		body: [
			...fieldsOf(fields, width),
			...heading(isAudited ? 'Reply in the transcripts' : 'Record of CloudTrail', width),
			...reply,
		],
		copy: {text: clipboardLine(ids.filter(id => id).join(' ')), what: 'request id and event id'},
	};
};
