import type {ListedPrice} from '../domain/price-list.ts';
import type {Aws} from './aws.ts';
export const priceListAsked = {service: 'Price List', actions: ['pricing:GetProducts']};
export const fetchPriceList = async (
	_aws: Aws,
	_o: {region: string; signal: AbortSignal},
): Promise<readonly ListedPrice[]> => [];
