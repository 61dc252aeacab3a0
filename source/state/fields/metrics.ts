import * as v from 'valibot';
import {countMetrics, type MetricsUpdate} from '../../domain/metrics/metrics.ts';
import type {Scope} from '../../domain/models/model-id.ts';
import {type Resolution, resolutionKey} from '../../domain/models/resolution.ts';
import {type Field, list, mapOf, object, oneOf, optional, plain, text, unrecorded, variant} from './field.ts';
import {calledId, count, flag, latency, region, time} from './values.ts';

const points: Field<MetricsUpdate['points']> = {
	...plain<MetricsUpdate['points']>(
		v.array(v.tuple([v.picklist(countMetrics), v.array(v.tuple([time.schema, count.schema]))])),
	),
	redact: all => all.filter(([metric]) => countMetrics.includes(metric)),
};

export const metricsUpdate = object<MetricsUpdate>({
	region,
	namespace: optional(oneOf(['AWS/Bedrock', 'AWS/BedrockMantle'], 'AWS/Bedrock')),
	profile: calledId,
	points,
	hours: optional(points),
	minutesFrom: optional(time),
	isUnread: optional(flag),
	speed: optional(
		object<NonNullable<MetricsUpdate['speed']>>({p50LatencyMs: optional(latency), p50FirstTokenMs: optional(latency)}),
	),
});

/** Found again by the end of the alias, as by the end of the name. */
const key = text((id, names) => resolutionKey(names.called(id)));

export const resolutions = mapOf(
	key,
	variant<Resolution, 'state'>('state', {
		resolved: {models: list(calledId), scope: oneOf<Scope>(['global', 'geo', 'in-region', 'unknown'], 'unknown')},
		unresolved: {reason: unrecorded({mask: reason => reason}, {kind: 'left-out'}), isFinal: flag},
	}),
);
