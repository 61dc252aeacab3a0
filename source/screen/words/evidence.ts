import {notAUrl} from '../../domain/routing/configuration-layer.ts';
import type {Evidence, Setting} from '../../domain/routing/evidence.ts';

/** `NAME=value in file`, cut short. */
export const settingWords = ({variable, value, from}: Setting): string =>
	`${variable}=${value.slice(0, 40)} in ${from}`;

/** Where a value stands, to be put beside it. */
export const evidenceWords = (evidence: Evidence): string => {
	switch (evidence.kind) {
		case 'set':
			return settingWords(evidence);
		case 'off':
			return `${settingWords(evidence)} is off`;
		case 'named':
			return `${evidence.variable} in ${evidence.from}`;
		case 'cancelled':
			return `${evidence.below.variable}="" in ${evidence.from} cancels ${settingWords(evidence.below)}`;
		case 'aws-profile':
			return `profile ${evidence.profile} in ${evidence.from}`;
		case 'no-switch':
			return 'no provider switch is set';
		case 'claude-code-default':
			return "Claude Code's default";
		case 'sdk-default-chain':
			return "the AWS SDK's default chain";
		case 'left-out':
			return 'settings that are left out of recordings';
	}
};

/** Scheme, host and port, or that there are none. */
export const endpointWords = (baseUrl: string): string =>
	baseUrl === notAUrl ? 'an address that is not a URL' : baseUrl;
