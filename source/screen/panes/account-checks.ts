import {repliedPrincipals} from '../../domain/calls/callers.ts';
import {principalFromArn} from '../../domain/calls/principal.ts';
import {statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {Check} from './check.ts';

const kinds = {
	'iam-user': 'IAM user',
	'assumed-role': 'role',
	sso: 'SSO',
	federated: 'federated user',
	root: 'root user',
	unknown: 'principal of unknown kind',
} as const;

const identity = ({state}: Overview): Check => {
	const common = {id: 'account', title: 'AWS credentials work'};
	const [status] = statusesOf(state, 'identity');
	// Whichever source of AWS was answered last says whether the credentials work now.
	const refused = [...state.sources.values()].find(({problem}) => problem?.kind === 'credentials');
	const problem = status?.problem ?? refused?.problem;
	if (state.slices.identity !== undefined && problem === undefined) {
		const {kind, name, accountId} = state.slices.identity;
		const evidence = `account ${accountId ?? 'unknown'} as ${kinds[kind]} ${name ?? '?'}`;
		const isRoot = kind === 'root';
		return {
			...common,
			state: isRoot ? 'warn' : 'pass',
			evidence,
			fix: isRoot ? 'use a role instead of the root user' : null,
		};
	}
	if (problem === undefined) return {...common, state: 'unknown', evidence: 'AWS was not asked', fix: null};
	const isUnreached = state.slices.identity !== undefined && problem.kind !== 'credentials';
	return {
		...common,
		state: isUnreached ? 'unknown' : 'fail',
		evidence: problem.message,
		fix: problem.fix ?? null,
	};
};

/** `1h 5m`, `12m`; what has passed is not told to the minute. */
const leftText = (ms: number): string => {
	const minutes = Math.floor(ms / 60_000);
	return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
};

/** Credentials that end within this are worth renewing before they do. */
const soonMs = 15 * 60_000;

const expiry = ({state, now}: Overview): Check | undefined => {
	const found = state.slices.credentials;
	if (found === undefined) return undefined;
	const left = found.expiresAt - now;
	const common = {id: 'credentials-expiry', title: 'Credentials last'};
	const what = {sso: 'SSO session', login: 'login session', session: 'temporary keys'}[found.kind];
	if (left <= 0)
		return {
			...common,
			state: 'fail',
			evidence: `the ${what} of profile ${found.profile} has expired`,
			fix: found.command,
		};
	const evidence = `the ${what} of profile ${found.profile} ends in ${leftText(left)}`;
	return {...common, state: left < soonMs ? 'warn' : 'pass', evidence, fix: left < soonMs ? found.command : null};
};

/** How Claude Code signs its calls, where that is not how bedtop asks. */
const otherCredentials = ({state: {configuration, awsProfile}}: Overview): string | undefined => {
	const auth = configuration?.auth;
	if (auth === undefined) return undefined;
	if (auth.skip) return 'Claude Code signs nothing (CLAUDE_CODE_SKIP_BEDROCK_AUTH): a gateway must';
	if (auth.bearer) return 'Claude Code uses a Bedrock API key, which bedtop cannot ask CloudTrail or CloudWatch with';
	if (auth.export) return 'Claude Code takes credentials from awsCredentialExport, which only its own calls see';
	if (auth.profile !== undefined && auth.profile !== (awsProfile ?? 'default')) {
		return `Claude Code uses profile ${auth.profile}, bedtop ${awsProfile ?? 'default'}`;
	}
	return undefined;
};

/** CloudTrail's worst measured delay. */
const latestMs = 90 * 60_000;

/** Whose calls these are: mine as CloudTrail has them, against whom bedtop asks as. */
const samePrincipal = (overview: Overview): Check | undefined => {
	const {state, sessions} = overview;
	const mine = state.slices.identity;
	if (mine === undefined || state.configuration?.provider !== 'bedrock') return undefined;
	const common = {id: 'same-principal', title: 'bedtop sees the account that Claude Code uses'};
	const arns = repliedPrincipals(state.log);
	const other = otherCredentials(overview);
	if (arns.length > 0) {
		const isSame = arns.every(arn => arn === mine.arn);
		if (isSame)
			return {...common, state: 'pass', evidence: 'CloudTrail has its calls under the same principal', fix: null};
		const names = arns.map(arn => principalFromArn(arn).name ?? arn);
		const callers = names.sort().join(', ');
		const evidence = `same account, but Claude Code calls as ${callers}, bedtop asks as ${mine.name ?? mine.arn ?? '?'}`;
		return {...common, state: 'pass', evidence, fix: null};
	}
	const isLongAgo = (at: number | undefined) => at !== undefined && overview.now - at > latestMs;
	const old = sessions.some(({proven}) => isLongAgo(proven?.seen.get('bedrock')?.firstAt));
	if (other !== undefined) {
		const fix = 'give bedtop credentials of that account, for example with --profile';
		return {...common, state: 'warn', evidence: `${other}; none of its calls seen in CloudTrail yet`, fix};
	}
	const evidence = old ? 'no call of this machine in this account after 90 minutes' : 'no call joined yet';
	return {...common, state: old ? 'warn' : 'unknown', evidence, fix: old ? 'check --profile and --region' : null};
};

/** The account behind the calls: credentials, how long they last, and whether both programs mean the same one. */
export const accountChecks = (overview: Overview): readonly Check[] =>
	[identity(overview), expiry(overview), samePrincipal(overview)].filter(check => check !== undefined);
