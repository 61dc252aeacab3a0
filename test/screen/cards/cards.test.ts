import {describe, expect, test} from 'vitest';
import {refusalKey} from '../../../source/domain/refusals/refusals.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {callCard} from '../../../source/screen/cards/call.ts';
import type {Card} from '../../../source/screen/cards/card.ts';
import {modelCard} from '../../../source/screen/cards/model.ts';
import {refusalCard} from '../../../source/screen/cards/refusal.ts';
import {sessionCard} from '../../../source/screen/cards/session.ts';
import {lineWidth, plainText} from '../../../source/screen/text/line.ts';
import type {Action} from '../../../source/state/state.ts';
import {afternoon, destinationsOfFable, now, opus, sessionId, strayId} from '../../support/cards-fixture.ts';

const home = '/home/alice';
const view = afternoon();
const known = afternoon([destinationsOfFable]);
const [refusal] = view.refusals;
const key = refusal === undefined ? '' : refusalKey(refusal);

const textOf = (card: Card | undefined) =>
	card === undefined ? 'no card' : [card.title, ...card.body].map(line => plainText(line).trimEnd()).join('\n');

/** Everything a card says, as one line, wherever it was wrapped. */
const wordsOf = (card: Card | undefined) => textOf(card).replace(/\s+/g, ' ');

describe('a call and the reply to it', () => {
	test('36 columns', () => {
		const card = callCard(view, 'a1e5cace-56ad-37b9-be9d-d52d0f29a6a1', {width: 36, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(36);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ok opus-5.5
			outcome
			  ✓ ok
			caller
			  alice@example.com
			  you, IAM Identity Center user
			ARN
			  arn:aws:sts::123456789012:assumed-
			  role/AWSReservedSSO_Developer_0a1b
			  2c3d4e5f6a7b/alice@example.com
			account
			  123456789012
			client
			  claude-cli/2.1.330 (external, cli)
			from
			  203.0.113.24
			endpoint
			  bedrock-runtime.us-east-1.amazonaw
			  s.com  TLSv1.3
			signed by
			  SigV4
			operation
			  InvokeModelWithResponseStream
			model
			  anthropic.claude-opus-5-5
			called as
			  us.anthropic.claude-opus-5-5
			region
			  us-east-1 → us-west-2
			time
			  14:55:00, 5m ago
			  by CloudTrail, which counts whole
			  seconds
			request id
			  13fca115-5897-48cc-89c7-7e3cb84770
			  c5
			event id
			  a1e5cace-56ad-37b9-be9d-d52d0f29a6
			  a1

			Reply in the transcripts
			folder
			  ~/shop
			session
			  7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a
			  01
			reply ended
			  14:56:00, 4m ago
			answered by
			  opus-5.5 of Bedrock
			tokens
			  in 12 · out 840 · cache read
			  61,500 · cache write 3,000 (600
			  for 1h)
			cost
			  $0.05
			  estimate, geo price as of
			  2026-11-23; scope from the id that
			  Claude Code wrote down"
		`);
	});

	test('60 columns', () => {
		const card = callCard(view, 'a1e5cace-56ad-37b9-be9d-d52d0f29a6a1', {width: 60, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(60);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ok opus-5.5
			outcome       ✓ ok
			caller        alice@example.com
			              you, IAM Identity Center user
			ARN           arn:aws:sts::123456789012:assumed-role/AWSRese
			              rvedSSO_Developer_0a1b2c3d4e5f6a7b/alice@examp
			              le.com
			account       123456789012
			client        claude-cli/2.1.330 (external, cli)
			from          203.0.113.24
			endpoint      bedrock-runtime.us-east-1.amazonaws.com
			              TLSv1.3
			signed by     SigV4
			operation     InvokeModelWithResponseStream
			model         anthropic.claude-opus-5-5
			called as     us.anthropic.claude-opus-5-5
			region        us-east-1 → us-west-2
			time          14:55:00, 5m ago
			              by CloudTrail, which counts whole seconds
			request id    13fca115-5897-48cc-89c7-7e3cb84770c5
			event id      a1e5cace-56ad-37b9-be9d-d52d0f29a6a1

			Reply in the transcripts
			folder        ~/shop
			session       7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01
			reply ended   14:56:00, 4m ago
			answered by   opus-5.5 of Bedrock
			tokens        in 12 · out 840 · cache read 61,500 · cache
			              write 3,000 (600 for 1h)
			cost          $0.05
			              estimate, geo price as of 2026-11-23; scope
			              from the id that Claude Code wrote down"
		`);
	});

	test('100 columns', () => {
		const card = callCard(view, 'a1e5cace-56ad-37b9-be9d-d52d0f29a6a1', {width: 100, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(100);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ok opus-5.5
			outcome       ✓ ok
			caller        alice@example.com  you, IAM Identity Center user
			ARN           arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b/alice
			              @example.com
			account       123456789012
			client        claude-cli/2.1.330 (external, cli)
			from          203.0.113.24
			endpoint      bedrock-runtime.us-east-1.amazonaws.com  TLSv1.3
			signed by     SigV4
			operation     InvokeModelWithResponseStream
			model         anthropic.claude-opus-5-5
			called as     us.anthropic.claude-opus-5-5
			region        us-east-1 → us-west-2
			time          14:55:00, 5m ago  by CloudTrail, which counts whole seconds
			request id    13fca115-5897-48cc-89c7-7e3cb84770c5
			event id      a1e5cace-56ad-37b9-be9d-d52d0f29a6a1

			Reply in the transcripts
			folder        ~/shop
			session       7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01
			reply ended   14:56:00, 4m ago
			answered by   opus-5.5 of Bedrock
			tokens        in 12 · out 840 · cache read 61,500 · cache write 3,000 (600 for 1h)
			cost          $0.05
			              estimate, geo price as of 2026-11-23; scope from the id that Claude Code wrote down"
		`);
	});
});

describe('a refusal that a policy mends', () => {
	test('36 columns', () => {
		const card = refusalCard(known, key, {width: 36, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(36);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✗ fable-5.2: no IAM policy allows it
			None of the caller's identity
			policies allows this action on this
			resource.
			→ Add this policy's statement to an
			identity policy of the permission
			set Developer in IAM Identity
			Center.

			who
			  alice@example.com
			ARN
			  arn:aws:sts::123456789012:assumed-
			  role/AWSReservedSSO_Developer_0a1b
			  2c3d4e5f6a7b/alice@example.com
			action
			  bedrock:InvokeModelWithResponseStr
			  eam
			called as
			  us.anthropic.claude-fable-5-2
			resource
			  arn:aws:bedrock:us-east-1:12345678
			  9012:inference-profile/us.anthropi
			  c.claude-fable-5-2
			region
			  us-east-1
			policy
			  identity-based policy
			meanwhile
			  the sessions go on with another
			  model: it works in the background
			count
			  ×1
			first seen
			  14:54:00, 6m ago
			last seen
			  14:54:00, 6m ago

			Seen by
			transcript
			  ✓ written here within a second
			CloudWatch
			  ? no count of failed calls:
			  minutes late, or not asked for
			CloudTrail
			  ✓ has the record of the call

			Sessions that met it
			~/shop
			7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01

			AWS's words
			User:
			arn:aws:sts::123456789012:assumed-ro
			le/AWSReservedSSO_Developer_0a1b2c3d
			4e5f6a7b/alice@example.com is not
			authorized to perform:
			bedrock:InvokeModelWithResponseStrea
			m on resource:
			arn:aws:bedrock:us-east-1:1234567890
			12:inference-profile/us.anthropic.cl
			aude-fable-5-2 because no
			identity-based policy allows the
			bedrock:InvokeModelWithResponseStrea
			m action

			Policy that allows it
			{
			  "Version": "2012-10-17",
			  "Statement": [
			    {
			      "Sid": "AllowModelCalls",
			      "Effect": "Allow",
			      "Action": [
			        "bedrock:InvokeModelWithResp
			        onseStream"
			      ],
			      "Resource": [
			        "arn:aws:bedrock:us-east-1:1
			        23456789012:inference-profil
			        e/us.anthropic.claude-fable-
			        5-2",
			        "arn:aws:bedrock:us-east-1::
			        foundation-model/anthropic.c
			        laude-fable-5-2",
			        "arn:aws:bedrock:us-east-2::
			        foundation-model/anthropic.c
			        laude-fable-5-2",
			        "arn:aws:bedrock:us-west-2::
			        foundation-model/anthropic.c
			        laude-fable-5-2"
			      ]
			    }
			  ]
			}"
		`);
	});

	test('60 columns', () => {
		const card = refusalCard(known, key, {width: 60, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(60);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✗ fable-5.2: no IAM policy allows it
			None of the caller's identity policies allows this action on
			this resource.
			→ Add this policy's statement to an identity policy of the
			permission set Developer in IAM Identity Center.

			who           alice@example.com
			ARN           arn:aws:sts::123456789012:assumed-role/AWSRese
			              rvedSSO_Developer_0a1b2c3d4e5f6a7b/alice@examp
			              le.com
			action        bedrock:InvokeModelWithResponseStream
			called as     us.anthropic.claude-fable-5-2
			resource      arn:aws:bedrock:us-east-1:123456789012:inferen
			              ce-profile/us.anthropic.claude-fable-5-2
			region        us-east-1
			policy        identity-based policy
			meanwhile     the sessions go on with another model: it
			              works in the background
			count         ×1
			first seen    14:54:00, 6m ago
			last seen     14:54:00, 6m ago

			Seen by
			transcript    ✓ written here within a second
			CloudWatch    ? no count of failed calls: minutes late, or
			              not asked for
			CloudTrail    ✓ has the record of the call

			Sessions that met it
			~/shop  7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01

			AWS's words
			User:
			arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Develo
			per_0a1b2c3d4e5f6a7b/alice@example.com is not authorized to
			perform: bedrock:InvokeModelWithResponseStream on resource:
			arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.
			anthropic.claude-fable-5-2 because no identity-based policy
			allows the bedrock:InvokeModelWithResponseStream action

			Policy that allows it
			{
			  "Version": "2012-10-17",
			  "Statement": [
			    {
			      "Sid": "AllowModelCalls",
			      "Effect": "Allow",
			      "Action": [
			        "bedrock:InvokeModelWithResponseStream"
			      ],
			      "Resource": [
			        "arn:aws:bedrock:us-east-1:123456789012:inference-pr
			        ofile/us.anthropic.claude-fable-5-2",
			        "arn:aws:bedrock:us-east-1::foundation-model/anthrop
			        ic.claude-fable-5-2",
			        "arn:aws:bedrock:us-east-2::foundation-model/anthrop
			        ic.claude-fable-5-2",
			        "arn:aws:bedrock:us-west-2::foundation-model/anthrop
			        ic.claude-fable-5-2"
			      ]
			    }
			  ]
			}"
		`);
	});

	test('100 columns', () => {
		const card = refusalCard(known, key, {width: 100, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(100);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✗ fable-5.2: no IAM policy allows it
			None of the caller's identity policies allows this action on this resource.
			→ Add this policy's statement to an identity policy of the permission set Developer in IAM Identity
			Center.

			who           alice@example.com
			ARN           arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b/alice
			              @example.com
			action        bedrock:InvokeModelWithResponseStream
			called as     us.anthropic.claude-fable-5-2
			resource      arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-fable-5-2
			region        us-east-1
			policy        identity-based policy
			meanwhile     the sessions go on with another model: it works in the background
			count         ×1
			first seen    14:54:00, 6m ago
			last seen     14:54:00, 6m ago

			Seen by
			transcript    ✓ written here within a second
			CloudWatch    ? no count of failed calls: minutes late, or not asked for
			CloudTrail    ✓ has the record of the call

			Sessions that met it
			~/shop  7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01

			AWS's words
			User:
			arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b/alice@example.com
			is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource:
			arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-fable-5-2 because no
			identity-based policy allows the bedrock:InvokeModelWithResponseStream action

			Policy that allows it
			{
			  "Version": "2012-10-17",
			  "Statement": [
			    {
			      "Sid": "AllowModelCalls",
			      "Effect": "Allow",
			      "Action": [
			        "bedrock:InvokeModelWithResponseStream"
			      ],
			      "Resource": [
			        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-fable-5-2",
			        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-fable-5-2",
			        "arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-fable-5-2",
			        "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-fable-5-2"
			      ]
			    }
			  ]
			}"
		`);
	});
});

describe('a session that is on Bedrock', () => {
	test('36 columns', () => {
		const card = sessionCard(view, sessionId, {width: 36, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(36);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ~/shop
			folder
			  ~/shop
			session
			  7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a
			  01
			Claude Code
			  2.1.330
			region
			  us-east-1
			  AWS_REGION in
			  ~/.claude/settings.json
			model pinned
			  us.anthropic.claude-opus-5-5
			  ANTHROPIC_MODEL in
			  ~/.claude/settings.json
			told to be
			  us.anthropic.claude-opus-5-5
			asked for
			  us.anthropic.claude-opus-5-5
			answered by
			  opus-5.5
			  the bare name, which is the same
			  with every provider

			Chain of proof
			configured
			  ✓ bedrock
			  CLAUDE_CODE_USE_BEDROCK=1 in
			  ~/.claude/settings.json
			running
			  ✓ pid 4121
			replied
			  ✓ Bedrock, 2m ago
			  its id begins with msg_bdrk_
			audited
			  ✓ by CloudTrail, 5m ago
			  the same request id

			Spend since 09:00:00
			cost
			  $0.10  estimate
			calls
			  3
			tokens
			  in 194k · out 2.5k
			  95% of the prompts read from the
			  cache

			Refused
			✗ fable-5.2 ×1 no IAM policy allows
			it, 6m ago
			→ Allow
			bedrock:InvokeModelWithResponseStrea
			m on
			arn:aws:bedrock:us-east-1:1234567890
			12:inference-profile/us.anthropic.cl
			aude-fable-5-2 in an identity policy
			of the permission set Developer in
			IAM Identity Center (bedtop offers
			no policy, because it does not know
			the regions that the profile sends
			calls to)."
		`);
	});

	test('60 columns', () => {
		const card = sessionCard(view, sessionId, {width: 60, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(60);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ~/shop
			folder        ~/shop
			session       7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01
			Claude Code   2.1.330
			region        us-east-1
			              AWS_REGION in ~/.claude/settings.json
			model pinned  us.anthropic.claude-opus-5-5
			              ANTHROPIC_MODEL in ~/.claude/settings.json
			told to be    us.anthropic.claude-opus-5-5
			asked for     us.anthropic.claude-opus-5-5
			answered by   opus-5.5
			              the bare name, which is the same with every
			              provider

			Chain of proof
			configured    ✓ bedrock
			              CLAUDE_CODE_USE_BEDROCK=1 in
			              ~/.claude/settings.json
			running       ✓ pid 4121
			replied       ✓ Bedrock, 2m ago
			              its id begins with msg_bdrk_
			audited       ✓ by CloudTrail, 5m ago  the same request id

			Spend since 09:00:00
			cost          $0.10  estimate
			calls         3
			tokens        in 194k · out 2.5k
			              95% of the prompts read from the cache

			Refused
			✗ fable-5.2 ×1 no IAM policy allows it, 6m ago
			→ Allow bedrock:InvokeModelWithResponseStream on
			arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.
			anthropic.claude-fable-5-2 in an identity policy of the
			permission set Developer in IAM Identity Center (bedtop
			offers no policy, because it does not know the regions that
			the profile sends calls to)."
		`);
	});

	test('100 columns', () => {
		const card = sessionCard(view, sessionId, {width: 100, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(100);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✓ ~/shop
			folder        ~/shop
			session       7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01
			Claude Code   2.1.330
			region        us-east-1  AWS_REGION in ~/.claude/settings.json
			model pinned  us.anthropic.claude-opus-5-5  ANTHROPIC_MODEL in ~/.claude/settings.json
			told to be    us.anthropic.claude-opus-5-5
			asked for     us.anthropic.claude-opus-5-5
			answered by   opus-5.5  the bare name, which is the same with every provider

			Chain of proof
			configured    ✓ bedrock  CLAUDE_CODE_USE_BEDROCK=1 in ~/.claude/settings.json
			running       ✓ pid 4121
			replied       ✓ Bedrock, 2m ago  its id begins with msg_bdrk_
			audited       ✓ by CloudTrail, 5m ago  the same request id

			Spend since 09:00:00
			cost          $0.10  estimate
			calls         3
			tokens        in 194k · out 2.5k  95% of the prompts read from the cache

			Refused
			✗ fable-5.2 ×1 no IAM policy allows it, 6m ago
			→ Allow bedrock:InvokeModelWithResponseStream on
			arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-fable-5-2 in an
			identity policy of the permission set Developer in IAM Identity Center (bedtop offers no policy,
			because it does not know the regions that the profile sends calls to)."
		`);
	});
});

describe('a session that is not', () => {
	test('36 columns', () => {
		const card = sessionCard(view, strayId, {width: 36, home});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(36);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"✗ ~/项目
			folder
			  ~/项目
			session
			  2b60a0f3-77c4-4a0d-8e0e-6f0f7f6e2b
			  02
			Claude Code
			  2.1.330
			region
			  us-east-1
			  AWS_REGION in
			  ~/.claude/settings.json
			model pinned
			  us.anthropic.claude-opus-5-5
			  ANTHROPIC_MODEL in
			  ~/.claude/settings.json
			answered by
			  opus-5.5
			  the bare name, which is the same
			  with every provider

			Chain of proof
			configured
			  ✓ bedrock
			  CLAUDE_CODE_USE_BEDROCK=1 in
			  ~/.claude/settings.json
			running
			  ✓ pid 4388
			replied
			  ✗ Anthropic, 3m ago
			  its id begins with msg_01
			audited
			  ? not in CloudTrail yet
			  records come 5 to 90 minutes late

			Findings
			▲ configured for Bedrock, last reply
			came from Anthropic: restart it
			→ quit it, then claude --resume
			2b60a0f3-77c4-4a0d-8e0e-6f0f7f6e2b02

			Spend since 09:00:00
			No reply of Bedrock in this window.
			elsewhere
			  ▲ 1 reply, $0.05 at list price
			  not from Bedrock, not in the sum"
		`);
	});
});

describe('a model', () => {
	test('36 columns', () => {
		const card = modelCard(view, `us-east-1 AWS/Bedrock ${opus}`, {width: 36, height: 30});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(36);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"opus-5.5 us-east-1
			Tokens sent (input and cache) per 10
			minutes
			3.0M│
			    │
			    │                          ⣶
			    │                          ⣿  ⢀⡀
			1.5M│                          ⣿  ⢸⡇
			    │                          ⣿ ⢀⣸⡇
			    │                          ⣿ ⢸⣿⡇
			    │                          ⣿⣶⣿⣿⡇
			   0│                          ⣿⣿⣿⣿⡇
			          10:00     12:00     14:00
			Tokens answered per 10 minutes
			 40k│
			    │                          ⣶
			 20k│                          ⣿  ⢸⡇
			    │                          ⣿ ⣸⣿⡇
			   0│                          ⣿⣿⣿⣿⡇
			          10:00     12:00     14:00
			Latency is known as the median of
			the last hour only, so no course of
			it is drawn.

			Whole account since 09:00:00
			(CloudWatch, 2m ago)
			calls
			  118  118 in the last hour
			throttled
			  3
			client errors
			  0
			p50 latency
			  3.1s  median of the last hour
			first token
			  820ms  median of the last hour
			tokens
			  in 2,360 · out 82,600 · cache read
			  5,900,000 · cache write 236,000

			Money
			account
			  $4.42–5.20
			  estimate: CloudWatch does not tell
			  cache lifetimes or prompt sizes
			mine
			  $0.10
			  2 calls, geo price, scope from the
			  id that Claude Code wrote down
			per MTok
			  in $4.40 · out $22.00 · cache read
			  $0.22 · cache write 5m $5.50 · 1h
			  $8.80  list price
			price
			  geo, as of 2026-11-23
			source
			  https://aws.amazon.com/bedrock/pri
			  cing/

			Name
			called as
			  us.anthropic.claude-opus-5-5
			model
			  anthropic.claude-opus-5-5
			scope
			  geo
			region
			  us-east-1"
		`);
	});

	test('60 columns', () => {
		const card = modelCard(view, `us-east-1 AWS/Bedrock ${opus}`, {width: 60, height: 30});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(60);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"opus-5.5 us-east-1
			Tokens sent (input and cache) per 5 minutes
			2.0M│
			    │
			    │
			    │                                               ⢸⡇    ⡄
			1.0M│                                               ⣸⡇   ⣶⡇
			    │                                               ⣿⡇   ⣿⡇
			    │                                               ⣿⣧   ⣿⣧⡄
			    │                                               ⣿⣿ ⣴⡆⣿⣿⡇
			   0│                                               ⣿⣿ ⣿⣇⣿⣿⡇
			     09:00    10:00    11:00    12:00    13:00    14:00
			Tokens answered per 5 minutes
			 20k│                                               ⢠⡄
			    │                                               ⣸⡇   ⣤⡇
			 10k│                                               ⣿⡇   ⣿⡇
			    │                                               ⣿⣿ ⢠⡄⣿⣿⡇
			   0│                                               ⣿⣿ ⣿⣇⣿⣿⡇
			     09:00    10:00    11:00    12:00    13:00    14:00
			Latency is known as the median of the last hour only, so no
			course of it is drawn.

			Whole account since 09:00:00 (CloudWatch, 2m ago)
			calls         118  118 in the last hour
			throttled     3
			client errors 0
			p50 latency   3.1s  median of the last hour
			first token   820ms  median of the last hour
			tokens        in 2,360 · out 82,600 · cache read 5,900,000 ·
			              cache write 236,000

			Money
			account       $4.42–5.20
			              estimate: CloudWatch does not tell cache
			              lifetimes or prompt sizes
			mine          $0.10
			              2 calls, geo price, scope from the id that
			              Claude Code wrote down
			per MTok      in $4.40 · out $22.00 · cache read $0.22 ·
			              cache write 5m $5.50 · 1h $8.80  list price
			price         geo, as of 2026-11-23
			source        https://aws.amazon.com/bedrock/pricing/

			Name
			called as     us.anthropic.claude-opus-5-5
			model         anthropic.claude-opus-5-5
			scope         geo
			region        us-east-1"
		`);
	});

	test('100 columns', () => {
		const card = modelCard(view, `us-east-1 AWS/Bedrock ${opus}`, {width: 100, height: 30});
		for (const line of card?.body ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(100);
		expect(textOf(card)).toMatchInlineSnapshot(`
			"opus-5.5 us-east-1
			Tokens sent (input and cache) per 2 minutes
			600k│
			    │                                                                                   ⣶⣶      ⣶⡆
			    │                                                                                  ⣸⣿⣿      ⣿⣿⡀
			    │                                                                                  ⣿⣿⣿      ⣿⣿⡇
			300k│                                                                                 ⢰⣿⣿⣿      ⣿⣿⣷
			    │                                                                                 ⢸⣿⣿⣿    ⡀ ⣿⣿⣿
			    │                                                                                 ⢸⣿⣿⣿    ⡇ ⣿⣿⣿
			    │                                                                                 ⢸⣿⣿⣿  ⣶⣶⡇ ⣿⣿⣿
			   0│                                                                                 ⢸⣿⣿⣿  ⣿⣿⣇⣀⣿⣿⣿
			     09:00  09:30   10:00   10:30   11:00   11:30   12:00   12:30  13:00   13:30   14:00   14:30
			Tokens answered per 2 minutes
			8.0k│                                                                                   ⣤⣤      ⣤⡄
			    │                                                                                  ⣼⣿⣿      ⣿⣿⡄
			4.0k│                                                                                 ⢰⣿⣿⣿      ⣿⣿⣷
			    │                                                                                 ⢸⣿⣿⣿    ⡇ ⣿⣿⣿
			   0│                                                                                 ⢸⣿⣿⣿  ⣿⣿⣇⣀⣿⣿⣿
			     09:00  09:30   10:00   10:30   11:00   11:30   12:00   12:30  13:00   13:30   14:00   14:30
			Latency is known as the median of the last hour only, so no course of it is drawn.

			Whole account since 09:00:00 (CloudWatch, 2m ago)
			calls         118  118 in the last hour
			throttled     3
			client errors 0
			p50 latency   3.1s  median of the last hour
			first token   820ms  median of the last hour
			tokens        in 2,360 · out 82,600 · cache read 5,900,000 · cache write 236,000

			Money
			account       $4.42–5.20  estimate: CloudWatch does not tell cache lifetimes or prompt sizes
			mine          $0.10  2 calls, geo price, scope from the id that Claude Code wrote down
			per MTok      in $4.40 · out $22.00 · cache read $0.22 · cache write 5m $5.50 · 1h $8.80  list price
			price         geo, as of 2026-11-23
			source        https://aws.amazon.com/bedrock/pricing/

			Name
			called as     us.anthropic.claude-opus-5-5
			model         anthropic.claude-opus-5-5
			scope         geo
			region        us-east-1"
		`);
	});
});

describe('how a call reached Bedrock', () => {
	const words = wordsOf(callCard(view, 'privatelink', {width: 100}));

	test.each([
		[
			'the endpoint it came through, and whose it is',
			'through PrivateLink vpce-0123456789abcdef0 of account 111122223333',
		],
		['the key it was signed by', 'Bedrock API key (bearer)'],
		['tokens of CloudTrail, which are no money', 'in 16,361 · out 2,782 as CloudTrail shows them'],
		['a client, shortened', 'Boto3/1.42.97 md/Botocore#1.42.97'],
	])('says %s', (_, part) => expect(words).toContain(part));

	test('PrivateLink is not mentioned where there is none', () => {
		expect(wordsOf(callCard(view, 'running', {width: 100}))).not.toContain('PrivateLink');
	});
});

test('the JSON has how a call reached Bedrock, and null for what is not known', () => {
	const {calls} = toJson(view, {version: '1', isDemo: false});
	expect(calls.find(({eventId}) => eventId === 'privatelink')).toMatchObject({
		...{sourceAddress: '172.31.0.10', vpcEndpointId: 'vpce-0123456789abcdef0', bearer: true},
		endpoint: 'bedrock-runtime.us-east-1.amazonaws.com',
	});
	expect(calls.find(({eventId}) => eventId === 'running')).toMatchObject({vpcEndpointId: null, bearer: false});
});

test.each([
	['privatelink', 'Not yours'],
	['running', '(yet): it may still be running'],
	['unseen', 'not on this machine, or no longer kept'],
	['older-client', 'before 2.1.285 writes no request id'],
	['script', 'Not made by Claude Code'],
	['denied', 'there is no reply to price'],
])('says why there is no reply to %s', (eventId, reason) => {
	expect(wordsOf(callCard(view, eventId, {width: 100}))).toContain(reason);
});

test('what is not known any more has no card', () => {
	expect(callCard(view, 'gone', {width: 100})).toBeUndefined();
	expect(refusalCard(view, 'gone', {width: 100})).toBeUndefined();
	expect(sessionCard(view, 'gone', {width: 100})).toBeUndefined();
	expect(modelCard(view, 'gone', {width: 100, height: 30})).toBeUndefined();
});

describe('the clipboard gets', () => {
	test('both ids of a call', () => {
		expect(callCard(view, 'a1e5cace-56ad-37b9-be9d-d52d0f29a6a1', {width: 36})?.copy?.text).toBe(
			'requestID 13fca115-5897-48cc-89c7-7e3cb84770c5 eventID a1e5cace-56ad-37b9-be9d-d52d0f29a6a1',
		);
	});

	test('the whole policy of a refusal, whatever the width', () => {
		const text = refusalCard(known, key, {width: 36})?.copy?.text ?? '';
		expect(JSON.parse(text)).toEqual(known.refusals[0]?.fix?.policy);
	});

	test('the command of a refusal where there is no policy', () => {
		const copy = refusalCard(view, key, {width: 36})?.copy;
		expect(copy).toMatchObject({what: 'the command'});
		expect(copy?.text).toMatch(/^aws bedrock get-inference-profile /);
	});

	test('the id of a session', () => expect(sessionCard(view, sessionId, {width: 36})?.copy?.text).toBe(sessionId));
});

describe('the card of a model', () => {
	const row = view.spend.models.find(({profile}) => profile?.includes('haiku'))?.profile ?? '';

	test('can be opened from the spend table too, and nothing unknown is a zero', () => {
		const words = wordsOf(modelCard(view, row, {width: 100, height: 30}));
		expect(words).toContain('CloudWatch has told nothing in this window');
		expect(words).toContain('account not known yet mine');
		expect(words).toContain('mine $0.0015 1 call, global price');
		expect(words).toContain('long prompts in $0.50');
		expect(words).not.toMatch(/\$0\.00(?!\d)/);
	});

	test('counts hours where minutes are not known', () => {
		const hour = 3_600_000;
		const hours = [1, 2, 3, 4].map(n => [now - n * 24 * hour, n * 1e6] as const);
		const update = {region: 'us-east-1', profile: opus, points: [], minutesFrom: now - 5 * hour};
		const week: readonly Action[] = [
			{type: 'window', spendSince: now - 7 * 24 * hour, historySince: now - 7 * 24 * hour, feedMs: 3_600_000},
			{type: 'metrics', keepSince: 0, updates: [{...update, hours: [['CacheReadInputTokens', hours]]}]},
		];
		const words = wordsOf(modelCard(afternoon(week), `us-east-1 AWS/Bedrock ${opus}`, {width: 200, height: 30}));
		expect(words).toContain('per hour');
	});
});
