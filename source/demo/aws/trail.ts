import {type JsonRecord, parseJson, record, text} from '../../domain/common/json.ts';
import type {World} from '../world/world.ts';
import {type Answer, failure, type Place} from './answer.ts';
import {recordsOf, type TrailRecord} from './trail-records.ts';

/** Newest first; records of one moment by id, so that a page always ends at the same place. */
const newestFirst = (a: Position, b: Position) => b.at - a.at || (a.id < b.id ? -1 : Number(a.id > b.id));

type Position = Pick<TrailRecord, 'at' | 'id'>;

/** What each LookupAttributes key compares with; the keys without a value here match nothing of Bedrock's. */
const attributes: ReadonlyMap<string, (event: TrailRecord) => string | undefined> = new Map<
	string,
	(event: TrailRecord) => string | undefined
>([
	['EventId', ({id}) => id],
	['EventName', ({name}) => name],
	['EventSource', () => 'bedrock.amazonaws.com'],
	['ReadOnly', () => 'true'],
	['Username', ({person}) => person?.name],
	['AccessKeyId', ({person}) => person?.accessKeyId],
	['ResourceName', () => undefined],
	['ResourceType', () => undefined],
]);

/** The result's outer object: `ReadOnly` is a string, `EventTime` epoch seconds, the record itself JSON in a string. */
const lookUpResult = ({at, id, name, person, event}: TrailRecord) => ({
	EventId: id,
	EventName: name,
	ReadOnly: 'true',
	...(person !== undefined && {AccessKeyId: person.accessKeyId, Username: person.name}),
	EventTime: Math.floor(at / 1000),
	EventSource: 'bedrock.amazonaws.com',
	Resources: [],
	CloudTrailEvent: JSON.stringify(event()),
});

const canonical = ({NextToken: _, ...parameters}: JsonRecord) =>
	JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));

const encode = ({at, id}: Position, parameters: string) =>
	Buffer.from(JSON.stringify({at, id, parameters})).toString('base64url');

/** Where the page before ended; undefined when the token is no token or was given for other parameters. */
const decode = (token: string, parameters: string): Position | undefined => {
	const value = record(parseJson(Buffer.from(token, 'base64url').toString()));
	const id = text(value?.id);
	const isMine = value?.parameters === parameters && typeof value.at === 'number';
	return isMine && id !== undefined ? {at: value.at as number, id} : undefined;
};

type Filter = ((event: TrailRecord) => boolean) | undefined;

/** The one attribute that LookupEvents allows, as a filter; undefined when it is not valid. */
const attributeFilter = (asked: unknown): Filter => {
	if (asked === undefined) return () => true;
	const [only, ...others] = Array.isArray(asked) ? asked.map(record) : [];
	const attributeOf = attributes.get(text(only?.AttributeKey) ?? '');
	const value = text(only?.AttributeValue);
	const isValid = others.length === 0 && attributeOf !== undefined && value !== undefined;
	return isValid ? event => attributeOf(event) === value : undefined;
};

/**
 * CloudTrail's LookupEvents: newest first, at most 50 a page, records only once they are delivered. A token is good for
 * the very parameters it was given with, as on AWS; what is delivered between two pages belongs to the next look-up.
 */
export const lookUpEvents = (world: World, request: unknown, {region, now}: Place): Answer => {
	const asked = record(request) ?? {};
	const {NextToken: token, MaxResults: most = 50, StartTime: start = 0, EndTime: end = now / 1000} = asked;
	const [from, to] = [Math.floor(Number(start)), Math.floor(Number(end))];
	if (!(Number(most) >= 1 && Number(most) <= 50)) {
		return failure('InvalidMaxResultsException', 'MaxResults must be between 1 and 50.');
	}
	if (from > to) return failure('InvalidTimeRangeException', 'StartTime must not be after EndTime.');
	const isAsked = attributeFilter(asked.LookupAttributes);
	if (isAsked === undefined) return failure('InvalidLookupAttributesException', 'One valid attribute is allowed.');
	const parameters = canonical(asked);
	const last = token === undefined ? undefined : decode(String(token), parameters);
	if (token !== undefined && last === undefined) {
		return failure('InvalidNextTokenException', 'The token belongs to other parameters or is not valid.');
	}
	const isInRange = (at: number) => at >= from * 1000 && at < (to + 1) * 1000;
	const calls = world.callsUntil(now).filter(call => call.region === region && isInRange(call.at));
	const isVisible = (event: TrailRecord) => {
		const isPassed = last !== undefined && newestFirst(event, last) <= 0;
		return event.deliveredAt <= now && !isPassed && isAsked(event);
	};
	const events = calls.flatMap(recordsOf).filter(isVisible).sort(newestFirst);
	const page = events.slice(0, Number(most));
	const final = page.at(-1);
	const hasMore = final !== undefined && events.length > page.length;
	return {body: {Events: page.map(lookUpResult), ...(hasMore && {NextToken: encode(final, parameters)})}};
};
