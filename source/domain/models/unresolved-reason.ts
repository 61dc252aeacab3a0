/** Why nobody knows which model an inference profile stands for. */
export type UnresolvedReason =
	| {readonly kind: 'not-asked-yet' | 'no-such-profile' | 'names-no-model'}
	/** `action` is the IAM action to allow. */
	| {readonly kind: 'not-allowed'; readonly action: string}
	/** A recording does not tell. */
	| {readonly kind: 'left-out'};
