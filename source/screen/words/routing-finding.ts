import type {Provider} from '../../domain/replies/turn.ts';
import type {RoutingFinding} from '../../domain/routing/finding.ts';
import {formatTime} from '../text/format.ts';
import {endpointWords, evidenceWords, settingWords} from './evidence.ts';
import {fileProblemWords} from './file-problem.ts';

const providers: Readonly<Record<Provider, string>> = {
	bedrock: 'Bedrock',
	'first-party': 'Anthropic',
	vertex: 'Vertex AI',
	unknown: 'an unknown provider',
};

const effects = {
	'ignores-file': 'Claude Code ignores the whole file',
	'ignores-key': 'Claude Code ignores it',
	'refuses-to-start': 'Claude Code refuses to start',
} as const;

/** What a person should know of a session or its settings, as a sentence without its full stop. */
export const routingFindingWords = (finding: RoutingFinding): string => {
	switch (finding.kind) {
		case 'not-a-switch':
			return `${settingWords(finding)} does nothing: Claude Code accepts 1, true, yes, on`;
		case 'not-a-region':
			return `${settingWords(finding)} does nothing: it is not shaped like a region`;
		case 'not-true-or-false':
			return `${settingWords(finding)} is neither true nor false, which is all that the AWS SDK takes`;
		case 'outranked':
			return `${settingWords(finding)} does nothing: ${finding.by} outranks it`;
		case 'model-outranked':
			return `model ${finding.value.slice(0, 40)} in ${finding.from} does nothing: ${finding.by} outranks it`;
		case 'mantle-beside-bedrock':
			return `${settingWords(finding)} sends models named anthropic.claude-… without a version to Mantle, the others to Bedrock`;
		case 'unknown-prefix':
			return `${settingWords(finding)} is not a prefix Claude Code documents: ${finding.known.join(', ')}`;
		case 'small-fast-without-model':
			return `${settingWords(finding)} does nothing for background calls, which stay in ${finding.region}: neither ANTHROPIC_DEFAULT_HAIKU_MODEL nor ANTHROPIC_SMALL_FAST_MODEL is set`;
		case 'managed-by-host':
			return `${settingWords(finding)} makes Claude Code ignore the provider switches in ${finding.ignored}`;
		case 'profile-without-region': {
			const place = evidenceWords(finding.profile);
			return `region ${finding.region.slice(0, 40)} of ${place} does nothing: it is not shaped like a region`;
		}
		case 'path-of-folder':
			return `${settingWords(finding)} is not opened here, because a folder's settings chose it: the region may be another`;
		case 'not-a-url':
			return `${finding.variable} in ${finding.from} is not a URL`;
		case 'unreadable':
			return `cannot read ${fileProblemWords(finding)}`;
		case 'not-an-object':
			return `${finding.file} is not a JSON object: Claude Code ignores the whole file`;
		case 'wrong-type':
			return `${finding.key} in ${finding.file} has the wrong type: ${effects[finding.effect]}`;
		case 'not-json': {
			const {file, place, effect} = finding;
			const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
			return `${file} is not valid JSON${where}: ${effects[effect]}`;
		}
		case 'not-from-bedrock': {
			const restart = finding.isRunning ? ': restart it' : '';
			return `configured for Bedrock, last reply came from ${providers[finding.provider]}${restart}`;
		}
		case 'still-from-bedrock':
			return 'not configured for Bedrock any more, last reply still came from Bedrock: restart it to make that so';
		case 'switched': {
			const {before, until, since} = finding;
			return `switched: ${providers[before]} answered until ${formatTime(until).slice(0, 5)}, ${providers[since]} since`;
		}
		case 'mantle-unaudited':
			return 'Mantle leaves no CloudTrail record: CloudWatch (AWS/BedrockMantle) is its only trace';
		case 'endpoint-elsewhere':
			return `calls go to ${finding.region}, where ${finding.variable} in ${finding.from} points, not to ${finding.other}`;
		case 'gateway':
			if (finding.isNotBedrock === true)
				return `goes through ${endpointWords(finding.baseUrl)}: what answers behind it is unproven`;
			return `goes through ${endpointWords(finding.baseUrl)}: Bedrock somewhere, your account unproven`;
		case 'no-transcripts':
			return `no local evidence: transcripts are switched off (${evidenceWords(finding.evidence)})`;
	}
};
