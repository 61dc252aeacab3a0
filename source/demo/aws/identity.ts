import {accountId, alice} from '../world/people.ts';

const requestId = '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata>';

/** What `sts:GetCallerIdentity` answers in the XML of the query protocol: whoever asks is alice. */
export const callerIdentity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${alice.arn}</Arn><UserId>${alice.uniqueId}:${alice.name}</UserId><Account>${accountId}</Account></GetCallerIdentityResult>${requestId}</GetCallerIdentityResponse>`;
