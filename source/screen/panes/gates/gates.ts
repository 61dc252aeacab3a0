import {parseModelId, type Scope} from '../../../domain/models/model-id.ts';
import type {Quota} from '../../../domain/models/quota.ts';
import {scopeOfDestinations} from '../../../domain/models/resolution.ts';
import {causes} from '../../../domain/refusals/causes/index.ts';
import type {CalledTarget, Finding, Prerequisites} from '../../../domain/refusals/prerequisites.ts';
import type {Refusal} from '../../../domain/refusals/refusals.ts';
import {statusesOf} from '../../../state/health.ts';
import type {Overview} from '../../../state/overview.ts';
import type {State} from '../../../state/state.ts';
import {formatCount, formatTime} from '../../text/format.ts';
import type {Check} from '../check.ts';
import {formVerdict, invokeVerdict, modelVerdict, profileVerdict, worstOf} from '../prerequisite-checks.ts';
import {type Gate, type GateName, type GateVerdict, gateRows} from './gate.ts';
import {quotaGate} from './quota-gate.ts';
import {retentionGate} from './retention-gate.ts';

type Target = {
	readonly called: CalledTarget;
	readonly model: string | undefined;
	readonly scope: Scope;
};

const targetOf = (called: CalledTarget, {destinations}: Prerequisites): Target => {
	const ref = parseModelId(called.id);
	const arns = destinations.get(called.id) ?? [];
	const model = ref.model ?? arns.map(arn => parseModelId(arn).model).find(found => found !== undefined);
	return {called, model, scope: ref.scope === 'unknown' ? scopeOfDestinations(arns) : ref.scope};
};

const unresolved: GateVerdict = {state: 'unknown', evidence: 'which model it leads to is not known', fix: null};

const access = ({called, model}: Target, prerequisites: Prerequisites): GateVerdict => {
	const available = prerequisites.models.find(one => one.model === model);
	if (model === undefined || available === undefined) return unresolved;
	const {availability} = available;
	const may = modelVerdict(model, prerequisites.region, availability);
	const form = formVerdict(prerequisites);
	// A form of which nothing is known is no reason to doubt a model that may be used.
	const isFormTelling = form.state === 'fail' || may.state === 'unknown';
	const profile = called.isProfile ? [profileVerdict(called, prerequisites)] : [];
	const found = worstOf([...profile, may, ...(isFormTelling ? [form] : [])]);
	return found.state === 'pass' ? may : found;
};

const deniers = {
	organization: "the organization's administrators, in a service control policy",
	boundary: 'whoever set the permissions boundary',
} as const;

const iam = ({called}: Target, prerequisites: Prerequisites): GateVerdict => {
	const {permissions} = prerequisites;
	const verdict = invokeVerdict(called.id, prerequisites);
	const denied = permissions.state === 'known' ? permissions.value.filter(({id}) => id === called.id) : [];
	const deniedBy = denied.find(one => one.deniedBy !== undefined)?.deniedBy;
	return deniedBy === undefined ? verdict : {...verdict, decidedBy: deniers[deniedBy]};
};

/** What Service Quotas said, or why it did not. */
const quotasOf = (state: State): Finding<readonly Quota[]> | undefined => {
	const {quotas} = state.slices;
	if (quotas !== undefined) return {state: 'known', value: quotas.found};
	const problem = statusesOf(state, 'quotas').find(one => one.problem !== undefined)?.problem;
	return problem && {state: 'unknown', reason: problem.message, fix: problem.fix ?? null};
};

/** What the account itself says of a gate, without a call of the model. */
const lookUp = (gate: GateName, target: Target, {state}: Overview, prerequisites: Prerequisites): GateVerdict => {
	const {model, scope} = target;
	if (gate === 'access') return access(target, prerequisites);
	if (gate === 'iam') return iam(target, prerequisites);
	if (model === undefined) return unresolved;
	if (gate === 'retention') {
		// A project of Mantle's decides before the account, and cannot be asked.
		if (state.configuration?.provider !== 'mantle') return retentionGate(model, prerequisites);
		return {state: 'unknown', evidence: "Mantle's project decides before the account", fix: null};
	}
	const {region} = prerequisites;
	return quotaGate({model, scope, region}, quotasOf(state));
};

const isOf = (model: string | undefined, id: string | undefined) =>
	model !== undefined && id !== undefined && parseModelId(id).model === model;

/** When Bedrock last answered a session of this machine with that model, which all four gates let through; epoch ms. */
const answeredAt = ({model}: Target, {state, feedSince}: Overview): number | undefined => {
	for (const {provider, at, requestedModel, model: answered} of state.proofs.since(feedSince)) {
		if (provider === 'bedrock' && isOf(model, requestedModel ?? answered)) return at;
	}
	return undefined;
};

const timesWords = ({count, lastAt}: Refusal) => `refused ×${formatCount(count)}, last at ${formatTime(lastAt)}`;

/** A call that was refused, or answered, tells more than what the account says of itself. */
const withCalls = (verdict: GateVerdict, refusal: Refusal | undefined, answered: number | undefined): GateVerdict => {
	const isRefused = refusal !== undefined && (answered === undefined || refusal.lastAt > answered);
	if (isRefused) {
		const seen = `${timesWords(refusal)}: ${causes[refusal.cause].label}`;
		const fix = verdict.fix ?? refusal.fix?.text ?? null;
		if (verdict.state === 'fail') return {...verdict, evidence: `${verdict.evidence}; ${seen}`};
		// A limit that was reached passes by itself.
		const isDoubtful = verdict.state === 'pass' || causes[refusal.cause].isLimit === true;
		const evidence = verdict.state === 'pass' ? `${verdict.evidence}, yet ${seen}` : seen;
		return {...verdict, state: isDoubtful ? 'warn' : 'fail', evidence, fix};
	}
	if (answered === undefined || verdict.state === 'pass') return verdict;
	const seen = `a call was answered at ${formatTime(answered)}`;
	if (verdict.state === 'unknown') return {state: 'pass', evidence: seen, fix: null};
	return {...verdict, state: 'warn', evidence: `${verdict.evidence}, yet ${seen}`};
};

const names = Object.keys(gateRows) as readonly GateName[];

/** The four gates of everything that sessions call, by what the account says of itself and what became of calls. */
export const modelGates = (overview: Overview): readonly Gate[] => {
	const {prerequisites} = overview.state.slices;
	if (prerequisites === undefined) return [];
	return prerequisites.called.flatMap(called => {
		const target = targetOf(called, prerequisites);
		const answered = answeredAt(target, overview);
		return names.map((gate): Gate => {
			const {causes: ofGate, decidedBy, changes} = gateRows[gate];
			const isIts = ({cause, model, mine}: Refusal) =>
				ofGate.some(one => one === cause) && isOf(target.model, model) && (gate !== 'iam' || mine !== false);
			const refusal = overview.refusals.find(isIts);
			const verdict = withCalls(lookUp(gate, target, overview, prerequisites), refusal, answered);
			const common = {gate, profile: called.id, model: target.model, changes: changes(prerequisites.region)};
			return {...common, decidedBy, ...verdict};
		});
	});
};

/** Gates that have no row of their own among the prerequisites, over all models. */
export const gateChecks = (overview: Overview): readonly Check[] => {
	const gates = modelGates(overview);
	const of = (gate: GateName) => {
		const found = gates.filter(one => one.gate === gate);
		const nothing = {state: 'unknown', evidence: 'no model was called yet', fix: null} as const;
		return found.length === 0 ? nothing : worstOf(found.map(({state, evidence, fix}) => ({state, evidence, fix})));
	};
	return [
		{id: 'quota', title: 'Quotas let the models answer', ...of('quota')},
		{id: 'data-retention', title: 'Data retention lets the models answer', ...of('retention')},
	];
};
