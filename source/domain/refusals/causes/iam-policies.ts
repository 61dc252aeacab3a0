import {parseModelId} from '../../models/model-id.ts';
import type {DenialDetails, Refused} from '../denial.ts';
import {isRegion} from '../iam-identifiers.ts';
import type {PolicyKind} from './iam-sentence.ts';
import {pin} from './pin.ts';
import {policyChange} from './policy-change.ts';
import type {CauseRows} from './row.ts';
import type {Situation} from './situation.ts';

const ofKind =
	(...kinds: readonly (PolicyKind | undefined)[]) =>
	({policyKind}: DenialDetails): boolean =>
		kinds.includes(policyKind);

/**
 * A foundation model in another region than the one that was called: only a cross-region profile asks for it. Where
 * nobody says which region was called, a profile's destination is taken for another one.
 */
const isDestination = ({resource, resourceRegion}: DenialDetails, {called, region}: Refused): boolean => {
	if (resource === undefined || resourceRegion === undefined || !resource.includes(':foundation-model/')) return false;
	if (resourceRegion === '') return true;
	const ref = called === undefined ? undefined : parseModelId(called);
	if (ref === undefined) return region !== undefined && region !== resourceRegion;
	const isProfile = ref.kind === 'inference-profile' || ref.kind === 'application-inference-profile';
	const isOther = ref.model !== undefined && ref.model !== parseModelId(resource).model;
	if (!isProfile || isOther) return false;
	const source = ref.region ?? region;
	return source === undefined ? ref.kind === 'inference-profile' : source !== resourceRegion;
};

const byExplicit = (deny: string, missing: string) => (situation: Situation) =>
	situation.denial.isExplicit === true ? deny : missing;

const byOrganisation = byExplicit(
	"Ask the organisation's administrator for an exemption",
	"Ask the organisation's administrator to allow it",
);

const inPolicy = (place: string) => byExplicit(`Have the Deny taken out of ${place}`, `Allow it in ${place}`);
const inResourcePolicy = inPolicy('the policy of the resource');

/** Causes that only IAM's sentence tells. */
export const iamPolicies = {
	/** Before the policy that refused the destination, which stays in `policyKind`. */
	'destination-region': {
		rank: 200,
		sentence: isDestination,
		label: 'refused in a destination region',
		meaning: 'The profile also sends calls to a region in which the caller is refused the model.',
		short: byExplicit(
			'Call a profile that does not send calls to that region',
			'Allow the model in every region the profile sends calls to',
		),
		fix: situation => {
			const {denial, words} = situation;
			const {resourceRegion = ''} = denial;
			const there = isRegion(resourceRegion) ? resourceRegion : 'every region';
			if (denial.isExplicit !== true) return policyChange(situation, `, as the profile sends calls to ${there} too`);
			const others = words.others.filter(id => !id.startsWith('global.'));
			const example = others.length > 0 ? `: ${pin(others)}` : '';
			return policyChange(situation, `, or call a profile that does not send calls to ${there}${example}`);
		},
	},
	'explicit-deny': {
		rank: 210,
		sentence: ({policyKind, isExplicit}) =>
			isExplicit === true && (policyKind ?? 'identity-based policy') === 'identity-based policy',
		label: 'denied by policy',
		meaning: 'A policy denies it outright, and no Allow outweighs a Deny.',
		short: "Have the Deny taken out of the caller's identity policies",
		fix: situation => policyChange(situation, ', as no Allow outweighs it'),
	},
	scp: {
		rank: 220,
		sentence: ofKind('service control policy'),
		label: 'denied by an SCP',
		meaning: 'A policy of the AWS organisation stands in the way, which nobody in the account can change.',
		short: byOrganisation,
		fix: situation => policyChange(situation),
	},
	'permissions-boundary': {
		rank: 230,
		sentence: ofKind('permissions boundary'),
		label: 'outside permissions boundary',
		meaning: "The caller's permissions boundary leaves it out, whatever the other policies allow.",
		short: inPolicy("the caller's permissions boundary"),
		fix: situation => policyChange(situation),
	},
	'session-policy': {
		rank: 240,
		sentence: ofKind('session policy'),
		label: 'outside session policy',
		meaning: 'The policy that came with the temporary credentials leaves it out.',
		short: inPolicy("the caller's session policy"),
		fix: situation => policyChange(situation),
	},
	'vpc-endpoint': {
		rank: 250,
		sentence: ofKind('VPC endpoint policy'),
		label: 'denied by the VPC endpoint',
		meaning: 'The policy of the VPC endpoint that the call went through does not allow it.',
		short: inPolicy("the VPC endpoint's policy"),
		fix: situation => policyChange(situation),
	},
	'resource-policy': {
		rank: 260,
		sentence: ofKind('resource-based policy', 'resource control policy'),
		label: 'denied by a resource policy',
		meaning: 'The policy of the resource itself does not allow it.',
		short: situation =>
			situation.denial.policyKind === 'resource control policy'
				? byOrganisation(situation)
				: inResourcePolicy(situation),
		fix: situation => policyChange(situation),
	},
	/** A sentence without a reason counts as a missing Allow, by far the most frequent one that AWS leaves out. */
	'identity-policy': {
		rank: 270,
		sentence: ofKind('identity-based policy', undefined),
		label: 'no IAM policy allows it',
		meaning: "None of the caller's identity policies allows this action on this resource.",
		short: 'Allow the action in an identity policy of the caller',
		fix: situation => policyChange(situation),
	},
} as const satisfies CauseRows;
