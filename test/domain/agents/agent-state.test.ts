import {expect, test} from 'vitest';
import {agentState} from '../../../source/domain/agents/agent-state.ts';
import {minuteMs, noon} from '../../support/builders.ts';

const second = 1000;

test.each([
	['its last reply ends its work', true, true, second, 'ended'],
	['its session’s process is gone', false, false, second, 'ended'],
	['it has just replied', false, true, second, 'running'],
	['a command takes its ten minutes', false, true, 10 * minuteMs - 1, 'running'],
	['longer than any command', false, true, 10 * minuteMs, 'unknown'],
	['nothing for an hour', false, true, 60 * minuteMs, 'ended'],
	['no process is registered, but it has just replied', false, undefined, second, 'running'],
	['no process is registered and it is silent', false, undefined, minuteMs, 'unknown'],
	['no process is registered and it is silent for long', false, undefined, 10 * minuteMs, 'ended'],
] as const)('%s', (_, isSaidDone, isSessionRunning, silenceMs, state) => {
	expect(agentState({isSaidDone, lastAt: noon - silenceMs}, isSessionRunning, noon)).toBe(state);
});
