import type {UnpricedReason} from '../money/unpriced-reason.ts';

/** One difference between the clocks. */
export type ReconcileNote =
	| {
			readonly kind: 'others';
			/** The part of the account's tokens that is not mine, 0 to 1. */
			readonly share: number;
			/** Answered calls under my ARN without a reply on this machine: they come before anybody else's. */
			readonly elsewhere: number;
			/** The busiest of the others, and how many more there are. */
			readonly callers: readonly {readonly name: string | undefined; readonly calls: number}[];
			readonly unnamed: number;
	  }
	/** Replies so new that CloudWatch's last answer may lack them. */
	| {readonly kind: 'metrics-behind'; readonly replies: number; readonly answeredMsAgo: number}
	| {readonly kind: 'missing-in-metrics'; readonly model: string; readonly tokens: number}
	| {readonly kind: 'trail-behind' | 'missing-in-trail'; readonly replies: number}
	/** How far the estimate is above the bill of the days through that one, ISO. */
	| {readonly kind: 'bill-drift'; readonly through: string; readonly percent: number}
	/** The account's sum lacks these ids or regions, whose metrics could not be read. */
	| {readonly kind: 'unread'; readonly names: readonly string[]}
	| {readonly kind: 'unwritten'; readonly calls: number}
	| {readonly kind: 'unpriced'; readonly profile: string; readonly reason: UnpricedReason};
