/** What a row stands for, and a card tells more about. */
export type Target =
	| {readonly kind: 'call'; readonly eventId: string}
	| {readonly kind: 'refusal'; readonly key: string}
	| {readonly kind: 'session'; readonly sessionId: string}
	| {readonly kind: 'model'; readonly key: string}
	| {readonly kind: 'help'};
