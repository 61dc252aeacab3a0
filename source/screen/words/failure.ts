import type {Failure} from '../../domain/refusals/failures.ts';
import {formatCount} from '../text/format.ts';
import {shortModel} from '../text/model-name.ts';

/** Which calls failed, and how often: `ServiceUnavailableException ×3 opus-5.5`. */
export const failureWords = ({code, count, model}: Failure): string =>
	`${code} ×${formatCount(count)}${model === undefined ? '' : ` ${shortModel(model)}`}`;

/** What to do while nothing is answered. */
export const failingFix = 'look at the AWS Health Dashboard and at the network, or call another model or region';
