import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {evidenceWords} from '../../source/screen/words/evidence.ts';
import {routingFindingWords} from '../../source/screen/words/routing-finding.ts';

/** A configuration with its evidence and findings as a person reads them. */
export const worded = (it: Configuration) => ({
	...it,
	providerFrom: evidenceWords(it.providerFrom),
	regionFrom: evidenceWords(it.regionFrom),
	modelFrom: it.modelFrom && evidenceWords(it.modelFrom),
	auth: it.auth && {...it.auth, from: it.auth.from.map(evidenceWords).join('; ')},
	noTranscripts: it.noTranscripts && evidenceWords(it.noTranscripts),
	findings: it.findings.map(routingFindingWords),
});
