import type {Asker} from '../aws/finding.ts';
import {emptyAnswer} from '../aws/problem.ts';

/** What the account lets Bedrock keep of calls in a region. A project of Mantle's may say otherwise; it cannot be asked. */
export const askRetention = async ({aws, signal}: Asker, region: string): Promise<string> => {
	const {client, sdk} = await aws.bedrock(region);
	const {mode} = await client.send(new sdk.GetAccountDataRetentionCommand({}), {abortSignal: signal});
	if (mode === undefined) throw emptyAnswer('GetAccountDataRetention');
	return mode;
};
