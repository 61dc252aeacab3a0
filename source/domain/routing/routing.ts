import type {Join} from '../calls/join.ts';
import type {Configuration, ConfiguredProvider} from './configuration.ts';
import {contradictionOf, sessionFindings} from './divergence.ts';
import type {Gateway} from './endpoint.ts';
import type {RoutingFinding} from './finding.ts';
import type {Proof, Proofs} from './proof.ts';
import type {SessionFile} from './session.ts';

export type Verdict = 'bedrock' | 'not-bedrock' | 'mixed' | 'unproven';

/** One session with everything that is known about where its calls go. */
export type SessionRoute = {
	readonly sessionId: string;
	readonly pid?: number | undefined;
	readonly cwd?: string | undefined;
	readonly running: boolean;
	readonly version?: string | undefined;
	readonly configured: ConfiguredProvider;
	/** What stands between it and its provider. */
	readonly gateway?: Gateway | undefined;
	readonly proven?: Proof | undefined;
	/** What proves the provider: the reply's own id, or CloudTrail's record of the same call. */
	readonly provenBy: 'message-id' | 'cloudtrail';
	/** When CloudTrail last confirmed a call of this session, epoch ms, and how it was recognised. */
	readonly auditedAt?: number | undefined;
	readonly auditedBy?: 'request-id' | 'principal-model-minute' | undefined;
	readonly region?: string | undefined;
	readonly model?: string | undefined;
	readonly diverged: boolean;
	readonly findings: readonly RoutingFinding[];
};

type Evidence = {
	readonly files: readonly SessionFile[];
	readonly proofs: Proofs;
	readonly models: ReadonlyMap<string, readonly {readonly model: string}[]>;
	readonly configurations: ReadonlyMap<string, Configuration>;
	readonly join: Join;
	/** Ended sessions count while they replied after this, epoch ms. */
	readonly since: number;
};

const routeOf = (sessionId: string, file: SessionFile | undefined, evidence: Evidence): SessionRoute => {
	const replied = evidence.proofs.get(sessionId);
	const cwd = file?.cwd ?? replied?.cwd;
	const configuration = cwd === undefined ? undefined : evidence.configurations.get(cwd);
	const configured = configuration?.provider ?? 'unknown';
	const audit = evidence.join.auditOf(sessionId);
	// A reply whose id tells nothing is proven by CloudTrail's record of the very same request.
	const isProvenByTrail = replied?.provider === 'unknown' && audit?.by === 'request-id';
	const proven = isProvenByTrail ? {...replied, provider: 'bedrock' as const} : replied;
	const session = {configured, configuration, proven, file, isAudited: audit !== undefined};
	return {
		sessionId,
		pid: file?.pid,
		cwd,
		running: file?.running ?? false,
		version: file?.version ?? proven?.version,
		configured,
		gateway: configuration?.gateway,
		proven,
		provenBy: isProvenByTrail ? 'cloudtrail' : 'message-id',
		auditedAt: audit?.call.at,
		auditedBy: audit?.by,
		region: audit?.call.region ?? configuration?.region,
		model:
			proven?.requestedModel ?? evidence.models.get(sessionId)?.at(-1)?.model ?? proven?.model ?? configuration?.model,
		diverged: contradictionOf(session) !== undefined,
		findings: [...sessionFindings(session), ...(configuration?.findings ?? [])],
	};
};

/** Running ones keep their place whoever replies last; ended ones stand below them, the latest first. */
const inOrder = (a: SessionRoute, b: SessionRoute): number => {
	if (a.running !== b.running) return a.running ? -1 : 1;
	const order = a.running ? (a.pid ?? 0) - (b.pid ?? 0) : (b.proven?.at ?? 0) - (a.proven?.at ?? 0);
	return order || (a.sessionId < b.sessionId ? -1 : 1);
};

/** Every running session and every ended one that replied since then. */
export const routeSessions = (evidence: Evidence): readonly SessionRoute[] => {
	const files = new Map(evidence.files.filter(({running}) => running).map(file => [file.sessionId, file]));
	const replied = [...evidence.proofs.since(evidence.since)].map(({sessionId}) => sessionId);
	const ids = new Set([...files.keys(), ...replied]);
	return [...ids].map(id => routeOf(id, files.get(id), evidence)).sort(inOrder);
};

export type Judgement = {
	readonly verdict: Verdict;
	/** From Bedrock, but in an account that only a gateway knows. */
	readonly isAccountUnproven: boolean;
	readonly findings: readonly RoutingFinding[];
};

/** Whether a session's calls go through a gateway and no record of CloudTrail shows them in one's own account. */
export const isBehindGateway = ({gateway, auditedAt}: SessionRoute): boolean =>
	gateway !== undefined && auditedAt === undefined;

/**
 * One word for all of them. Running sessions decide; without one, those that replied. Only replies prove anything:
 * a session that has not replied yet neither proves nor disproves.
 */
export const judge = (sessions: readonly SessionRoute[]): Judgement => {
	const running = sessions.filter(session => session.running);
	const deciding = running.length > 0 ? running : sessions;
	const providers = deciding.map(({proven}) => proven?.provider ?? 'unknown');
	const isBedrock = providers.includes('bedrock');
	const isElsewhere = providers.some(provider => provider === 'first-party' || provider === 'vertex');
	const findings = deciding.flatMap(session => session.findings);
	const isAccountUnproven = deciding.some(
		session => session.proven?.provider === 'bedrock' && isBehindGateway(session),
	);
	const common = {isAccountUnproven, findings};
	if (isBedrock && isElsewhere) return {verdict: 'mixed', ...common};
	if (isBedrock) return {verdict: 'bedrock', ...common};
	return {verdict: isElsewhere ? 'not-bedrock' : 'unproven', ...common};
};
