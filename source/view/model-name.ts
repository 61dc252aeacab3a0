import {parseModelId, shortModelName} from '../domain/model-id.ts';

/** Any spelling of a model as a narrow pane shows it: `opus-5.5`; ids that no table knows as they are. */
export const shortModel = (id: string): string => {
	const {model, profile} = parseModelId(id);
	return model === undefined ? profile.slice(profile.lastIndexOf('/') + 1) : shortModelName(model);
};
