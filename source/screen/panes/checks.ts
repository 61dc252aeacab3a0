import {usdNumber} from '../../domain/money/money.ts';
import {otherProvidersSince} from '../../domain/spend/other-provider.ts';
import {answeredAt, statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import type {State} from '../../state/state.ts';
import {formatAge, formatTime, formatUsd} from '../text/format.ts';
import {calledModel, shortModel} from '../text/model-name.ts';
import {endpointWords, evidenceWords} from '../words/evidence.ts';
import {routingFindingWords} from '../words/routing-finding.ts';
import {accountChecks} from './account-checks.ts';
import type {Check} from './check.ts';
import {gateChecks} from './gates/gates.ts';
import {lifecycleCheck} from './lifecycle-check.ts';
import {prerequisiteChecks} from './prerequisite-checks.ts';

const ago = (at: number, now: number) => {
	const age = formatAge(at, now);
	return age === 'now' ? 'just now' : `${age} ago`;
};

const switchFix = 'add "env": {"CLAUDE_CODE_USE_BEDROCK": "1"} to ~/.claude/settings.json';

/** Nobody who uses a gateway on purpose is told to go past it. */
const switchFixFor = ({configuration}: State) => (configuration?.provider === 'gateway' ? null : switchFix);

const providerSwitch = ({state: {configuration}}: Overview): Check => {
	const common = {id: 'provider-switch', title: 'Bedrock is switched on'};
	if (configuration === undefined) return {...common, state: 'unknown', evidence: 'settings not read yet', fix: null};
	const {provider, providerFrom, findings} = configuration;
	const evidence = [evidenceWords(providerFrom), ...findings.map(routingFindingWords)].join('; ');
	if (provider === 'mantle') {
		const mantle = `${evidence}; Mantle has no CloudTrail record of calls`;
		return {...common, state: 'warn', evidence: mantle, fix: 'use CLAUDE_CODE_USE_BEDROCK where calls must be audited'};
	}
	if (provider === 'gateway') return {...common, state: 'warn', evidence: `${evidence}; a gateway decides`, fix: null};
	if (provider !== 'bedrock') return {...common, state: 'fail', evidence, fix: switchFix};
	return {...common, state: findings.length === 0 ? 'pass' : 'warn', evidence, fix: null};
};

const region = ({state: {configuration}}: Overview): Check | undefined => {
	if (configuration?.provider !== 'bedrock') return undefined;
	const {region: name, regionFrom, regionPrefix, model, modelFrom, smallFastRegion, baseUrl, ownHost} = configuration;
	const pin =
		model === undefined ? '' : `; model ${model}${modelFrom === undefined ? '' : `, ${evidenceWords(modelFrom)}`}`;
	const host = ownHost === undefined ? '' : `; through AWS's own ${ownHost}`;
	const background = smallFastRegion === undefined ? '' : `; background calls in ${smallFastRegion}`;
	const evidence = `${name}, ${evidenceWords(regionFrom)}; profiles ${regionPrefix}.…${pin}${background}${host}`;
	const common = {id: 'endpoint', title: 'Region, profile and endpoint', fix: null};
	if (baseUrl === undefined) return {...common, state: 'pass', evidence};
	return {
		...common,
		state: 'warn',
		evidence: `${evidence}; through ${endpointWords(baseUrl)}: your account is proven by CloudTrail only`,
	};
};

/** Claude Code names neither Mantle beside Bedrock nor a gateway. */
const aliases = ['bedrock mantle', 'first-party gateway', 'first-party mantle'];

const opinion = ({state: {configuration, configurations, slices}}: Overview): Check | undefined => {
	const opinions = slices['auth-status'];
	if (opinions === undefined || opinions.size === 0 || configuration === undefined) return undefined;
	const common = {id: 'second-opinion', title: 'claude auth status agrees', fix: null};
	const differing = [...opinions].flatMap(([folder, said]) => {
		const ours = (folder === '' ? configuration : configurations.get(folder))?.provider;
		const isSame = ours === undefined || said === ours || aliases.includes(`${said} ${ours}`);
		const where = folder === '' ? 'here' : `in ${folder}`;
		return isSame ? [] : [`${where} it says ${said}, the settings read by bedtop say ${ours}`];
	});
	if (differing.length > 0) return {...common, state: 'warn', evidence: differing.join('; ')};
	return {
		...common,
		state: 'pass',
		evidence: `asked in ${opinions.size} ${opinions.size === 1 ? 'folder' : 'folders'}`,
	};
};

const running = ({sessions}: Overview): Check => {
	const count = sessions.filter(session => session.running).length;
	const evidence = count === 0 ? 'no running Claude Code session is registered here' : `${count} running`;
	return {id: 'running', title: 'Sessions are running', state: count === 0 ? 'unknown' : 'pass', evidence, fix: null};
};

const proof = ({sessions, judgement, state, now, failingSince}: Overview): Check => {
	const common = {id: 'reply-proof', title: 'Replies prove Bedrock'};
	const proven = sessions.flatMap(session => (session.proven?.provider === 'bedrock' ? [session.proven.at] : []));
	// One that has ended can only be noted: it counts where nothing runs.
	const running = sessions.filter(session => session.running);
	const findings = (running.length > 0 ? running : sessions).flatMap(session =>
		session.findings.map(routingFindingWords),
	);
	const seen = proven.length === 0 ? '' : `last msg_bdrk_ reply ${ago(Math.max(...proven), now)}`;
	const failing =
		failingSince === undefined ? '' : `no call has been answered since ${formatTime(failingSince).slice(0, 5)}`;
	const evidence = [seen, failing, ...new Set(findings)].filter(part => part !== '').join('; ');
	switch (judgement.verdict) {
		case 'bedrock': {
			const isDiverged = sessions.some(({diverged, running}) => diverged && running);
			return {
				...common,
				state: isDiverged || failing !== '' || judgement.isAccountUnproven ? 'warn' : 'pass',
				evidence,
				fix: isDiverged ? 'restart that session' : null,
			};
		}
		case 'mixed':
			return {...common, state: 'warn', evidence, fix: 'restart the sessions that answer from elsewhere'};
		case 'not-bedrock':
			return {...common, state: 'fail', evidence: evidence || 'replies come from elsewhere', fix: switchFixFor(state)};
		case 'unproven': {
			const isRead = answeredAt(state, 'transcripts') !== undefined;
			const silent = isRead ? 'no reply seen since the start of the window' : 'transcripts could not be read';
			return {
				...common,
				state: 'unknown',
				evidence: [silent, evidence].filter(part => part !== '').join('; '),
				fix: null,
			};
		}
	}
};

const names = {'first-party': 'Anthropic', vertex: 'Vertex AI'};

/** Negative verification: what was answered, and is billed, by somebody else than AWS. */
const billedElsewhere = ({state}: Overview): Check => {
	const common = {id: 'elsewhere', title: 'Billed elsewhere'};
	const found = otherProvidersSince(state.ledger, state.spendSince);
	if (found.length === 0) {
		const isRead = answeredAt(state, 'transcripts') !== undefined;
		const evidence = isRead ? 'no reply of another provider in the window' : 'transcripts could not be read';
		return {...common, state: isRead ? 'pass' : 'unknown', evidence, fix: null};
	}
	const evidence = found.map(({provider, replies, firstAt, lastAt, amount}) => {
		const cost = amount === undefined ? 'unpriced' : `${formatUsd(amount)} at list price`;
		return `${replies} ${replies === 1 ? 'reply' : 'replies'} directly from ${names[provider]} since ${formatTime(firstAt)}, last at ${formatTime(lastAt)}, ${cost}`;
	});
	return {
		...common,
		state: 'warn',
		evidence: evidence.join('; '),
		fix: 'switch those sessions to Bedrock and restart them',
	};
};

const audit = ({sessions, state, now}: Overview): Check => {
	const audited = sessions.flatMap(({auditedAt, auditedBy}) =>
		auditedAt === undefined ? [] : [{auditedAt, auditedBy}],
	);
	const common = {id: 'audit', title: 'CloudTrail confirms the calls', fix: null};
	const [problem] = statusesOf(state, 'cloudtrail').flatMap(status => status.problem ?? []);
	if (audited.length > 0) {
		const newest = Math.max(...audited.map(({auditedAt}) => auditedAt));
		const isExact = audited.some(({auditedBy}) => auditedBy === 'request-id');
		const how = isExact ? 'by request id' : 'by principal, model and minute, as this client writes no request id';
		return {...common, state: 'pass', evidence: `newest confirmed call ${ago(newest, now)}, ${how}`};
	}
	if (problem !== undefined) return {...common, state: 'unknown', evidence: problem.message, fix: problem.fix ?? null};
	const evidence = 'no call joined by request id yet; records come 5 to 90 minutes late';
	return {...common, state: 'unknown', evidence};
};

const refusals = ({refusals: found, downgrades, now, state: {resolutions}}: Overview): Check => {
	const common = {id: 'refusals', title: 'Refused calls'};
	const fallen = downgrades.map(
		({from, to}) => `answers now come from ${shortModel(to)} because ${shortModel(from)} is refused`,
	);
	const [first] = found;
	if (first === undefined && fallen.length === 0) {
		return {...common, state: 'pass', evidence: 'none in the window; CloudTrail may still bring some', fix: null};
	}
	const refused = found.map(({model, cause, count, lastAt}) => {
		return `${model === undefined ? 'a model' : calledModel(model, resolutions)} ×${count} ${cause}, ${ago(lastAt, now)}`;
	});
	return {...common, state: 'fail', evidence: [...fallen, ...refused].join('; '), fix: first?.fix?.text ?? null};
};

const budget = ({budgets}: Overview): readonly Check[] =>
	budgets.map(({period, level, spent, limit}) => ({
		id: `budget-${period}`,
		title: `Budget of the ${period}`,
		state: level === 'over' ? 'fail' : level === 'near' ? 'warn' : 'pass',
		evidence: `${formatUsd(spent)} of $${usdNumber(limit)}`,
		fix: null,
	}));

/**
 * Everything that routing hangs on, from configuration to CloudTrail and the account behind it. What is not seen is
 * unknown, never failed.
 */
export const routingChecks = (overview: Overview): readonly Check[] => {
	const {prerequisites} = overview.state.slices;
	return [
		providerSwitch(overview),
		region(overview),
		opinion(overview),
		running(overview),
		proof(overview),
		billedElsewhere(overview),
		audit(overview),
		...accountChecks(overview),
		...(prerequisites === undefined ? [] : [...prerequisiteChecks(prerequisites), ...gateChecks(overview)]),
		lifecycleCheck(overview),
		refusals(overview),
		...budget(overview),
	].filter(check => check !== undefined);
};
