import type {Principal} from '../../domain/calls/principal.ts';
import {knownModels} from '../../domain/models/known-models.ts';
import {parseModelId} from '../../domain/models/model-id.ts';
import type {Aliases} from './aliases.ts';

/** Aliases for ids, ARNs, people and places that are parsed like the real ones. */
export type Names = {
	account(id: string): string;
	person(name: string): string;
	/** The ARN of a caller: its kind stays, account, role and name do not. */
	principalArn(arn: string): string;
	principal(principal: Principal): Principal;
	region(region: string): string;
	/** A model id, profile or ARN as it was called. Models that this program knows keep their name. */
	called(id: string): string;
	folder(path: string): string;
	session(id: string): string;
	/** Of a request, an event, a line. */
	record(id: string): string;
	/** What proves the provider stays. */
	message(id: string): string;
	client(agent: string): string;
	/** Anything else: its kind and a number. */
	alias(kind: string, value: string): string;
	number(kind: string, value: string): number;
};

const regionShape =
	/^(us|eu|ap|ca|sa|me|af|il|mx|cn)(-gov|-iso[a-z]?)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;
/** Whether it is, by its form, a region that AWS has: those may be named. */
export const isPublicRegion = (name: string): boolean => regionShape.test(name);

const prefixes = new Set(['us', 'eu', 'apac', 'au', 'jp', 'ca', 'us-gov', 'global']);
/** Programs that many people use, with their version. */
const publicClients =
	/\b(claude-cli|Boto3|aws-cli|aws-sdk-(?:js|java|go|python|ruby|php|rust|net))\/(v?\d[\d.]{0,15})/i;

/** Twelve digits that are plainly nobody's, so that everything that reads ARNs goes on reading them. */
const accountDigits = (number: number) => String(number).padStart(12, '0');

const isKnown = (model: string | undefined) => model !== undefined && knownModels.has(model);

export const createNames = (aliases: Aliases): Names => {
	const account = (id: string) => (id === '' ? '' : accountDigits(aliases.numberOf('account', id)));
	const person = (name: string) => aliases.of('person', name);
	const region = (name: string) => (name === '' || isPublicRegion(name) ? name : aliases.of('region', name));

	const principalArn = (arn: string): string => {
		const [, service = '', id = '', resource = ''] = /^arn:[^:]*:(sts|iam):[^:]*:(\d*):(.+)$/s.exec(arn) ?? [];
		const parts = resource.split('/');
		const start = `arn:aws:${service === '' ? 'iam' : service}::${account(id)}:`;
		const last = person(parts.at(-1) ?? '');
		if (parts[0] === 'assumed-role') {
			const role = aliases.of('role', parts[1] ?? '');
			const isSso = /^AWSReservedSSO_/.test(parts[1] ?? '');
			return `${start}assumed-role/${isSso ? `AWSReservedSSO_${role}_0000000000000000` : role}/${last}`;
		}
		if (parts[0] === 'federated-user') return `${start}federated-user/${last}`;
		if (resource === 'root') return `${start}root`;
		return service === '' ? `arn:aws:iam::${account('')}:user/${person(arn)}` : `${start}user/${last}`;
	};

	const bare = (id: string): string => {
		const {kind, model, prefix, profile} = parseModelId(id);
		if (kind === 'application-inference-profile')
			return `app${String(aliases.numberOf('profile', profile)).padStart(9, '0')}`;
		const isPublic = isKnown(model) && (prefix === undefined || prefixes.has(prefix)) && profile.length < 100;
		// The spelling may hold more than the model: only what is rebuilt from known parts is let out.
		const spelled = profile.slice(prefix === undefined ? 0 : prefix.length + 1);
		const isSpelling = isPublic && /^(anthropic\.)?claude-[a-z0-9.:-]*$/.test(spelled);
		return isSpelling ? profile : aliases.of('model', id);
	};

	const called = (id: string): string => {
		const [, where = '', owner = '', type = '', rest = ''] =
			/^arn:[\w-]+:bedrock:([\w-]*):(\d*):([\w-]+)\/(.+)$/s.exec(id.trim()) ?? [];
		if (type === '') return bare(id);
		const types = ['inference-profile', 'foundation-model', 'application-inference-profile', 'provisioned-model'];
		const isNamed = type === 'inference-profile' || type === 'foundation-model';
		const kind = [...types, 'prompt-router', 'default-prompt-router'].includes(type) ? type : 'unknown';
		const name = isNamed ? bare(rest) : `app${String(aliases.numberOf('profile', rest)).padStart(9, '0')}`;
		return `arn:aws:bedrock:${region(where)}:${account(owner)}:${kind}/${name}`;
	};

	return {
		...{account, person, principalArn, region, called, alias: aliases.of, number: aliases.numberOf},
		principal: ({kind, name, arn, accountId}) => ({
			kind,
			...(name !== undefined && {name: kind === 'root' ? 'root' : person(name)}),
			...(arn !== undefined && {arn: principalArn(arn)}),
			...(accountId !== undefined && {accountId: account(accountId)}),
		}),
		folder: path => `/home/person/${aliases.of('project', path)}`,
		session: id => aliases.of('session', id),
		record: id => aliases.of('record', id),
		message(id) {
			const prefix = /^msg_(bdrk_|vrtx_|01)/.exec(id)?.[0] ?? '';
			return `${prefix}${aliases.numberOf('message', id)}`;
		},
		client(agent) {
			const found = publicClients.exec(agent);
			return found === null ? aliases.of('client', agent) : `${found[1]}/${found[2]}`;
		},
	};
};
