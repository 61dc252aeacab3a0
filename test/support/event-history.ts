import {type AwsRequest, bodyOf} from './aws-answers.ts';

/** A record as CloudTrail has it: when it was called and when LookupEvents begins to show it, epoch ms. */
export type Recorded = {readonly id: string; readonly at: number; readonly shownAt: number};

const secondOf = (at: number) => Math.floor(at / 1000);

const newestFirst = (a: Recorded, b: Recorded) =>
	secondOf(b.at) - secondOf(a.at) || (a.id < b.id ? -1 : Number(a.id > b.id));

export const eventOf = ({id, at}: Recorded) => ({
	...{EventId: id, EventTime: secondOf(at), EventName: 'InvokeModel'},
	CloudTrailEvent: JSON.stringify({
		...{eventID: id, eventTime: new Date(secondOf(at) * 1000).toISOString(), eventSource: 'bedrock.amazonaws.com'},
		...{eventName: 'InvokeModel', eventType: 'AwsApiCall', awsRegion: 'us-east-1', requestID: `request-${id}`},
		...{requestParameters: {modelId: 'us.anthropic.claude-opus-5-5'}},
		userIdentity: {type: 'IAMUser', userName: 'bob', arn: 'arn:aws:iam::111122223333:user/bob'},
	}),
});

/** What LookupEvents shows of these records at that moment: newest first, a page at a time, times inclusive. */
export const lookUp = (records: readonly Recorded[], request: Pick<AwsRequest, 'body'>, now: number, page = 50) => {
	const {StartTime, EndTime = secondOf(now), NextToken} = bodyOf(request as AwsRequest);
	const isAsked = ({at}: Recorded) => secondOf(at) >= Number(StartTime) && secondOf(at) <= Number(EndTime);
	const shown = records.filter(one => one.shownAt <= now && isAsked(one)).sort(newestFirst);
	const last = NextToken === undefined ? undefined : (JSON.parse(String(NextToken)) as Recorded);
	const rest = last === undefined ? shown : shown.filter(one => newestFirst(one, last) > 0);
	const events = rest.slice(0, page);
	const hasMore = rest.length > page;
	return {Events: events.map(eventOf), ...(hasMore && {NextToken: JSON.stringify(events.at(-1))})};
};
