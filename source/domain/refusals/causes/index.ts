import {credentials} from './credentials.ts';
import {iamPolicies} from './iam-policies.ts';
import {limits} from './limits.ts';
import {models} from './models.ts';
import type {CauseRow, CauseRows} from './row.ts';
import {say} from './situation.ts';

const errorCodes = 'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html';

const rows = {
	...iamPolicies,
	...models,
	...credentials,
	...limits,
	unknown: {
		rank: 999,
		label: 'refused',
		meaning: "AWS's words do not tell bedtop why.",
		short: ({context}) =>
			context.gateway === undefined ? "Look AWS's message up in the Bedrock documentation" : 'Ask who runs the gateway',
		fix: ({words, context}) =>
			context.gateway === undefined
				? say(`Look the message up at ${errorCodes}, as bedtop does not know its cause.`)
				: say(`Ask who runs ${words.gateway} why, as it answered and not AWS.`),
	},
} as const satisfies CauseRows;

/** Why a call was refused, as far as AWS's words tell. */
export type Cause = keyof typeof rows;

/** Every cause by its id. */
export const causes: Readonly<Record<Cause, CauseRow>> = rows;
