import type {FanOut} from '../../domain/agents/fan-out.ts';
import {formatUsd} from '../text/format.ts';
import {plural} from '../text/plural.ts';

/** `14 agents run at once, $6.20 in 10m`: only what is too much. */
export const fanOutWords = ({running, spent, isTooMany, isTooDear}: FanOut): string => {
	const many = isTooMany ? [`${plural(running, 'agent')} run at once`] : [];
	const dear = isTooDear ? [`${isTooMany ? '' : 'agents cost '}${formatUsd(spent)} in 10m`] : [];
	return [...many, ...dear].join(', ');
};

/** Claude Code caps them from 2.1.217 on (danielmiessler/LifeOS#1569 quotes its changelog). */
export const fanOutFix = 'stop them in that session; CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS caps how many';
