import {knownModels} from '../../domain/models/known-models.ts';
import {foundationModel} from '../world/application-profile.ts';
import {accountId, models} from '../world/people.ts';
import type {World} from '../world/world.ts';
import type {Answer, Place} from './answer.ts';

type Limit = readonly [name: string, limit: number];

const limits: readonly Limit[] = [
	['Global cross-region model inference tokens per minute', 6_000_000],
	['Global cross-region model inference requests per minute', 10_000],
	['Cross-region model inference tokens per minute', 2_000_000],
	['Cross-region model inference requests per minute', 1000],
	['On-demand InvokeModel requests per minute', 250],
];

/** `sonnet-5.5` as AWS names it: `Anthropic Claude Sonnet 5.5`. */
const titleOf = (id: string): string => {
	const [family = '', version = ''] = (knownModels.get(foundationModel(id)) ?? '').split('-');
	return `Anthropic Claude ${family.replace(/^./, letter => letter.toUpperCase())} ${version}`;
};

/** A model that an account may not use has limits of 0, as new accounts have them. */
const quotasOf = (id: string, region: string, first: number) =>
	limits.map(([name, limit], index) => {
		const code = `L-${(first + index).toString(16).toUpperCase().padStart(8, '0')}`;
		return {
			...{ServiceCode: 'bedrock', ServiceName: 'Amazon Bedrock', QuotaCode: code, Unit: 'None', Adjustable: true},
			QuotaArn: `arn:aws:servicequotas:${region}:${accountId}:bedrock/${code}`,
			QuotaName: `${name} for ${titleOf(id)}`,
			Value: id === models.fable ? 0 : limit,
			...{GlobalQuota: false, QuotaAppliedAtLevel: 'ACCOUNT'},
		};
	});

/** Of the many that are about something else. */
const other = {ServiceCode: 'bedrock', QuotaCode: 'L-0000FFFF', QuotaName: 'Guardrails per account', Value: 100};

const pageSize = 10;

/** `ListServiceQuotas` of Bedrock, in pages. */
export const listServiceQuotas = (_: World, request: unknown, {region}: Place): Answer => {
	const {NextToken} = request as {readonly NextToken?: string};
	const all = [other, ...Object.values(models).flatMap((id, index) => quotasOf(id, region, index * limits.length))];
	const start = Number(NextToken ?? 0);
	const isMore = start + pageSize < all.length;
	const Quotas = all.slice(start, start + pageSize);
	return {body: {Quotas, ...(isMore && {NextToken: String(start + pageSize)})}};
};
