import type { AuditResourceType, Permission, PermissionCheck } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Place } from '../db/scope-columns.ts';
import { samePlace } from '../http/scope.ts';
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

/** What a request was about, as far as its path tells: the right that its route takes, and the ID that the path holds. */
export interface Target {
  readonly permission: Permission;
  readonly type: AuditResourceType;
  readonly identifier: string;
}

/**
 * A request of somebody who lacks a right: counted by who asks, for which right and on which route.
 * @param target what the route is about, where it takes one right.
 */
export function deniedEntry(
  error: WardlineError,
  actor: Actor,
  accountId: string,
  target: Target | undefined,
): RefusalEntry {
  const [first] = error.details.failedPermissionChecks ?? [];
  const who = whoAsks(actor);
  const { method, path } = actor.request ?? { method: '', path: '' };
  return {
    kind: `denied ${who} ${first?.permission ?? ''} ${method} ${path}`,
    entry: {
      action: 'ACCESS_DENIED',
      outcome: 'DENIED',
      resource: first ? resourceOf(first, target) : { type: 'ACCOUNT', identifier: accountId },
      place: {
        orgIdentifier: first?.resourceScope.orgIdentifier ?? undefined,
        projectIdentifier: first?.resourceScope.projectIdentifier ?? undefined,
      },
      details: first ? { permission: first.permission } : { reason: error.message },
    },
  };
}

/** Whoever has an identity, else the network. */
function whoAsks({ principal, address }: Actor): string {
  return 'id' in principal ? principal.id : clientNetwork(address ?? '');
}

/** A secret that was asked for. */
interface AskedSecret {
  readonly place: Place;
  readonly identifier: string;
}

/**
 * Secrets whose values one request asked for and did not get: counted by who asks and why, with the names of those of
 * the first request, and of the last where there are more.
 */
export function unreadableEntry(
  reason: 'forbidden' | 'missing',
  actor: Actor,
  [first, ...others]: readonly [AskedSecret, ...AskedSecret[]],
): RefusalEntry {
  const all = [first, ...others];
  const names = all.map(({ place, identifier }) =>
    [place.orgIdentifier, place.projectIdentifier, identifier].filter(Boolean).join('/'),
  );
  return {
    kind: `unreadable ${whoAsks(actor)} ${reason}`,
    entry: {
      action: 'ACCESS_DENIED',
      outcome: 'DENIED',
      resource: { type: 'SECRET', identifier: others.length === 0 ? first.identifier : '' },
      place: all.every(({ place }) => samePlace(place, first.place)) ? first.place : {},
      details: {
        ...(reason === 'forbidden' ? { permission: 'core_secret_access' } : { reason: 'there is no such secret' }),
        ...(others.length > 0 && { secrets: names.join(', ') }),
      },
    },
  };
}

/** A right that the route itself does not take is about something that the path does not name. */
function resourceOf({ permission, resourceType }: PermissionCheck, target: Target | undefined): AuditEntry['resource'] {
  if (target?.permission !== permission) return { type: resourceType, identifier: '' };
  return { type: target.type, identifier: target.identifier };
}
