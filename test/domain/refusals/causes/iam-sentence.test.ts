import {expect, test} from 'vitest';
import {readSentence} from '../../../../source/domain/refusals/causes/iam-sentence.ts';
import type {DenialDetails} from '../../../../source/domain/refusals/denial.ts';

const opus = 'us.anthropic.claude-opus-5-5';
const arn = `arn:aws:bedrock:us-west-2:123456789012:inference-profile/${opus}`;

test.each<readonly [text: string, details: DenialDetails]>([
	['User: arn:aws:iam::1:user/a is not', {principalArn: 'arn:aws:iam::1:user/a', action: undefined}],
	['"User: arn:aws:iam::1:user/a."', {principalArn: 'arn:aws:iam::1:user/a'}],
	['not authorized to perform bedrock:InvokeModel', {action: 'bedrock:InvokeModel'}],
	['the actions (aws-marketplace:Subscribe)', {action: 'aws-marketplace:Subscribe'}],
	[`on resource: ${arn}.`, {resource: arn, resourceRegion: 'us-west-2', model: opus}],
	['on resource: *', {resource: undefined, resourceRegion: undefined, model: undefined}],
	['on resource: arn:aws:s3:us-west-2:1:b', {resourceRegion: undefined}],
	['on resource: arn:aws:bedrock:::foundation-model/x', {resourceRegion: '', model: 'x'}],
	[`Invocation of model ID ${opus}: no`, {model: opus}],
	['with an explicit deny', {isExplicit: true, policyKind: undefined}],
	['because no policy of any kind', {isExplicit: false, policyKind: undefined}],
	['because no Session policy allows it', {isExplicit: false, policyKind: 'session policy'}],
	['because no role trust policy allows it', {isExplicit: false, policyKind: 'resource-based policy'}],
	['because no policy of the account, be it a session policy, allows it', {policyKind: 'session policy'}],
	['because it is late', {isExplicit: undefined, policyKind: undefined}],
	// A name is no reason: only what follows the action is one.
	[
		'User: arn:aws:iam::1:user/because-no-session is not authorized to perform: bedrock:InvokeModel',
		{isExplicit: undefined, policyKind: undefined},
	],
	// Nor is what stands behind the policy's name.
	['with an explicit deny in a policy: session', {isExplicit: true, policyKind: undefined}],
	['policy: arn:aws:iam::1:policy/a)', {policyArn: 'arn:aws:iam::1:policy/a'}],
	['permissions boundary: arn:aws:iam::1:policy/b', {policyArn: 'arn:aws:iam::1:policy/b'}],
	['policy: arn:aws:s3:::b', {policyArn: undefined}],
])('%j', (text, details) => {
	expect(readSentence(text)).toMatchObject(details);
});
