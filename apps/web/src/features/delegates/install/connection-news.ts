import type { DelegateGroup, DelegateRefusal } from '@wardline/contracts';

type Instance = DelegateGroup['delegateInstanceDetails'][number];

/** What was there before one began to wait. */
export interface Before {
  readonly instances: ReadonlySet<string>;
  readonly refusals: ReadonlySet<string>;
}

/** What has happened since. */
export type ConnectionNews =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'connected'; readonly instances: readonly Instance[] }
  | { readonly kind: 'refused'; readonly refusal: DelegateRefusal };

const connectedIn = (groups: readonly DelegateGroup[]): Instance[] =>
  groups.flatMap(({ delegateInstanceDetails }) => delegateInstanceDetails.filter((each) => each.activelyConnected));

/** Everything that is there now. */
export function before(groups: readonly DelegateGroup[], refusals: readonly DelegateRefusal[]): Before {
  return {
    instances: new Set(connectedIn(groups).map(({ uuid }) => uuid)),
    refusals: new Set(refusals.map(({ id }) => id)),
  };
}

/** Whether a delegate of this name has come, or was refused, that was not there before. Having come counts for more. */
export function newsOf(
  name: string,
  then: Before,
  groups: readonly DelegateGroup[],
  refusals: readonly DelegateRefusal[],
): ConnectionNews {
  const own = groups.filter(({ groupName }) => groupName === name);
  const instances = connectedIn(own).filter(({ uuid }) => !then.instances.has(uuid));
  if (instances.length > 0) return { kind: 'connected', instances };
  const refusal = refusals.find((each) => each.name === name && !then.refusals.has(each.id));
  return refusal ? { kind: 'refused', refusal } : { kind: 'waiting' };
}
