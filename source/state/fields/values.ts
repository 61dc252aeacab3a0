import * as v from 'valibot';
import {normaliseErrorCode} from '../../domain/calls/call.ts';
import {inStandardWords} from '../redaction/standard-texts.ts';
import {type Field, plain, text} from './field.ts';

/** The end of the times that are believed, epoch ms. */
const latest = Date.UTC(2200, 0);

const wholeUpTo = (most: number, least = 0) =>
	plain(v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most)));

/** Epoch ms. */
export const time = wholeUpTo(latest);
export const count = wholeUpTo(Number.MAX_SAFE_INTEGER);
/** Such as of a window, ms. */
export const duration = wholeUpTo(100 * 366 * 86_400_000);
/** Between two readings, ms: never none at all. */
export const interval = wholeUpTo(366 * 86_400_000, 1);
/** Such as CloudWatch's percentiles, which need not be whole, ms. */
export const latency = plain(v.pipe(v.number(), v.finite(), v.minValue(0)));
export const flag = plain(v.boolean());
/** Pico-dollars. */
export const amount: Field<bigint> = plain(
	v.pipe(
		v.object({$integer: v.pipe(v.string(), v.regex(/^-?\d{1,40}$/))}),
		v.transform(({$integer}) => BigInt($integer)),
	),
);

/** Ids stay on a masked screen: AWS and Claude Code draw them by lot. */
const id = (redact: Field<string>['redact']) => text(redact, value => value);

export const region = text((name, names) => names.region(name));
/** What was called, or stands behind it: a profile, an ARN or a model's id. */
export const calledId = text((called, names) => names.called(called));
export const folder = text((path, names) => names.folder(path));
export const sessionId = id((value, names) => names.session(value));
/** Of a request, an event or a line. */
export const recordId = id((value, names) => names.record(value));
export const messageId = id((value, names) => names.message(value));

/** A text of somebody else's that may name anybody, and of which a recording keeps nothing. */
export const prose: Pick<Field<string>, 'mask'> = {mask: (value, masking) => masking.sentence(value)};
/** A file, or what stands in it: it may name a person. */
export const file = text(() => '', prose.mask);
/** A name that files and systems give to things, of which a recording keeps nothing. */
export const plainText = text(() => '');
/** Names that AWS gives to errors. */
const errorNames = [
	...['AccessDenied', 'Throttling', 'Validation', 'ResourceNotFound', 'ServiceQuotaExceeded', 'ModelNotReady'],
	...['ModelTimeout', 'ModelError', 'ModelStreamError', 'InternalServer', 'ServiceUnavailable', 'ExpiredToken'],
	...['UnrecognizedClient', 'InvalidSignature', 'TooManyRequests', 'UnauthorizedOperation', 'Unauthorized'],
	...['MissingAuthenticationToken', 'IncompleteSignature'],
];
export const isErrorName = (name: string): boolean => errorNames.includes(name);
/** As a header or an SDK says it. */
export const errorCode = text(code => {
	const isKnown = code === 'CredentialsProviderError' || isErrorName(normaliseErrorCode(code));
	return isKnown ? code : 'Error';
});
/** An error's message, which a recording says in AWS's standard words. */
export const errorMessage = text(inStandardWords, prose.mask);
