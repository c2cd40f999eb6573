import type { Caller } from '../policy/principals.ts';
import type { Store } from '../state/store.ts';

/** The made-up endpoint that requests come through while a VPC endpoint policy is set. */
const VPC_ENDPOINT_ID = 'vpce-0123456789abcdef0';

/** The global condition keys of a request. */
export function networkContext(store: Store, caller: Caller, sourceIp: string): Record<string, string | undefined> {
  return {
    'aws:PrincipalArn': caller.kind === 'role-session' ? caller.roleArn : caller.arn,
    'aws:PrincipalAccount': caller.accountId,
    'aws:userid': caller.userId,
    'aws:username': caller.kind === 'user' ? caller.userName : undefined,
    'aws:RequestedRegion': store.state.region,
    'aws:SecureTransport': 'false',
    'aws:SourceIp': sourceIp,
    'aws:SourceVpce': store.state.vpcEndpointPolicy && VPC_ENDPOINT_ID,
  };
}
