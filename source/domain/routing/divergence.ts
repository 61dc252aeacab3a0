import type {Provider} from '../replies/turn.ts';
import type {Configuration, ConfiguredProvider} from './configuration.ts';
import type {Proof} from './proof.ts';
import type {SessionFile} from './session.ts';

const providerNames: Record<Provider, string> = {
	bedrock: 'Bedrock',
	'first-party': 'Anthropic',
	vertex: 'Vertex AI',
	unknown: 'an unknown provider',
};

type Session = {
	readonly configured: ConfiguredProvider;
	readonly configuration: Configuration | undefined;
	readonly proven: Proof | undefined;
	readonly file: SessionFile | undefined;
	readonly isAudited: boolean;
};

/**
 * Where what settings say now contradicts the last reply; only a clear contradiction: a provider whose replies cannot be
 * told apart says nothing, and what settings say today is no reproach to a session that ended on Bedrock before.
 */
export const contradictionOf = ({configured, proven, file}: Session): string | undefined => {
	if (proven === undefined || proven.provider === 'unknown') return undefined;
	const isRunning = file?.running ?? false;
	const from = providerNames[proven.provider];
	if (configured === 'bedrock' && proven.provider !== 'bedrock') {
		return `configured for Bedrock, last reply came from ${from}${isRunning ? ': restart it' : ''}`;
	}
	const isElsewhere = configured === 'first-party' || configured === 'vertex' || configured === 'foundry';
	if (isElsewhere && proven.provider === 'bedrock' && isRunning) {
		// Claude Code takes over changed settings at once, but a removed key keeps its value until the next start.
		return `not configured for Bedrock any more, last reply still came from ${from}: restart it to make that so`;
	}
	return undefined;
};

const timeOf = (at: number) => {
	const date = new Date(at);
	return [date.getHours(), date.getMinutes()].map(part => String(part).padStart(2, '0')).join(':');
};

/** A provider that answered this session before the one that does now. */
const switchOf = ({proven}: Session): string | undefined => {
	if (proven === undefined) return undefined;
	const before = [...proven.seen]
		.filter(([provider]) => provider !== proven.provider && provider !== 'unknown')
		.sort(([, a], [, b]) => b.lastAt - a.lastAt)[0];
	if (before === undefined || proven.provider === 'unknown') return undefined;
	const [provider, {lastAt}] = before;
	return `switched: ${providerNames[provider]} answered until ${timeOf(lastAt)}, ${providerNames[proven.provider]} since`;
};

/** What stands between a reply and one's own account: a gateway, an endpoint without an audit trail. */
const detour = ({configuration, configured, isAudited}: Session): string | undefined => {
	if (configured === 'mantle')
		return 'Mantle leaves no CloudTrail record: CloudWatch (AWS/BedrockMantle) is its only trace';
	if (configuration?.baseUrl === undefined || isAudited) return undefined;
	return `goes through ${configuration.baseUrl}: Bedrock somewhere, your account unproven`;
};

const silence = ({configuration, proven, file}: Session): string | undefined => {
	if (proven !== undefined || file?.running !== true) return undefined;
	const {noTranscripts} = configuration ?? {};
	return noTranscripts === undefined ? undefined : `no local evidence: transcripts are switched off (${noTranscripts})`;
};

/** What a person should know of one session besides its row, the most pressing first. */
export const sessionFindings = (session: Session): readonly string[] =>
	[contradictionOf(session), switchOf(session), detour(session), silence(session)].filter(
		finding => finding !== undefined,
	);
