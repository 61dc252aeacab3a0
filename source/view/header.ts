import {healthOf, statusesOf} from '../domain/health.ts';
import {type Overview, watchedRegions} from '../domain/overview.ts';
import type {SourceName} from '../domain/source-status.ts';
import {formatAge} from './format.ts';
import {keymap} from './keymap.ts';
import {type Line, lineWidth, type Span, span, spread} from './line.ts';

const roomy = 60;

const identityLine = ({state}: Overview, columns: number): Line => {
	const [status] = statusesOf(state, 'identity');
	if (state.identity !== undefined) {
		const {accountId, name, kind} = state.identity;
		const full = kind === 'sso' ? `${name ?? '?'} (SSO)` : (name ?? '?');
		const who = columns >= roomy ? full : (name ?? '?').replace(/@.*/, '');
		return [span(accountId ?? '?', 'strong'), span(` ${who}`)];
	}
	if (status === undefined || status.phase === 'off') return [span('no AWS', 'dim')];
	const isFailing = status.problem !== undefined;
	return [span(isFailing ? '? account unknown' : 'account …', isFailing ? 'warn' : 'dim')];
};

const age = ({state, now}: Overview, name: SourceName, label: string): Line => {
	const {isOff, isFailing, isFirstFetch, answeredAt: at} = healthOf(state, name);
	if (isOff) return [];
	const ageText = at === undefined && isFirstFetch ? '…' : formatAge(at, now);
	return [span(` ${isFailing ? '? ' : ''}${label} ${ageText}`, isFailing ? 'warn' : 'dim')];
};

/** Account, identity, region on the left; the age of each source on the right. */
export const headerLine = (overview: Overview, {columns, isDemo}: {columns: number; isDemo: boolean}): Line => {
	const badge: Line = isDemo ? [span(' DEMO', 'warn')] : [];
	const regions = watchedRegions(overview.state).join(' ');
	const left: Line = [
		span('bedtop', 'accent'),
		...badge,
		span(' '),
		...identityLine(overview, columns),
		span(` ${regions}`),
	];
	const ages = [
		...age(overview, 'transcripts', 'files'),
		...age(overview, 'cloudwatch', 'metrics'),
		...age(overview, 'cloudtrail', 'trail'),
	];
	return spread(left, ages, columns, ' ', 'plain');
};

/** The keys that fit, the most needed first. */
export const footerLine = (columns: number): Line => {
	const spans: Span[] = [];
	for (const {shown, does, isHelpOnly} of keymap) {
		if (isHelpOnly === true) continue;
		const next: Line = [span(spans.length === 0 ? shown : `  ${shown}`, 'strong'), span(` ${does}`, 'dim')];
		if (lineWidth(spans) + lineWidth(next) > columns) break;
		spans.push(...next);
	}
	return spans;
};
