import type {Amount} from '../../domain/money/amount.ts';
import {promptTokens} from '../../domain/money/usage.ts';
import {causes} from '../../domain/refusals/causes/index.ts';
import type {Configuration} from '../../domain/routing/configuration.ts';
import {isBehindGateway, type SessionRoute} from '../../domain/routing/routing.ts';
import type {SessionSpend} from '../../domain/spend/session-spend.ts';
import type {Overview} from '../../state/overview.ts';
import {formatCount, formatFolder} from '../text/format.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {calledModel, shortModel} from '../text/model-name.ts';
import {costText, moneyText, unloggedText} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {evidenceWords} from '../words/evidence.ts';
import {routingFindingWords} from '../words/routing-finding.ts';
import {agentLines} from './agents.ts';
import type {Card} from './card.ts';
import {clipboardLine, type Field, fieldsOf, heading, paragraph, titleOf} from './fields.ts';
import {agoWords, cacheShareWords, momentWords, providerWords} from './words.ts';

type CardInput = {readonly width: number; readonly home?: string | undefined};

const factFields = ({cwd, version}: SessionRoute, id: string, home: string | undefined) => [
	{label: 'folder', value: cwd === undefined ? 'not known' : formatFolder(cwd, home), style: 'strong' as const},
	{label: 'session', value: id},
	{label: 'Claude Code', value: version},
];

/** Where the region comes from; a record of CloudTrail outranks settings, which only the next session will use. */
const regionField = ({region, auditedAt}: SessionRoute, configuration: Configuration | undefined): Field => {
	const isAudited = auditedAt !== undefined && region !== configuration?.region;
	const from = configuration && evidenceWords(configuration.regionFrom);
	return {label: 'region', value: region, note: isAudited ? "from CloudTrail's record" : from};
};

const modelFields = (
	{sessionId, proven, configured}: SessionRoute,
	{state: {models, resolutions}, downgrades}: Overview,
	configuration: Configuration | undefined,
): readonly Field[] => {
	const attached = models.get(sessionId)?.at(-1)?.model;
	const fallen = downgrades.find(downgrade => downgrade.sessionId === sessionId);
	const isKnown = configured !== 'unknown';
	return [
		{
			label: 'model pinned',
			value: configuration?.model ?? (isKnown ? "none: Claude Code's own choice" : undefined),
			note: configuration?.modelFrom && evidenceWords(configuration.modelFrom),
		},
		{label: 'told to be', value: attached},
		{label: 'asked for', value: proven?.requestedModel},
		{
			label: 'answered by',
			value: proven && calledModel(proven.model, resolutions),
			note: proven && 'the bare name, which is the same with every provider',
		},
		{
			label: 'fell back',
			value: fallen && `▲ to ${shortModel(fallen.to)}, because ${shortModel(fallen.from)} is refused`,
			style: 'warn',
		},
	];
};

const configuredField = ({configured, gateway}: SessionRoute, configuration: Configuration | undefined): Field => {
	const common = {label: 'configured', note: configuration && evidenceWords(configuration.providerFrom)};
	if (configured === 'unknown') return {...common, value: '? settings of its folder not read', style: 'dim'};
	if (gateway !== undefined) {
		const value = `▲ ${configured === 'gateway' ? '' : `${configured} through `}gateway ${gateway.host ?? '?'}`;
		return {...common, value, style: 'warn'};
	}
	const isBedrock = configured === 'bedrock' || configured === 'mantle';
	return {...common, value: `${isBedrock ? '✓' : '✗'} ${configured}`, style: isBedrock ? 'good' : 'bad'};
};

const prefixes = {bedrock: 'msg_bdrk_', 'first-party': 'msg_01', vertex: 'msg_vrtx_'} as const;

/** Another provider than Bedrock is wrong only where Bedrock was configured. */
const looksOfOther = (isDiverged: boolean) => (isDiverged ? (['✗', 'bad'] as const) : (['▲', 'warn'] as const));

const repliedField = ({proven, provenBy, diverged}: SessionRoute, now: number): Field => {
	const label = 'replied';
	if (proven === undefined) return {label, value: '? no reply seen yet', style: 'dim'};
	const {provider, at} = proven;
	const age = agoWords(at, now);
	if (provider === 'unknown') return {label, value: `? ${age}, but its id tells no provider`, style: 'warn'};
	const [shape, style] = provider === 'bedrock' ? (['✓', 'good'] as const) : looksOfOther(diverged);
	const id = `its id begins with ${prefixes[provider]}`;
	return {
		label,
		value: `${shape} ${providerWords[provider]}, ${age}`,
		style,
		note: provenBy === 'cloudtrail' ? 'its id tells nothing, CloudTrail has the same request' : id,
	};
};

const auditedField = ({auditedAt, auditedBy}: SessionRoute, now: number): Field => {
	const label = 'audited';
	if (auditedAt === undefined) {
		return {label, value: '? not in CloudTrail yet', style: 'dim', note: 'records come 5 to 90 minutes late'};
	}
	const isExact = auditedBy === 'request-id';
	const note = isExact ? 'the same request id' : 'likely: the same principal, model and minute';
	return {label, value: `✓ by CloudTrail, ${agoWords(auditedAt, now)}`, style: 'good', note};
};

const runningField = ({running, pid}: SessionRoute): Field => ({
	label: 'running',
	value: running ? `✓ pid ${pid ?? '?'}` : '? ended',
	style: running ? 'good' : 'dim',
});

/** A restart with its conversation; only for ids that are safe to be typed. */
const restartWords = (sessionId: string): string =>
	/^[\w-]{8,64}$/.test(sessionId) ? `quit it, then claude --resume ${sessionId}` : 'quit it and start it again';

const findingLines = ({findings, diverged, running, sessionId}: SessionRoute, width: number): readonly Line[] => {
	if (findings.length === 0) return [];
	const sentences = findings.flatMap(finding => paragraph(`▲ ${routingFindingWords(finding)}`, width, 'warn'));
	const restart = diverged && running ? paragraph(`→ ${restartWords(sessionId)}`, width, 'strong') : [];
	return [...heading('Findings', width), ...sentences, ...restart];
};

const replies = (amount: Amount) => plural(amount.calls, 'reply');

const apartFields = ({elsewhere, unproven}: SessionSpend): readonly Field[] => [
	{
		label: 'elsewhere',
		value: elsewhere.calls === 0 ? undefined : `▲ ${replies(elsewhere)}, ${moneyText(elsewhere)} at list price`,
		style: 'warn',
		note: 'not from Bedrock, not in the sum',
	},
	{
		label: 'unproven',
		value: unproven.calls === 0 ? undefined : `? ${replies(unproven)} of unproven origin`,
		style: 'warn',
		note: 'not in the sum',
	},
];

/** Of a compaction or a recap that no cost-state covers nothing is known but that it was billed. */
const costNote = (sessionId: string, {lowerBound}: Amount, {unlogged}: Overview['state']): string => {
	const isCompacted = lowerBound && unlogged.compactions.has(sessionId);
	return isCompacted ? 'estimate, at least: some calls were billed but not written down' : 'estimate';
};

const spendLines = (sessionId: string, {costOf, state, spend, now}: Overview, width: number): readonly Line[] => {
	const {spend: sums} = costOf(sessionId);
	const {bedrock} = sums;
	const {usage} = bedrock;
	const fields: readonly Field[] = [
		{label: 'cost', value: costText(bedrock), style: 'strong', note: costNote(sessionId, bedrock, state)},
		{label: 'of that', value: unloggedText(bedrock)},
		{label: 'calls', value: formatCount(bedrock.calls)},
		{
			label: 'tokens',
			value: `in ${formatCount(promptTokens(usage))} · out ${formatCount(usage.output)}`,
			note: cacheShareWords(usage),
		},
	];
	const own =
		bedrock.calls === 0 ? paragraph('No reply of Bedrock in this window.', width, 'dim') : fieldsOf(fields, width);
	const title = `Spend since ${momentWords(spend.since, now)}`;
	return [...heading(title, width), ...own, ...fieldsOf(apartFields(sums), width)];
};

const refusalLines = (sessionId: string, {refusals, state, now}: Overview, width: number): readonly Line[] => {
	const own = refusals.filter(({sessionIds}) => sessionIds.includes(sessionId));
	if (own.length === 0) return [];
	const lines = own.flatMap(({model, cause, count, lastAt, fix}) => [
		...paragraph(
			`✗ ${calledModel(model, state.resolutions)} ×${formatCount(count)} ${causes[cause].label}, ${agoWords(lastAt, now)}`,
			width,
			'bad',
		),
		...(fix === undefined ? [] : paragraph(`→ ${fix.text}`, width)),
	]);
	return [...heading('Refused', width), ...lines];
};

const shapeOf = (session: SessionRoute): readonly [shape: string, style: Style] => {
	const {proven, diverged} = session;
	if (!diverged && (proven === undefined || proven.provider === 'unknown')) return ['?', 'dim'];
	if (isBehindGateway(session) && !diverged) return ['▲', 'warn'];
	return proven?.provider === 'bedrock' && !diverged ? ['✓', 'good'] : looksOfOther(diverged);
};

/** A session: what it is told to use, what proves what it uses, and what that costs. */
export const sessionCard = (overview: Overview, sessionId: string, {width, home}: CardInput): Card | undefined => {
	const session = overview.sessions.find(one => one.sessionId === sessionId);
	if (session === undefined) return undefined;
	const {now, state} = overview;
	const configuration = session.cwd === undefined ? undefined : state.configurations.get(session.cwd);
	const [shape, style] = shapeOf(session);
	const name = session.cwd === undefined ? sessionId : formatFolder(session.cwd, home);
	const proof = [
		configuredField(session, configuration),
		runningField(session),
		repliedField(session, now),
		auditedField(session, now),
	];
	const facts = [
		...factFields(session, sessionId, home),
		regionField(session, configuration),
		...modelFields(session, overview, configuration),
	];
	return {
		title: titleOf([span(`${shape} `, style), span(name, 'strong')], width),
		body: [
			...fieldsOf(facts, width),
			...heading('Chain of proof', width),
			...fieldsOf(proof, width),
			...findingLines(session, width),
			...spendLines(sessionId, overview, width),
			...agentLines(overview.costOf(sessionId), now, width),
			...refusalLines(sessionId, overview, width),
		],
		copy: {text: clipboardLine(sessionId), what: 'the session id'},
	};
};
