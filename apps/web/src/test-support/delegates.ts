import type { DelegateGroup, DelegateTokenDetails } from '@wardline/contracts';

type Instance = DelegateGroup['delegateInstanceDetails'][number];

/** The envelope of the delegate endpoints. */
export const rest = <T>(resource: T) => ({ metaData: {}, resource, responseMessages: [] });

/** One connected process of a delegate. */
export function delegateInstance(change: Partial<Instance> = {}): Instance {
  return {
    uuid: 'i1',
    lastHeartbeat: Date.now(),
    activelyConnected: true,
    hostName: 'host-1',
    tokenActive: true,
    version: '0.1.0',
    delegateExpirationTime: 0,
    running: 0,
    capacity: 10,
    tokenName: 'a token',
    disconnectReason: null,
    clockSkewMs: 0,
    tags: [],
    ...change,
  };
}

/** A delegate with these processes. */
export function delegateGroup(
  name: string,
  delegateInstanceDetails: Instance[],
  change: Partial<DelegateGroup> = {},
): DelegateGroup {
  return {
    groupId: name,
    delegateGroupIdentifier: name,
    delegateType: 'REMOTE',
    groupName: name,
    delegateDescription: '',
    groupImplicitSelectors: { [name]: 'DELEGATE_NAME' },
    groupCustomSelectors: [],
    lastHeartBeat: Date.now(),
    connectivityStatus: 'connected',
    activelyConnected: true,
    delegateInstanceDetails,
    tokenActive: true,
    autoUpgrade: 'OFF',
    groupVersion: '0.1.0',
    immutable: true,
    ...change,
  };
}

/** An active delegate token. */
export function delegateToken(name: string, change: Partial<DelegateTokenDetails> = {}): DelegateTokenDetails {
  return {
    uuid: name,
    accountId: 'default',
    name,
    createdBy: { name: 'Ada' },
    createdByNgUser: { type: 'USER', name: 'Ada' },
    createdAt: Date.now(),
    status: 'ACTIVE',
    value: `value of ${name}`,
    ownerIdentifier: null,
    revokeAfter: null,
    connectedDelegates: 0,
    ...change,
  };
}

/** What the server lists of tokens: without their values where it is asked so, and by name. */
export function tokensFor(query: URLSearchParams, tokens: readonly DelegateTokenDetails[]): DelegateTokenDetails[] {
  const name = query.get('name');
  const withoutValues = query.get('withoutValues') === 'true';
  return tokens
    .filter((token) => name === null || token.name === name)
    .map((token) => ({ ...token, value: withoutValues ? null : token.value }));
}
