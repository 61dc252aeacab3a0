import type {Call} from '../domain/call.ts';
import {hasSpoken, healthOf} from '../domain/health.ts';
import type {Overview} from '../domain/overview.ts';
import type {Refusal} from '../domain/refusals.ts';
import type {SessionRoute, Verdict} from '../domain/routing.ts';
import type {SourceStatus} from '../domain/source-status.ts';
import {plural} from '../domain/words.ts';
import {providerWords} from './cards/words.ts';
import {formatCount, formatFolder, formatLatency, formatSpan, formatTime, formatUsd} from './format.ts';
import {calledModel, shortModel} from './model-name.ts';
import {moneyText} from './money.ts';
import {metricsName, recently, shownModels} from './panes/models.ts';
import {sanitize} from './sanitize.ts';
import {refusalWords} from './trouble.ts';

type SpokenInput = {readonly isDemo: boolean; readonly home?: string | undefined};

const verdicts: Readonly<Record<Verdict, string>> = {
	bedrock: 'Proven: the sessions are routed through Bedrock.',
	mixed: 'Mixed: some sessions are routed through Bedrock, others are not.',
	'not-bedrock': 'The sessions are not routed through Bedrock.',
	unproven: 'Nothing proves yet where the sessions are routed.',
};

const minuteMs = 60_000;

/** In whole minutes, so that nothing is read out again before it has to be. */
const ago = (at: number | undefined, now: number): string => {
	if (at === undefined) return 'never';
	const minutes = Math.floor(Math.max(0, now - at) / minuteMs);
	if (minutes < 1) return 'under a minute ago';
	if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
	return minutes < 1440
		? `${plural(Math.floor(minutes / 60), 'hour')} ago`
		: `${plural(Math.floor(minutes / 1440), 'day')} ago`;
};

const money = (text: string) => text.replace('≥', 'at least ').replace('–', ' to $').replace(/ tok$/, ' tokens');

const refusalSentence = (refusal: Refusal, {now, state}: Overview): string => {
	const {model, caller, count, lastAt, fix} = refusal;
	const what = model === undefined ? 'a call' : calledModel(model, state.resolutions);
	const times = count > 1 ? `, ${count} times` : '';
	const who = caller === undefined ? '' : `, ${caller}`;
	const mending = fix === undefined ? '' : ` To mend it: ${fix.text}`;
	return `Refused: ${what}${times}, ${refusalWords(refusal)}${who}, ${ago(lastAt, now)}.${mending}`;
};

const alarms = ({budgets, downgrades, thrashing}: Overview, home: string | undefined): readonly string[] => [
	...budgets.map(({period, share, limit}) => {
		const when = period === 'day' ? 'today' : 'this month';
		return `Budget: ${Math.floor(share * 100)} percent of ${formatUsd(limit)} is used ${when}.`;
	}),
	...downgrades.map(({from, to}) => `Answers now come from ${shortModel(to)}, because ${shortModel(from)} is refused.`),
	...thrashing.map(({cwd, sessionId}) => {
		return `The cache of ${cwd === undefined ? sessionId : formatFolder(cwd, home)} does not hold: more is written than read.`;
	}),
];

const spendSentences = ({spend, state, burn, projectedDay, account, now}: Overview): readonly string[] => {
	const {local, direct, unproven} = spend;
	const when = state.spanMs === undefined ? 'today' : `in the last ${formatSpan(state.spanMs)}`;
	const pace = burn === undefined ? 'Idle for 15 minutes.' : `Now ${formatUsd(burn)} per hour.`;
	const {answeredAt} = healthOf(state, 'cloudwatch');
	const low = account && formatUsd(account.low);
	const high = account && formatUsd(account.high);
	const amount = low === high ? low : `${low} to ${high}`;
	const isUnread = local.calls === 0 && !hasSpoken(state, 'transcripts');
	if (isUnread) return ['The transcripts have not been read yet.'];
	return [
		`Spent ${when}, an estimate: ${money(moneyText(local))} for ${plural(local.calls, 'reply')} of this machine. ${pace}`,
		...(projectedDay === undefined ? [] : [`At this pace the day ends at ${formatUsd(projectedDay)}.`]),
		...(account === undefined || account.tokens === 0
			? []
			: [`The whole account, by CloudWatch${answeredAt === undefined ? '' : ` ${ago(answeredAt, now)}`}: ${amount}.`]),
		...(direct.calls === 0 ? [] : [`${plural(direct.calls, 'reply')} did not come from Bedrock.`]),
		...(unproven.calls === 0 ? [] : [`Of ${plural(unproven.calls, 'reply')} nothing proves the origin.`]),
		...spend.models.map(row => {
			const name = shortModel(row.model ?? row.profile ?? 'unknown');
			return `Model ${name}: ${plural(row.calls, 'reply')}, ${money(moneyText(row))}.`;
		}),
	];
};

const sessionSentence = (session: SessionRoute, now: number, home: string | undefined): string => {
	const {cwd, sessionId, running, proven, model, region, findings} = session;
	const where = cwd === undefined ? sessionId : formatFolder(cwd, home);
	const proof =
		proven === undefined ? 'no reply yet' : `answered by ${providerWords[proven.provider]} ${ago(proven.at, now)}`;
	const parts = [proof, model === undefined ? undefined : shortModel(model), region, running ? undefined : 'ended'];
	const said = findings.map(finding => ` ${finding}.`).join('');
	return `Session ${where}: ${parts.filter(part => part !== undefined).join(', ')}.${said}`;
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
	const {state, sessions, refusals, judgement, now} = overview;
	const problems = [...state.sources.values()].filter(({problem}) => problem !== undefined);
	const speed = (ms: number | undefined) => (ms === undefined ? '' : `, half of them within ${formatLatency(ms)}`);
	return [
		...(isDemo ? ['This is a demo with a simulated account.'] : []),
		...refusals.map(refusal => refusalSentence(refusal, overview)),
		...alarms(overview, home),
		verdicts[judgement.verdict],
		...spendSentences(overview),
		...sessions.map(session => sessionSentence(session, now, home)),
		...shownModels(overview).map(model => {
			const calls = formatCount(recently(model, 'Invocations', overview));
			return `Account, ${metricsName(model, state)}: ${calls} calls lately${speed(model.p50LatencyMs)}.`;
		}),
		...problems.map(problemSentence),
		...state.log.calls.slice(0, saidCalls).map(call => callSentence(call, overview)),
	].map(sanitize);
};
