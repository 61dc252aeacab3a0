import type {PicoUsd} from '../money/money.ts';
import type {Ledger} from './ledger.ts';

/** Replies proven to come from somebody else than Bedrock: who is billed for them is not AWS. */
export type OtherProvider = {
	readonly provider: 'first-party' | 'vertex';
	readonly replies: number;
	/** Epoch ms. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** At list price; undefined where some reply has none. */
	readonly amount: PicoUsd | undefined;
};

/** Those replies since then (epoch ms), by provider. */
export const otherProvidersSince = (ledger: Ledger, since: number): readonly OtherProvider[] => {
	const found = new Map<OtherProvider['provider'], OtherProvider>();
	for (const {turn, quote} of ledger.values()) {
		const {provider, at} = turn;
		if (at < since || (provider !== 'first-party' && provider !== 'vertex')) continue;
		const known = found.get(provider);
		const cost = quote.state === 'priced' ? quote.low : undefined;
		found.set(provider, {
			provider,
			replies: (known?.replies ?? 0) + 1,
			firstAt: Math.min(known?.firstAt ?? at, at),
			lastAt: Math.max(known?.lastAt ?? at, at),
			amount:
				cost === undefined || (known !== undefined && known.amount === undefined)
					? undefined
					: (known?.amount ?? 0n) + cost,
		});
	}
	return [...found.values()];
};
