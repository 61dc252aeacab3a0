import {parseModelId} from '../../models/model-id.ts';
import {isCallable} from '../iam-identifiers.ts';
import {type Missing, missingFor, policyOf, statementFor} from '../iam-policy.ts';
import {optionsFor, type Remedy, type Situation, say} from './situation.ts';

const missingWords: Readonly<Record<Missing, string>> = {
	account: 'the id of the account',
	region: 'the region that was called',
	profile: 'the inference profile that was called',
	destinations: 'the regions that the profile sends calls to',
	resource: 'the resource that was refused',
};

/** What to allow, in words, where no policy can be written down. */
const allowInWords = ({context, words, wanted}: Situation, place: string): Remedy => {
	const missing = missingFor(wanted);
	const why =
		missing === undefined ? '' : ` (bedtop offers no policy, because it does not know ${missingWords[missing]})`;
	const remedy = say(`Allow ${words.action} on ${words.resource} in ${place}${why}.`);
	const id = parseModelId(context.called ?? wanted.resource ?? '').profile;
	if (missing !== 'destinations' || !isCallable(id)) return remedy;
	const ask = `aws bedrock get-inference-profile --inference-profile-identifier ${id}`;
	return {...remedy, command: ask + optionsFor(context)};
};

/** An Allow is missing: the policy itself, or in words what it has to allow. */
const allow = (situation: Situation, place: string, ending: string): Remedy => {
	const statement = statementFor(situation.wanted);
	const where = `${place}${situation.words.policyName}${ending}`;
	if (statement === undefined) return allowInWords(situation, where);
	return {...say(`Add this policy's statement to ${where}.`), policy: policyOf(statement)};
};

/** A Deny is there, which no policy of ours outweighs. */
const lift = ({words}: Situation, place: string, ending: string): Remedy =>
	say(`Have the Deny of ${words.action} on ${words.resource} taken out of ${place}${words.policyName}${ending}.`);

const ofIdentity = (situation: Situation, ending: string): Remedy => {
	const {denial, words} = situation;
	// A role is taken where both sides allow it.
	if (denial.action?.startsWith('sts:AssumeRole') === true && denial.isExplicit !== true) {
		return say(
			`Allow ${words.action} on ${words.resource} in an identity policy of ${words.who}, and have the trust policy of that role name the caller.`,
		);
	}
	if (denial.isExplicit === true) return lift(situation, `the identity policies of ${words.who}`, ending);
	const isSure = denial.policyKind !== undefined || ending !== '';
	const doubt = isSure ? '' : ', or have a Deny looked for if one allows it already';
	return allow(situation, `an identity policy of ${words.who}`, `${ending}${doubt}`);
};

const ofOrganisation = ({denial, words}: Situation, ending: string): Remedy => {
	const kind = denial.policyKind === 'resource control policy' ? 'resource control policy' : 'service control policy';
	const [verb, preposition] = denial.isExplicit === true ? ['exempt', 'from'] : ['allow', 'in'];
	const what = `${verb} ${words.action} on ${words.resource} ${preposition} the ${kind}${words.policyName}`;
	return say(`Ask your organisation's administrator to ${what}${ending}.`);
};

/** Into a policy of another kind than those bedtop can offer a statement for. */
const allowElsewhere: typeof allow = ({words}, place, ending) =>
	say(`Allow ${words.action} on ${words.resource} in ${place}${ending}.`);

/** The change to the kind of policy that refused; `ending` is another way out, or a reason. */
export const policyChange = (situation: Situation, ending = ''): Remedy => {
	const {denial, words} = situation;
	const change = (place: string, add: typeof allow) => (denial.isExplicit ? lift : add)(situation, place, ending);
	switch (denial.policyKind) {
		case 'service control policy':
		case 'resource control policy':
			return ofOrganisation(situation, ending);
		case 'permissions boundary':
			return change(`the permissions boundary of ${words.who}`, allow);
		case 'session policy':
			return change(`the session policy of ${words.who}`, allow);
		case 'VPC endpoint policy':
			return change(`the policy of the VPC endpoint for bedrock-runtime${words.where}`, allowElsewhere);
		case 'resource-based policy':
			return change('the policy of the resource itself', allowElsewhere);
		default:
			return ofIdentity(situation, ending);
	}
};
