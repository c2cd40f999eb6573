import type { AuditEntry } from '../audit/audit-entry.ts';
import { clientNetwork } from '../limits/client-network.ts';
import type { WardlineError } from '../wardline-error.ts';
import type { Refusal } from './authenticator.ts';
import type { Actor } from './principal.ts';

/**
 * Why a request did not get to be anybody's; `missing`: it shows nothing to prove who it is from; `too-many`: it was
 * not looked at, after many that were not good.
 */
export type UnprovenReason = Refusal | 'missing' | 'too-many';

/** An event, and what refusals have in common that it may stand for. */
interface RefusalEntry {
  readonly kind: string;
  readonly entry: AuditEntry;
}

/** A request that did not prove who it is from: counted by address and reason. */
export function unprovenEntry(reason: UnprovenReason, address: string): RefusalEntry {
  return {
    kind: `unproven ${clientNetwork(address)} ${reason}`,
    entry: {
      action: 'AUTHENTICATION_FAILED',
      outcome: 'DENIED',
      resource: { type: 'ACCOUNT', identifier: '' },
      place: {},
      details: { reason },
    },
  };
}

/** A request of somebody who lacks a right: counted by who asks, for which right and on which route. */
export function deniedEntry(error: WardlineError, actor: Actor, accountId: string): RefusalEntry {
  const [first] = error.details.failedPermissionChecks ?? [];
  const who = 'id' in actor.principal ? actor.principal.id : clientNetwork(actor.address ?? '');
  const { method, path } = actor.request ?? { method: '', path: '' };
  return {
    kind: `denied ${who} ${first?.permission ?? ''} ${method} ${path}`,
    entry: {
      action: 'ACCESS_DENIED',
      outcome: 'DENIED',
      resource: { type: 'ACCOUNT', identifier: accountId },
      place: {
        orgIdentifier: first?.resourceScope.orgIdentifier ?? undefined,
        projectIdentifier: first?.resourceScope.projectIdentifier ?? undefined,
      },
      details: first ? { permission: first.permission } : { reason: error.message },
    },
  };
}
