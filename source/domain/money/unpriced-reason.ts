import type {UnresolvedReason} from '../models/unresolved-reason.ts';
import type {Usage} from './usage.ts';

/** Why no price can be said. */
export type UnpricedReason =
	| {readonly kind: 'unknown-model' | 'unknown-time' | 'not-sold-globally' | 'sold-globally-only'}
	/** No entry holds on that UTC day, epoch ms of its start. */
	| {readonly kind: 'unknown-day'; readonly day: number}
	| {readonly kind: 'unknown-tier'; readonly serviceTier: string}
	/** `usage` is a kind of tokens that is used but has no price; absent where it may be any. */
	| {readonly kind: 'unknown-rate'; readonly usage?: keyof Usage}
	| {readonly kind: 'broken-counts' | 'incomplete-usage'}
	/** Neither Bedrock nor Anthropic answered. */
	| {readonly kind: 'other-provider'}
	/** One of a router's models, not all of which have a price. */
	| {readonly kind: 'unknown-choice'}
	| {readonly kind: 'provisioned-throughput'}
	| UnresolvedReason;
