import type {Configuration, ConfiguredProvider} from './configuration.ts';
import type {SessionFinding} from './finding.ts';
import type {Proof} from './proof.ts';
import type {SessionFile} from './session.ts';

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
export const contradictionOf = ({configured, proven, file}: Session): SessionFinding | undefined => {
	if (proven === undefined || proven.provider === 'unknown') return undefined;
	const isRunning = file?.running ?? false;
	if (configured === 'bedrock' && proven.provider !== 'bedrock') {
		return {kind: 'not-from-bedrock', provider: proven.provider, isRunning};
	}
	const isElsewhere = configured === 'first-party' || configured === 'vertex' || configured === 'foundry';
	if (isElsewhere && proven.provider === 'bedrock' && isRunning) {
		// Claude Code takes over changed settings at once, but a removed key keeps its value until the next start.
		return {kind: 'still-from-bedrock'};
	}
	return undefined;
};

/** A provider that answered this session before the one that does now. */
const switchOf = ({proven}: Session): SessionFinding | undefined => {
	if (proven === undefined) return undefined;
	const before = [...proven.seen]
		.filter(([provider]) => provider !== proven.provider && provider !== 'unknown')
		.sort(([, a], [, b]) => b.lastAt - a.lastAt)[0];
	if (before === undefined || proven.provider === 'unknown') return undefined;
	const [provider, {lastAt}] = before;
	return {kind: 'switched', before: provider, until: lastAt, since: proven.provider};
};

/** What stands between a reply and one's own account: a gateway, an endpoint without an audit trail. */
const detour = ({configuration, configured, proven, isAudited}: Session): SessionFinding | undefined => {
	if (configured === 'mantle') return {kind: 'mantle-unaudited'};
	if (configuration?.baseUrl === undefined || isAudited) return undefined;
	const isNotBedrock = proven !== undefined && proven.provider !== 'bedrock';
	return {kind: 'gateway', baseUrl: configuration.baseUrl, ...(isNotBedrock && {isNotBedrock})};
};

const silence = ({configuration, proven, file}: Session): SessionFinding | undefined => {
	if (proven !== undefined || file?.running !== true) return undefined;
	const {noTranscripts} = configuration ?? {};
	return noTranscripts === undefined ? undefined : {kind: 'no-transcripts', evidence: noTranscripts};
};

/** What a person should know of one session besides its row, the most pressing first. */
export const sessionFindings = (session: Session): readonly SessionFinding[] =>
	[contradictionOf(session), switchOf(session), detour(session), silence(session)].filter(
		finding => finding !== undefined,
	);
