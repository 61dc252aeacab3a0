/** A variable or settings key as it stands, and the file or shell that sets it. */
export type Setting = {readonly variable: string; readonly value: string; readonly from: string};

/** Why a value is what it is. */
export type Evidence =
	| ({readonly kind: 'set' | 'off'} & Setting)
	/** The value is a secret, a command, or stands beside this. */
	| {readonly kind: 'named'; readonly variable: string; readonly from: string}
	/** An empty value above a switch that is set below it. */
	| {readonly kind: 'cancelled'; readonly from: string; readonly below: Setting}
	| {readonly kind: 'aws-profile'; readonly profile: string; readonly from: string}
	| {readonly kind: 'no-switch' | 'claude-code-default' | 'sdk-default-chain'}
	/** A recording does not tell. */
	| {readonly kind: 'left-out'};
