import type {UnpricedReason} from '../../domain/money/unpriced-reason.ts';
import type {Usage} from '../../domain/money/usage.ts';

const usages: Readonly<Record<keyof Usage, string>> = {
	input: 'input',
	output: 'output',
	cacheRead: 'cache reads',
	cacheWrite5m: '5-minute cache writes',
	cacheWrite1h: '1-hour cache writes',
};

/** Why no price can be said, to be put after “unpriced:”. */
export const unpricedWords = (reason: UnpricedReason): string => {
	switch (reason.kind) {
		case 'unknown-model':
			return 'no price is known for this model';
		case 'unknown-time':
			return 'when it was called is not known';
		case 'unknown-day':
			return `no price is known for ${new Date(reason.day).toISOString().slice(0, 10)}`;
		case 'unknown-tier':
			return `the ${reason.serviceTier} tier is not priced`;
		case 'unknown-rate':
			return `no price is known for ${reason.usage === undefined ? 'some of its token kinds' : `its ${usages[reason.usage]}`}`;
		case 'not-sold-globally':
			return 'this model is not sold as a global profile';
		case 'sold-globally-only':
			return 'only its global profile has a price';
		case 'broken-counts':
			return 'its token counts are not whole numbers';
		case 'incomplete-usage':
			return 'its usage lacks input or output tokens';
		case 'other-provider':
			return 'only prices of Bedrock and Anthropic are known';
		case 'unknown-choice':
			return 'which of its models answered is not known';
		case 'provisioned-throughput':
			return 'provisioned throughput is paid by the hour, not by the token';
		case 'not-asked-yet':
			return 'which model answers there is not known yet';
		case 'no-such-profile':
			return 'Bedrock does not know this profile';
		case 'names-no-model':
			return 'Bedrock names no model for it';
		case 'not-allowed':
			return `not resolved: allow ${reason.action}`;
		case 'left-out':
			return 'left out of the recording';
	}
};
