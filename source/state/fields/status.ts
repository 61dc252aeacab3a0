import type {Problem} from '../../domain/common/problem.ts';
import type {SourceName, SourceStatus} from '../source-status.ts';
import {type Field, object, oneOf, optional, text, unrecorded} from './field.ts';
import {count, prose, region, time} from './values.ts';

const problem = object<Problem>({
	kind: oneOf(['network', 'late', 'throttled', 'credentials', 'denied', 'unexpected'], 'unexpected'),
	message: text(() => '', prose.mask),
	fix: unrecorded({mask: (fix, masking) => fix && masking.sentence(fix)}, undefined),
});

/** A recording names the kind of a problem without the error's own words. */
export const statusOf = (sourceName: Field<SourceName>): Field<SourceStatus> => {
	const fields = object<SourceStatus>({
		name: sourceName,
		region: optional(region),
		phase: oneOf(['off', 'idle', 'fetching', 'waiting'], 'idle'),
		nextAt: optional(time),
		lastSuccessAt: optional(time),
		failures: count,
		problem: optional(problem),
	});
	return {
		...fields,
		redact(value, names) {
			const kept = fields.redact(value, names);
			if (kept.problem === undefined) return kept;
			return {...kept, problem: {...kept.problem, message: `${kept.name}: ${kept.problem.kind}.`}};
		},
	};
};
