import {causes} from '../../domain/refusals/causes/index.ts';
import {type Refusal, refusalKey} from '../../domain/refusals/refusals.ts';
import type {Overview} from '../../state/overview.ts';
import {formatCount, formatFolder} from '../text/format.ts';
import {type Line, type Style, span} from '../text/line.ts';
import {calledModel} from '../text/model-name.ts';
import type {Card} from './card.ts';
import {clipboardLine, clipboardText, type Field, fieldsOf, heading, paragraph, prose, titleOf} from './fields.ts';
import {agoWords, momentWords} from './words.ts';

type CardInput = {readonly width: number; readonly home?: string | undefined};

type Witness = Refusal['seenBy'][number];

/** What each clock says where it has seen the refusal, and where it has not. */
const witnesses: readonly (readonly [by: Witness, label: string, seen: string, unseen: string])[] = [
	['transcript', 'transcript', 'written here within a second', 'not in the transcripts of this machine'],
	[
		'cloudwatch',
		'CloudWatch',
		'counts failed calls of the model at that time',
		'no count of failed calls: minutes late, or not asked for',
	],
	['cloudtrail', 'CloudTrail', 'has the record of the call', 'no record yet: they come 5 to 90 minutes late'],
];

const witnessFields = ({seenBy}: Refusal): readonly Field[] =>
	witnesses.map(([by, label, seen, unseen]) => {
		const isSeen = seenBy.includes(by);
		return {label, value: isSeen ? `✓ ${seen}` : `? ${unseen}`, style: isSeen ? 'plain' : 'dim'};
	});

/** A burst of subagents is not told one by one. */
const mostSessions = 8;

const sessionLines = ({sessionIds}: Refusal, {sessions}: Overview, {width, home}: CardInput): readonly Line[] => {
	if (sessionIds.length === 0) return [];
	const shown = sessionIds.slice(0, mostSessions).flatMap(id => {
		const cwd = sessions.find(({sessionId}) => sessionId === id)?.cwd;
		return paragraph(cwd === undefined ? id : `${formatFolder(cwd, home)}  ${id}`, width);
	});
	const hidden = sessionIds.length - mostSessions;
	const more = hidden > 0 ? paragraph(`and ${hidden} more`, width, 'dim') : [];
	return [...heading('Sessions that met it', width), ...shown, ...more];
};

const policyOf = ({fix}: Refusal): string | undefined => {
	const policy = fix?.policy ?? undefined;
	return policy && JSON.stringify(policy, null, 2);
};

/** Line by line, so that none of it is cut however many resources it names. */
const policyLines = (policy: string, width: number): readonly Line[] =>
	policy.split('\n').flatMap(line => prose(line, width, 'accent'));

/** What to paste, after everything that says why. */
const remedyLines = (refusal: Refusal, width: number): readonly Line[] => {
	const policy = policyOf(refusal);
	const command = refusal.fix?.command ?? undefined;
	return [
		...(policy === undefined ? [] : [...heading('Policy that allows it', width), ...policyLines(policy, width)]),
		...(command === undefined ? [] : [...heading('Command', width), ...prose(command, width, 'accent')]),
	];
};

const copyOf = (refusal: Refusal): Card['copy'] => {
	const policy = policyOf(refusal);
	if (policy !== undefined) return {text: clipboardText(policy), what: 'the IAM policy'};
	const {command, text} = refusal.fix ?? {};
	if (command !== undefined && command !== null) return {text: clipboardLine(command), what: 'the command'};
	return text === undefined ? undefined : {text: clipboardLine(text), what: 'what mends it'};
};

const timesOf = ({count, firstAt, lastAt}: Refusal, now: number): readonly Field[] => [
	{label: 'count', value: `×${formatCount(count)}`},
	{label: 'first seen', value: `${momentWords(firstAt, now)}, ${agoWords(firstAt, now)}`},
	{label: 'last seen', value: `${momentWords(lastAt, now)}, ${agoWords(lastAt, now)}`},
];

const whatFields = (refusal: Refusal): readonly Field[] => {
	const {denial, caller, action, model, region, isBackground} = refusal;
	const resourceRegion = denial.resourceRegion === '' ? 'every region' : denial.resourceRegion;
	const isElsewhere = resourceRegion !== undefined && resourceRegion !== region;
	return [
		{label: 'who', value: caller ?? 'not said', style: 'strong'},
		{label: 'ARN', value: denial.principalArn},
		{label: 'action', value: action ?? denial.action ?? 'not said'},
		{label: 'called as', value: model},
		{label: 'resource', value: denial.resource ?? 'AWS names none'},
		{
			label: 'region',
			value: region ?? denial.resourceRegion,
			note: isElsewhere ? `refused in ${resourceRegion}` : undefined,
		},
		{label: 'policy', value: denial.policyArn ?? denial.policyKind},
		{
			label: 'meanwhile',
			value: isBackground === true ? 'the sessions go on with another model: it works in the background' : undefined,
		},
	];
};

/** Why calls are refused, who saw it, and what mends it. */
export const refusalCard = (overview: Overview, key: string, input: CardInput): Card | undefined => {
	const {refusals, now, state} = overview;
	const {width} = input;
	const refusal = refusals.find(one => refusalKey(one) === key);
	if (refusal === undefined) return undefined;
	const {cause, model, message, fix} = refusal;
	const {label, meaning, isLimit} = causes[cause];
	const [shape, style]: [string, Style] = isLimit === true ? ['▲', 'warn'] : ['✗', 'bad'];
	const what = model === undefined ? '' : `${calledModel(model, state.resolutions)}: `;
	return {
		title: titleOf([span(`${shape} ${what}`, style), span(label, 'strong')], width),
		body: [
			...paragraph(meaning, width),
			// What a person needs most, before everything that would have to be scrolled past.
			...(fix === undefined ? [] : prose(`→ ${fix.text}`, width, 'strong')),
			[],
			...fieldsOf([...whatFields(refusal), ...timesOf(refusal, now)], width),
			...heading('Seen by', width),
			...fieldsOf(witnessFields(refusal), width),
			...sessionLines(refusal, overview, input),
			...heading("AWS's words", width),
			...prose(message, width),
			...remedyLines(refusal, width),
		],
		copy: copyOf(refusal),
	};
};
