import {knownModels} from '../../domain/models/known-models.ts';

/** A model as AWS's billing sells it. */
export type BilledService = {
	/** `Claude Opus 5.5 (Amazon Bedrock Edition)`: the service of the bill and of the price list. */
	readonly service: string;
	/** The generation that the model belongs to: 5.5. */
	readonly generation: number;
};

const capitalised = (word: string) => word.replace(/^./, letter => letter.toUpperCase());

/** The service name of a family and version; before the 4 generation the version came first. */
export const serviceName = (family: string, version: string, revision?: string): string => {
	const words = Number(version) < 4 ? [version, capitalised(family)] : [capitalised(family), version];
	return `${['Claude', ...words, ...(revision === undefined ? [] : [revision])].join(' ')} (Amazon Bedrock Edition)`;
};

/** The edition of a canonical model id; undefined for models that nobody knows. */
export const billedServiceOf = (model: string): BilledService | undefined => {
	const [family, version, revision] = knownModels.get(model)?.split('-') ?? [];
	if (family === undefined || version === undefined) return undefined;
	return {service: serviceName(family, version, revision), generation: Number(version)};
};
