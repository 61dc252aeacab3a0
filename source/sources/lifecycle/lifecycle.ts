import type {Lifecycle} from '../../domain/models/lifecycle.ts';
import type {Aws} from '../aws/aws.ts';
import {errorName} from '../aws/finding.ts';
import {emptyAnswer} from '../aws/problem.ts';

/** The end of the times that are believed, epoch ms: a date beyond it stands for none. */
const latest = Date.UTC(2200, 0);

const timeOf = (date: Date | undefined): number | undefined => {
	const at = date?.getTime() ?? Number.NaN;
	return at > 0 && at < latest ? at : undefined;
};

/** The region has no such model, or nobody has. */
const absences = new Set(['ResourceNotFound', 'Validation']);

/**
 * What Bedrock says of a model's life, in the first of those regions that has it; undefined where none has. Rejects with
 * the SDK's error.
 */
export const fetchLifecycle = async (
	aws: Aws,
	{model, regions, signal}: {readonly model: string; readonly regions: readonly string[]; readonly signal: AbortSignal},
): Promise<Lifecycle | undefined> => {
	for (const region of regions) {
		const {client, sdk} = await aws.bedrock(region);
		try {
			const command = new sdk.GetFoundationModelCommand({modelIdentifier: model});
			const {modelDetails} = await client.send(command, {abortSignal: signal});
			const said = modelDetails?.modelLifecycle;
			if (said?.status === undefined) throw emptyAnswer('GetFoundationModel');
			return {
				...{model, region, status: said.status === 'LEGACY' ? 'legacy' : 'active'},
				legacyAt: timeOf(said.legacyTime),
				extendedAccessAt: timeOf(said.publicExtendedAccessTime),
				endOfLifeAt: timeOf(said.endOfLifeTime),
			};
		} catch (error) {
			if (!absences.has(errorName(error))) throw error;
		}
	}
	return undefined;
};
