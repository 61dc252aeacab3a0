import {expect, test} from 'vitest';
import {createTrail} from '../../../source/sources/cloudtrail/lookup-events.ts';
import {awsAnswering} from '../../support/aws-answers.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 3_600_000;
/** Times are whole seconds: of the page's oldest one there may be more on the next page. */
const second = 1000;

/** A trail of so many pages, each an hour further back; it stops answering after some of them. */
const trailOf = ({pages, answers = pages}: {pages: number; answers?: number}) => {
	let page = 0;
	const aws = awsAnswering(() => {
		if (page >= answers) throw new Error('cut off');
		page++;
		const events = [{EventId: `e${page}`, EventTime: (noon - page * hour) / 1000, CloudTrailEvent: '{}'}];
		return Response.json({Events: events, ...(page < pages && {NextToken: String(page)})});
	});
	return createTrail({aws, region: 'us-east-1', now: () => noon, wait: async () => undefined});
};

test.each([
	['before the first answer', {pages: 1, answers: 0}, undefined],
	['where paging stopped', {pages: 9, answers: 3}, noon - 3 * hour + second],
	['where all pages were read', {pages: 3}, noon - 24 * hour],
	['where there are more pages than a round reads', {pages: 400}, noon - 120 * hour + second],
])('how far back everything is known: %s', async (_, pages, expected) => {
	const trail = trailOf(pages);
	const since = noon - (pages.pages > 200 ? 1000 : 24) * hour;
	await trail.read(since, () => undefined, new AbortController().signal).catch(() => undefined);
	expect(trail.readBackTo()).toBe(expected);
});
