import type {Call} from '../../domain/calls/call.ts';
import type {CountMetric, ModelMetrics} from '../../domain/metrics/metrics.ts';
import {parseModelId} from '../../domain/models/model-id.ts';
import type {Refusal} from '../../domain/refusals/refusals.ts';
import type {SessionRoute, Verdict} from '../../domain/routing/routing.ts';
import {lastReplyAt} from '../../domain/spend/burn.ts';
import {hasSpoken, healthOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {SourceStatus} from '../../state/source-status.ts';
import {providerWords} from '../cards/words.ts';
import {metricsName, recently, shownModels} from '../panes/models.ts';
import {refusalWords} from '../panes/trouble.ts';
import {formatFolder, formatTime, formatUsd} from '../text/format.ts';
import {calledModel, shortModel} from '../text/model-name.ts';
import {moneyText, rangeText} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {sanitize} from '../text/sanitize.ts';
import {routingFindingWords} from '../words/routing-finding.ts';
import {agoSpoken, countSpoken, durationSpoken, moneySpoken, roughlySpoken, windowSpoken} from './spoken-words.ts';

type SpokenInput = {readonly isDemo: boolean; readonly home?: string | undefined};

const notRead = 'The transcripts have not been read yet.';

const verdicts: Readonly<Record<Verdict, string>> = {
	bedrock: 'Proven: the sessions are routed through Bedrock.',
	mixed: 'Mixed: some sessions are routed through Bedrock, others are not.',
	'not-bedrock': 'The sessions are not routed through Bedrock.',
	unproven: 'Nothing proves yet where the sessions are routed.',
};

const newest = (times: readonly (number | undefined)[]): number | undefined => {
	const known = times.filter(time => time !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
};

/** The chain of four lamps. What has not been seen is not disproved. */
const chainSentence = ({state, sessions, now}: Overview): string => {
	const provider = state.configuration?.provider;
	const running = sessions.filter(session => session.running).length;
	const replied = newest(sessions.map(({proven}) => (proven?.provider === 'bedrock' ? proven.at : undefined)));
	const audited = newest(sessions.map(({auditedAt}) => auditedAt));
	return `${[
		provider === undefined
			? 'The configuration has not been read yet'
			: `Configured for ${provider === 'bedrock' ? 'Bedrock' : provider === 'gateway' ? 'a gateway' : 'another provider than Bedrock'}`,
		running === 0 ? 'no session seen running' : `${plural(running, 'session')} running`,
		replied === undefined ? 'no reply from Bedrock yet' : `last reply from Bedrock ${agoSpoken(replied, now)}`,
		audited === undefined
			? 'none confirmed by CloudTrail yet'
			: `the last call that CloudTrail confirms was ${agoSpoken(audited, now)}`,
	].join('; ')}.`;
};

const refusalSentence = (refusal: Refusal, {now, state}: Overview): string => {
	const {model, caller, count, lastAt, fix} = refusal;
	const what = model === undefined ? 'a call' : calledModel(model, state.resolutions);
	const times = count > 1 ? `, ${count} times` : '';
	const who = caller === undefined ? '' : `, ${caller}`;
	const mending = fix === undefined ? '' : ` To mend it: ${fix.text}`;
	return `Refused: ${what}${times}, ${refusalWords(refusal)}${who}, ${agoSpoken(lastAt, now)}.${mending}`;
};

const alarms = ({budgets, downgrades, thrashing, fanOuts}: Overview, home: string | undefined): readonly string[] => [
	...budgets.map(({period, share, limit}) => {
		const when = period === 'day' ? 'today' : 'this month';
		return `Budget: ${Math.floor(share * 100)} percent of ${moneySpoken(formatUsd(limit))} is used ${when}.`;
	}),
	...fanOuts.map(({running, spent, isTooMany, cwd, sessionId}) => {
		const where = cwd === undefined ? sessionId : formatFolder(cwd, home);
		const what = isTooMany ? `${plural(running, 'agent')} run at once` : 'agents are dear';
		return `In ${where} ${what}: ${moneySpoken(formatUsd(spent))} in ten minutes.`;
	}),
	...downgrades.map(({from, to}) => `Answers now come from ${shortModel(to)}, because ${shortModel(from)} is refused.`),
	...thrashing.map(({cwd, sessionId}) => {
		return `The cache of ${cwd === undefined ? sessionId : formatFolder(cwd, home)} does not hold: more is written than read.`;
	}),
];

const spendSentences = ({spend, state, burn, projectedDay, account, now}: Overview): readonly string[] => {
	const {local, direct, unproven} = spend;
	const repliedAt = lastReplyAt(state.ledger, now);
	const idle = repliedAt === undefined ? '' : ` The last reply was ${agoSpoken(repliedAt, now)}.`;
	const pace = burn === undefined ? idle : ` Now ${roughlySpoken(burn)} per hour.`;
	const {answeredAt} = healthOf(state, 'cloudwatch');
	const amount = account && moneySpoken(rangeText(account));
	const isUnread = local.calls === 0 && !hasSpoken(state, 'transcripts');
	if (isUnread) return [notRead];
	return [
		`Spent ${windowSpoken(state.spanMs, state.begins)}, an estimate: ${moneySpoken(moneyText(local))} for ${plural(local.calls, 'reply')} of this machine.${pace}`,
		...(projectedDay === undefined ? [] : [`At this pace the day ends at about ${roughlySpoken(projectedDay)}.`]),
		...(account === undefined || account.tokens === 0
			? []
			: [
					`The whole account, by CloudWatch${answeredAt === undefined ? '' : ` ${agoSpoken(answeredAt, now)}`}: ${amount}.`,
				]),
		...(direct.calls === 0 ? [] : [`${plural(direct.calls, 'reply')} did not come from Bedrock.`]),
		...(unproven.calls === 0 ? [] : [`Of ${plural(unproven.calls, 'reply')} nothing proves the origin.`]),
		...spend.models.map(row => {
			const name = shortModel(row.model ?? row.profile ?? 'unknown');
			return `Model ${name}: ${plural(row.calls, 'reply')}, ${moneySpoken(moneyText(row))}.`;
		}),
	];
};

const sessionSentence = (session: SessionRoute, now: number, home: string | undefined): string => {
	const {cwd, sessionId, running, proven, model, region, findings} = session;
	const where = cwd === undefined ? sessionId : formatFolder(cwd, home);
	const proof =
		proven === undefined
			? 'no reply yet'
			: `answered by ${providerWords[proven.provider]} ${agoSpoken(proven.at, now)}`;
	const parts = [proof, model === undefined ? undefined : shortModel(model), region, running ? undefined : 'ended'];
	const said = findings
		.map(routingFindingWords)
		.map(words => ` ${words.charAt(0).toUpperCase()}${words.slice(1)}.`)
		.join('');
	return `Session ${where}: ${parts.filter(part => part !== undefined).join(', ')}.${said}`;
};

const routeWords = ({namespace, profile}: ModelMetrics): string => {
	if (namespace === 'AWS/BedrockMantle') return ' through Mantle';
	const {kind, prefix} = parseModelId(profile);
	if (kind === 'application-inference-profile') return ' through an application profile';
	return prefix === undefined ? '' : ` through the ${prefix} profile`;
};

const hourMs = 3_600_000;

const modelSentence = (model: ModelMetrics, overview: Overview, isManyRegions: boolean): string => {
	const {spanMs, begins} = overview.state;
	const {p50LatencyMs, p50FirstTokenMs} = model;
	const count = (metric: CountMetric, noun: string) => {
		const found = recently(model, metric, overview);
		return found === 0 ? undefined : `${countSpoken(found)} ${noun}${found === 1 ? '' : 's'}`;
	};
	const parts = [
		`${count('Invocations', 'call') ?? 'no calls'} ${begins === undefined ? windowSpoken(Math.max(spanMs ?? 0, hourMs)) : windowSpoken(spanMs, begins)}`,
		p50LatencyMs === undefined ? undefined : `half answered within ${durationSpoken(p50LatencyMs)}`,
		p50FirstTokenMs === undefined ? undefined : `half begun within ${durationSpoken(p50FirstTokenMs)}`,
		count('InvocationThrottles', 'throttle'),
		count('InvocationClientErrors', 'client error'),
	];
	const where = `${routeWords(model)}${isManyRegions ? ` in ${model.region}` : ''}`;
	return `Account, ${metricsName(model, overview.state)}${where}: ${parts.filter(part => part !== undefined).join(', ')}.`;
};

const callSentence = (call: Call, {state, isMine}: Overview): string => {
	const who = isMine(call) ? 'you' : (call.principal.name ?? 'an unknown caller');
	const place =
		call.ranIn === undefined || call.ranIn === call.region ? call.region : `${call.region}, run in ${call.ranIn}`;
	return `Call at ${formatTime(call.at)}: ${call.outcome}, ${calledModel(call.profile, state.resolutions)}, ${who}, ${place}.`;
};

const problemSentence = ({name, region, problem}: SourceStatus): string => {
	const fix = problem?.fix === undefined ? '' : ` To mend it: ${problem.fix}.`;
	return `Source ${name}${region === undefined ? '' : ` in ${region}`}: ${problem?.message ?? ''}${fix}`;
};

const saidCalls = 10;

/** The screen as sentences, the most important first, one per row: for people who hear it. */
export const speak = (overview: Overview, {isDemo, home}: SpokenInput): readonly string[] => {
	const {state, sessions, refusals, judgement, now, failingSince} = overview;
	const problems = [...state.sources.values()].filter(({problem}) => problem !== undefined);
	const models = shownModels(overview);
	const isManyRegions = new Set(models.map(({region}) => region)).size > 1;
	return [
		...(isDemo ? ['This is a demo with a simulated account.'] : []),
		...refusals.map(refusal => refusalSentence(refusal, overview)),
		...alarms(overview, home),
		...(failingSince === undefined ? [] : [`No call has been answered since ${formatTime(failingSince).slice(0, 5)}.`]),
		judgement.isAccountUnproven && judgement.verdict === 'bedrock'
			? 'The sessions are routed through Bedrock somewhere; in which account nothing proves yet.'
			: verdicts[judgement.verdict],
		chainSentence(overview),
		...spendSentences(overview),
		...sessions.map(session => sessionSentence(session, now, home)),
		...models.map(model => modelSentence(model, overview, isManyRegions)),
		...problems.map(problemSentence),
		...state.log.calls.slice(0, saidCalls).map(call => callSentence(call, overview)),
	].map(sanitize);
};

/** All that must be heard at once, as one text: what is wrong, the verdict, and whether anything has been read at all. */
export const urgentOf = (lines: readonly string[]): string => {
	const verdict = lines.findIndex(line => Object.values(verdicts).includes(line));
	return [...lines.slice(0, verdict + 1), lines.includes(notRead) ? notRead : ''].join('\n');
};
