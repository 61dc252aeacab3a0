import type {Scope} from '../../../domain/models/model-id.ts';
import type {Quota, QuotaKind} from '../../../domain/models/quota.ts';
import type {Finding} from '../../../domain/refusals/prerequisites.ts';
import {formatCount} from '../../text/format.ts';
import {shortModel} from '../../text/model-name.ts';
import type {GateVerdict} from './gate.ts';

const units: Readonly<Record<QuotaKind, string>> = {
	'tokens-per-minute': 'tokens a minute',
	'requests-per-minute': 'requests a minute',
	'tokens-per-day': 'tokens a day',
};

const through: Readonly<Record<Scope, string>> = {
	global: 'through global profiles',
	geo: 'through profiles of a geography',
	'in-region': 'without a profile',
	unknown: '',
};

type Called = {readonly model: string; readonly scope: Scope; readonly region: string};

/** Whether the account may use anything of a model at all; how much of it is used now is another question. */
export const quotaGate = (
	{model, scope, region}: Called,
	quotas: Finding<readonly Quota[]> | undefined,
): GateVerdict => {
	if (quotas === undefined) return {state: 'unknown', evidence: 'not asked', fix: null};
	if (quotas.state === 'unknown') {
		return {state: 'unknown', evidence: quotas.reason ?? 'left out of the recording', fix: quotas.fix};
	}
	const name = `${shortModel(model)} ${through[scope]}`.trim();
	const found = quotas.value.filter(quota => quota.model === model && quota.scopes.includes(scope));
	if (found.length === 0) {
		return {state: 'unknown', evidence: `Service Quotas of ${region} names none for ${name}`, fix: null};
	}
	const zero = found.filter(({limit}) => limit === 0);
	if (zero.length > 0) {
		const evidence = `0 ${zero.map(({quota}) => units[quota]).join(', 0 ')} for ${name} in ${region}`;
		const fix = `request an increase in Service Quotas of ${region}, or open a case with AWS Support`;
		return {state: 'fail', evidence, fix};
	}
	const limits = found.map(({limit, quota}) => `${formatCount(limit)} ${units[quota]}`);
	return {state: 'pass', evidence: `${limits.join(', ')} for ${name} in ${region}`, fix: null};
};
