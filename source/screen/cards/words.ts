import type {Principal} from '../../domain/calls/principal.ts';
import {promptTokens, type Usage} from '../../domain/money/usage.ts';
import type {Provider} from '../../domain/replies/turn.ts';
import type {ScopeSource} from '../../domain/spend/called-by.ts';
import {formatAge, formatCount, formatShare, formatTime, localDate} from '../text/format.ts';

/** `just now`, `4m ago`. */
export const agoWords = (at: number, now: number): string => {
	const age = formatAge(at, now);
	return age === 'now' ? 'just now' : `${age} ago`;
};

/** The local time, with the day where it is another one than today. */
export const momentWords = (at: number, now: number): string =>
	localDate(at) === localDate(now) ? formatTime(at) : `${localDate(at)} ${formatTime(at)}`;

/** A count with all its digits, thousands apart. */
export const exactCount = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

export const kindWords: Readonly<Record<Principal['kind'], string>> = {
	'iam-user': 'IAM user',
	'assumed-role': 'assumed role',
	sso: 'IAM Identity Center user',
	federated: 'federated user',
	root: 'root user of the account',
	unknown: 'of a kind not known',
};

export const providerWords: Readonly<Record<Provider, string>> = {
	bedrock: 'Bedrock',
	'first-party': 'Anthropic',
	vertex: 'Vertex AI',
	unknown: 'a provider not known',
};

/** Tokens by kind, those that there are none of left out. */
export const usageWords = (usage: Usage, format: (count: number) => string = formatCount): string => {
	const written = usage.cacheWrite5m + usage.cacheWrite1h;
	const lifetime = usage.cacheWrite1h === 0 ? '' : ` (${format(usage.cacheWrite1h)} for 1h)`;
	return [
		`in ${format(usage.input)}`,
		`out ${format(usage.output)}`,
		...(usage.cacheRead > 0 ? [`cache read ${format(usage.cacheRead)}`] : []),
		...(written > 0 ? [`cache write ${format(written)}${lifetime}`] : []),
	].join(' · ');
};

/** How much of what was sent came from the cache. */
export const cacheShareWords = (usage: Usage): string | undefined => {
	const share = formatShare(usage.cacheRead, promptTokens(usage));
	return share && `${share} of the prompts read from the cache`;
};

/** Where it is known from whether a call was a global, a geographic or a regional one. */
export const scopeFromWords: Readonly<Record<ScopeSource, string>> = {
	requestedModel: 'from the id that Claude Code wrote down',
	session: 'from the model that its session wrote down',
	configuration: 'from the settings of its folder',
	cloudtrail: "from CloudTrail's record of the call",
	assumed: 'assumed, as nothing tells it',
};
