import {parseModelId, shortModelName} from '../../domain/models/model-id.ts';
import {type Resolutions, readCalled} from '../../domain/models/resolution.ts';

/** Any spelling of a model as a narrow pane shows it: `opus-5.5`; ids that no table knows as they are. */
export const shortModel = (id: string): string => {
	const {model, profile} = parseModelId(id);
	return model === undefined ? profile.slice(profile.lastIndexOf('/') + 1) : shortModelName(model);
};

/** The same for an id that was called, with what Bedrock said of application profiles; `?` where none is known. */
export const calledModel = (id: string | undefined, resolutions: Resolutions): string =>
	id === undefined ? '?' : shortModel(readCalled(id, resolutions).model ?? id);
