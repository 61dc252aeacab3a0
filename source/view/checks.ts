import type {Overview} from '../domain/overview.ts';
import {formatAge} from './format.ts';

/** One link of the chain of proof, with what it was judged by and, where it is broken, what mends it. */
export type Check = {
	readonly id: string;
	readonly title: string;
	readonly state: 'pass' | 'warn' | 'fail' | 'unknown';
	readonly evidence: string;
	readonly fix: string | null;
};

const switchFix = 'add "env": {"CLAUDE_CODE_USE_BEDROCK": "1"} to ~/.claude/settings.json';

const providerSwitch = ({state: {configuration}}: Overview): Check => {
	const common = {id: 'provider-switch', title: 'Bedrock is switched on'};
	if (configuration === undefined) return {...common, state: 'unknown', evidence: 'settings not read yet', fix: null};
	const {provider, providerFrom, findings} = configuration;
	const evidence = [providerFrom, ...findings].join('; ');
	if (provider !== 'bedrock') return {...common, state: 'fail', evidence, fix: switchFix};
	return {...common, state: findings.length === 0 ? 'pass' : 'warn', evidence, fix: null};
};

const running = ({sessions}: Overview): Check => {
	const count = sessions.filter(session => session.running).length;
	const evidence = count === 0 ? 'no running Claude Code session is registered here' : `${count} running`;
	return {id: 'running', title: 'Sessions are running', state: count === 0 ? 'unknown' : 'pass', evidence, fix: null};
};

const proof = ({sessions, judgement, now}: Overview): Check => {
	const common = {id: 'reply-proof', title: 'Replies prove Bedrock'};
	const proven = sessions.flatMap(session => (session.proven?.provider === 'bedrock' ? [session.proven.at] : []));
	const diverged = sessions.filter(session => session.diverged).flatMap(session => session.findings.slice(0, 1));
	const seen = proven.length === 0 ? '' : `last msg_bdrk_ reply ${formatAge(Math.max(...proven), now)} ago`;
	const evidence = [seen, ...diverged].filter(part => part !== '').join('; ');
	switch (judgement.verdict) {
		case 'bedrock':
			return {...common, state: 'pass', evidence, fix: null};
		case 'mixed':
			return {...common, state: 'warn', evidence, fix: 'restart the sessions that answer from elsewhere'};
		case 'not-bedrock':
			return {...common, state: 'fail', evidence: evidence || 'replies come from elsewhere', fix: switchFix};
		case 'unproven':
			return {...common, state: 'unknown', evidence: 'no reply seen since the start of the window', fix: null};
	}
};

const audit = ({sessions, now}: Overview): Check => {
	const audited = sessions.flatMap(({auditedAt}) => (auditedAt === undefined ? [] : [auditedAt]));
	const common = {id: 'audit', title: 'CloudTrail confirms the calls', fix: null};
	if (audited.length > 0) {
		return {...common, state: 'pass', evidence: `newest confirmed call ${formatAge(Math.max(...audited), now)} ago`};
	}
	return {...common, state: 'unknown', evidence: 'no call joined by request id yet; records come 5 to 90 minutes late'};
};

/** The chain configured · running · replied · audited as checks. What is not seen is unknown, never failed. */
export const routingChecks = (overview: Overview): readonly Check[] =>
	[providerSwitch, running, proof, audit].map(check => check(overview));
