import {record, text} from '../../domain/common/json.ts';
import {type Quota, readQuota} from '../../domain/models/quota.ts';
import type {Aws} from '../aws/aws.ts';
import {askJson} from '../aws/json-request.ts';
import {emptyAnswer} from '../aws/problem.ts';

/** A region has some 1,000 quotas of Bedrock's, 100 a page; a token that leads in a circle ends here. */
const mostPages = 40;

const target = 'ServiceQuotasV20190624.ListServiceQuotas';

const readOne = (value: unknown): readonly Quota[] => {
	const {QuotaName, Value} = record(value) ?? {};
	const isLimit = typeof Value === 'number' && Number.isFinite(Value) && Value >= 0;
	const quota = isLimit ? readQuota(text(QuotaName) ?? '', Value) : undefined;
	return quota === undefined ? [] : [quota];
};

/** What the account may use of each Claude model in a region. Rejects with the SDK's error. */
export const fetchQuotas = async (aws: Aws, region: string, signal: AbortSignal): Promise<readonly Quota[]> => {
	const found: Quota[] = [];
	let token: string | undefined;
	for (let page = 0; page < mostPages; page++) {
		const input = {ServiceCode: 'bedrock', MaxResults: 100, ...(token !== undefined && {NextToken: token})};
		const {Quotas, NextToken} = await askJson(aws, {service: 'servicequotas', target, region, input, signal});
		if (!Array.isArray(Quotas)) throw emptyAnswer('ListServiceQuotas');
		found.push(...Quotas.flatMap(readOne));
		token = text(NextToken);
		if (token === undefined) break;
	}
	return found;
};
