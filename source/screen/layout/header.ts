import {healthOf, statusesOf} from '../../state/health.ts';
import {type Overview, watchedRegions} from '../../state/overview.ts';
import type {SourceName} from '../../state/source-status.ts';
import type {KeyHint} from '../input/keys.ts';
import {formatAge} from '../text/format.ts';
import {type Line, lineWidth, type Span, span, spread, truncate} from '../text/line.ts';

const roomy = 60;

const identityLine = ({state}: Overview, columns: number): Line => {
	const [status] = statusesOf(state, 'identity');
	if (state.slices.identity !== undefined) {
		const {accountId, name, kind} = state.slices.identity;
		const full = kind === 'sso' ? `${name ?? '?'} (SSO)` : (name ?? '?');
		const who = columns >= roomy ? full : (name ?? '?').replace(/@.*/, '');
		return [span(accountId ?? '?', 'strong'), span(` ${who}`)];
	}
	if (healthOf(state, 'identity').isOff) return [span('no AWS', 'dim')];
	const isFailing = status?.problem !== undefined;
	return [span(isFailing ? '? account unknown' : 'account …', isFailing ? 'warn' : 'dim')];
};

const age = ({state, now}: Overview, name: SourceName, label: string): Line => {
	const {isOff, isFailing, isFirstFetch, answeredAt: at} = healthOf(state, name);
	if (isOff) return [];
	const ageText = at === undefined && isFirstFetch ? '…' : formatAge(at, now);
	return [span(` ${isFailing ? '? ' : ''}${label} ${ageText}`, isFailing ? 'warn' : 'dim')];
};

type HeaderInput = {readonly columns: number; readonly badges: Line};

/** Account, identity, region on the left; the age of each source on the right. */
export const headerLine = (overview: Overview, {columns, badges}: HeaderInput): Line => {
	const regions = watchedRegions(overview.state).join(' ');
	const left: Line = [
		span('bedtop', 'accent'),
		...(badges.length === 0 ? [] : [span(' '), ...badges]),
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
export const footerLine = (hints: readonly KeyHint[], columns: number): Line => {
	const spans: Span[] = [];
	for (const {shown, does} of hints) {
		const next: Line = [span(spans.length === 0 ? shown : `  ${shown}`, 'strong'), span(` ${does}`, 'dim')];
		if (lineWidth(spans) + lineWidth(next) > columns) break;
		spans.push(...next);
	}
	return spans;
};

/** The filter while it is typed, its end in sight however long it is, and how many rows it leaves. */
export const promptLine = (draft: string, matches: string, columns: number): Line => {
	const right: Line = [span(` ${matches}`, 'dim')];
	const room = Math.max(1, columns - 3 - lineWidth(right));
	return spread(
		[span('/', 'accent'), span(truncate(draft, room, 'start')), span('▏', 'accent')],
		right,
		columns,
		' ',
		'plain',
	);
};
