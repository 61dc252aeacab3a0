import {shortModelName} from '../../domain/models/model-id.ts';
import {modelsInUse, type Outlook, outlookOf, pinnedModels} from '../../state/lifecycle.ts';
import type {Overview} from '../../state/overview.ts';
import {leftOf, outlookWords, soonMs} from '../words/lifecycle.ts';
import type {Check} from './check.ts';

/** The models in use of which something is known, those that end first at first. */
const outlooks = ({state, now}: Overview): readonly Outlook[] => {
	const end = ({endOfLifeAt = Number.POSITIVE_INFINITY}: Outlook) => endOfLifeAt;
	return modelsInUse(state)
		.flatMap(model => outlookOf(state, model, now) ?? [])
		.sort((a, b) => (end(a) < end(b) ? -1 : 1));
};

const isWorrying = (outlook: Outlook, now: number): boolean => {
	const left = leftOf(outlook, now);
	return outlook.stage === 'extended' || outlook.stage === 'ended' || (left !== undefined && left <= soonMs);
};

/**
 * How long the models in use will be there. A model that has ended fails where settings still name it; extended access
 * and an end within 60 days warn. Absent while neither Bedrock nor the table says anything.
 */
export const lifecycleCheck = (overview: Overview): Check | undefined => {
	const {state, now} = overview;
	const known = outlooks(overview);
	if (known.length === 0) return undefined;
	const common = {id: 'lifecycle', title: 'Models in use go on'};
	const worrying = known.filter(outlook => isWorrying(outlook, now));
	const [first] = worrying;
	if (first === undefined) {
		const isOpenEnded = ({stage, endOfLifeAt}: Outlook) => stage === 'active' && endOfLifeAt === undefined;
		const told = known.filter(outlook => !isOpenEnded(outlook)).map(outlook => outlookWords(outlook, now));
		const active = known.filter(isOpenEnded).map(({model}) => shortModelName(model));
		const evidence = [...told, ...(active.length === 0 ? [] : [`${active.join(', ')} active`])].join('; ');
		return {...common, state: 'pass', evidence, fix: null};
	}
	const pinned = pinnedModels(state);
	const isBroken = worrying.some(({stage, model}) => stage === 'ended' && pinned.includes(model));
	const fix = `call a model that is still active in place of ${worrying.map(({model}) => shortModelName(model)).join(', ')}`;
	const evidence = worrying.map(outlook => outlookWords(outlook, now)).join('; ');
	return {...common, state: isBroken ? 'fail' : 'warn', evidence, fix};
};
