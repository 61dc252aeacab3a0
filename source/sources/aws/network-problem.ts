import type {Problem} from '../../domain/common/problem.ts';

/** What an error says of itself, whoever made it. */
export type Anatomy = {
	/** As AWS's documents have it, without `Exception`. */
	readonly name: string;
	/** Of Node's network and TLS, its own or its cause's. */
	readonly code: string;
	/** HTTP's, where there was an answer. */
	readonly status?: unknown;
	readonly message: string;
};

/** What Node's codes mean for a connection. */
const unreachable: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'nobody listens there',
	ECONNRESET: 'the connection broke off',
	EPIPE: 'the connection broke off',
	UND_ERR_SOCKET: 'the connection broke off',
	ENOTFOUND: 'its name is not known here',
	EAI_AGAIN: 'names cannot be looked up',
	ETIMEDOUT: 'no answer in time',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no way to it',
	EPROTO: 'it does not speak TLS',
};
const unanswered = new Set(['TimeoutError', 'NetworkingError', 'RequestTimeout']);

const untrusted =
	/^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|ERR_TLS_CERT)/;
/** An answer that ends too early. */
const cutOff = /Unexpected end of (?:JSON )?input|Unterminated string|premature close|aborted|socket hang up|Unclosed/i;
/** What the SDK says of an answer that is not in AWS's language at all: a page of a captive portal or a proxy. */
const notAnAnswer = /Deserialization error|is not valid JSON|Unexpected token|<\/?(html|body|!doctype)/i;

const unreached = (service: string, why: string, code: string): Problem => ({
	kind: 'network',
	message: `${service} cannot be reached: ${why}${code === '' ? '' : ` (${code})`}.`,
	fix: 'check network and proxy',
});

/** What went wrong on the way to AWS; undefined where AWS itself answered. */
export const networkProblem = ({name, code, message, status}: Anatomy, service: string): Problem | undefined => {
	const why = Object.hasOwn(unreachable, code) ? unreachable[code] : undefined;
	if (why !== undefined) return unreached(service, why, code);
	if (unanswered.has(name)) return unreached(service, 'no answer in time', '');
	if (code.startsWith('ERR_SSL')) return unreached(service, 'it does not speak TLS', code);
	if (untrusted.test(code)) {
		const fix = 'name the certificate of your proxy in NODE_EXTRA_CA_CERTS';
		return {kind: 'network', message: `${service} has a certificate that is not trusted (${code}).`, fix};
	}
	if (status === 407) {
		const message = `A proxy wants to know who asks before it lets ${service} through.`;
		return {kind: 'network', message, fix: 'sign in to the proxy, or go around it with NO_PROXY'};
	}
	if (cutOff.test(message)) {
		const cut = `The answer of ${service} was cut off on the way.`;
		return {kind: 'network', message: cut, fix: 'check network and proxy'};
	}
	if (!notAnAnswer.test(message)) return undefined;
	const fix = 'sign in to the network; check proxy and AWS_ENDPOINT_URL';
	return {kind: 'network', message: `Something else answered in place of ${service}, such as a sign-in page.`, fix};
};
