import type {Expiry} from '../../domain/routing/session.ts';
import {object, oneOf, optional, unrecorded} from '../../state/fields/field.ts';
import {prose, time} from '../../state/fields/values.ts';
import {defineSource} from '../source.ts';
import {readCredentialExpiry} from './credential-expiry.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		/** When they end, as far as the AWS tools' own caches say. */
		readonly credentials: Expiry | undefined;
	}
}

/** When the credentials end, from the caches that the AWS tools keep beside ~/.aws/config. */
export const credentials = defineSource({
	name: 'credentials',
	scope: 'once',
	isOn: ({hasAws, isDemo}) => hasAws && !isDemo,
	// A file or two; renewed credentials are to be seen soon.
	pace: {everyMs: 30_000, maxDelayMs: 5 * 60_000},
	round: [['identity']],
	slice: optional(
		object<Expiry>({
			kind: oneOf(['sso', 'login', 'session'], 'session'),
			expiresAt: time,
			command: unrecorded(prose, 'aws sso login'),
			profile: unrecorded(prose, 'default'),
		}),
	),
	open: ({aws, machine: {home, shell, now}}) => ({
		async read(dispatch) {
			const env = Object.fromEntries(shell);
			const value = await readCredentialExpiry({home, env, profile: aws.profile ?? env.AWS_PROFILE, now: now()});
			dispatch({type: 'slice', source: 'credentials', value});
		},
		explain: error => ({kind: 'unexpected', message: `The credential caches cannot be read: ${String(error)}`}),
	}),
});
