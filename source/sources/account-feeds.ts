import type {ConfiguredProvider} from '../domain/routing/configuration.ts';
import {calledIds} from '../state/called-ids.ts';
import type {State} from '../state/state.ts';
import {askClaude} from './auth-status/auth-status.ts';
import {readCredentialExpiry} from './credentials/credential-expiry.ts';
import {explainer, type Feed, type FeedContext} from './feed.ts';
import type {Machine} from './local-feeds.ts';
import {fetchPrerequisites, prerequisitesAsked} from './prerequisites/prerequisites.ts';

/**
 * What Bedrock and IAM say of the models that are called: profiles, access, permission. Each question fails alone and is
 * then unknown, so the source as a whole only fails where nobody can be asked at all.
 */
export const createPrerequisitesFeed = (context: FeedContext, region: string): Feed => ({
	name: 'prerequisites',
	region,
	async read(dispatch, signal) {
		const state = context.getState();
		const principalArn = state.slices.identity?.arn;
		const prerequisites = await fetchPrerequisites(context.aws, {
			...{region, signal, called: calledIds(state)},
			...(principalArn !== undefined && {principalArn}),
		});
		dispatch({type: 'slice', source: 'prerequisites', value: prerequisites});
	},
	explain: explainer(prerequisitesAsked, context),
});

/** When the credentials end, from the caches that the AWS tools keep beside ~/.aws/config. */
export const createExpiryFeed = ({home, shell, now}: Machine, profile: string | undefined): Feed => ({
	name: 'credentials',
	async read(dispatch) {
		const env = Object.fromEntries(shell);
		const named = profile ?? env.AWS_PROFILE;
		const expiry = await readCredentialExpiry({home, env, profile: named, now: now()});
		dispatch({type: 'slice', source: 'credentials', value: expiry});
	},
	explain: error => ({kind: 'unexpected', message: `The credential caches cannot be read: ${String(error)}`}),
});

/** Folders of running sessions are many, and each question starts a program. */
const mostFolders = 4;
const patienceMs = 3000;

/** What `claude auth status` answers here and in the folders of running sessions. */
export const createOpinionFeed = ({cwd, home, shell}: Machine, getState: () => State): Feed => ({
	name: 'auth-status',
	async read(dispatch) {
		const running = getState()
			.sessions.filter(session => session.running)
			.map(session => session.cwd);
		const folders = [...new Set([cwd, ...running])].slice(0, mostFolders);
		const opinions = new Map<string, ConfiguredProvider>();
		for (const folder of folders) {
			const said = await askClaude({cwd: folder, home, env: Object.fromEntries(shell), timeoutMs: patienceMs});
			if (said !== undefined) opinions.set(folder === cwd ? '' : folder, said.provider);
		}
		dispatch({type: 'slice', source: 'auth-status', value: opinions});
	},
	explain: error => ({kind: 'unexpected', message: `claude auth status cannot be run: ${String(error)}`}),
});
