import {shortModelName} from '../../domain/models/model-id.ts';
import type {ReconcileNote} from '../../domain/spend/reconcile-note.ts';
import {plural} from '../text/plural.ts';
import {unpricedWords} from './unpriced-reason.ts';

const roughly = (tokens: number) => (tokens < 1000 ? String(tokens) : `${Math.round(tokens / 1000)}k`);

const callerWords = ({elsewhere, callers, unnamed}: Extract<ReconcileNote, {kind: 'others'}>): string => {
	const mine = elsewhere === 0 ? [] : [`myself elsewhere (${plural(elsewhere, 'call')})`];
	const named = [...mine, ...callers.map(({name, calls}) => `${name ?? 'unknown'} (${plural(calls, 'call')})`)];
	if (named.length === 0) return 'callers CloudTrail has not named yet';
	return `${named.join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
};

/** What a difference between two clocks most likely means, as a sentence without its full stop. */
export const reconcileNoteWords = (note: ReconcileNote): string => {
	switch (note.kind) {
		case 'others':
			return `${Math.round(note.share * 100)} % of the account's tokens are not from this machine: ${callerWords(note)}`;
		case 'metrics-behind': {
			const minutes = Math.round(note.answeredMsAgo / 60_000);
			return `CloudWatch has not caught up: ${plural(note.replies, 'reply')} of the last minutes (answered ${minutes} min ago)`;
		}
		case 'missing-in-metrics':
			return `${roughly(note.tokens)} of my ${shortModelName(note.model)} tokens are not in CloudWatch: another account, another region, or late data`;
		case 'trail-behind':
			return `CloudTrail has not shown ${plural(note.replies, 'reply')} yet: it is up to 90 min late`;
		case 'missing-in-trail':
			return `${plural(note.replies, 'reply')} never reached this account's CloudTrail: another account or region?`;
		case 'bill-drift': {
			const sign = note.percent > 0 ? '+' : '';
			return `the account's estimate through ${note.through} is ${sign}${note.percent.toFixed(1)} % off the bill of those days`;
		}
		case 'unread':
			return `CloudWatch could not be read for ${note.names.join(', ')}: the account's sum is a lower bound`;
		case 'unwritten':
			return `${plural(note.calls, 'call')} of mine reached no transcript: probes, retries, or another machine`;
		case 'unpriced':
			return `${note.profile} of the account is unpriced: ${unpricedWords(note.reason)}`;
	}
};
