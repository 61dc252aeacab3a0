import {sources} from '../sources/registry.ts';
import type {SourceOptions} from '../sources/source.ts';

type Statement = {
	readonly Sid: string;
	readonly Effect: 'Allow';
	readonly Action: readonly string[];
	readonly Resource: string | readonly string[];
};

/**
 * The least-privilege policy for the sources that are switched on. `*` stands only where the service knows no resource for
 * the action (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 */
export const policyFor = (options: SourceOptions): object => {
	const permissions = sources.filter(({isOn}) => isOn(options)).flatMap(({permissions = []}) => permissions);
	const statements = [...Map.groupBy(permissions, ({sid}) => sid)].map(
		([sid, same]): Statement => ({
			Sid: sid,
			Effect: 'Allow',
			Action: same.flatMap(({actions}) => actions),
			Resource: same.every(({resources}) => resources === undefined)
				? '*'
				: same.flatMap(({resources = []}) => resources),
		}),
	);
	return {Version: '2012-10-17', Statement: statements};
};
