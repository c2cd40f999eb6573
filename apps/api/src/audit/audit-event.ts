import { createHmac, type KeyObject } from 'node:crypto';
import type { AuditOutcome } from '@wardline/contracts';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/principal.ts';
import type { Place } from '../db/scope-columns.ts';
import type { AuditEntry } from './audit-entry.ts';

/** What the chain covers: an entry with who did it, from where and when. */
export interface AuditEvent extends Omit<AuditEntry, 'place' | 'outcome'> {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly place: Place;
  readonly outcome: AuditOutcome;
  readonly principal: { readonly type: Actor['principal']['type']; readonly identifier: string; readonly name: string };
  /** The database's id of the principal; absent for SYSTEM and ANONYMOUS. */
  readonly principalId?: string;
  readonly authentication?: Actor['authentication'];
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
  readonly request?: Actor['request'];
}

export function toAuditEvent(entry: AuditEntry, actor: Actor, at: Date): AuditEvent {
  const { type, identifier, name } = actor.principal;
  return {
    id: uuid(),
    at: at.toISOString(),
    action: entry.action,
    outcome: entry.outcome ?? 'SUCCESS',
    resource: entry.resource,
    place: entry.place,
    principal: { type, identifier, name },
    ...('id' in actor.principal && { principalId: actor.principal.id }),
    ...(actor.authentication && { authentication: actor.authentication }),
    ...(actor.address && { address: actor.address }),
    ...(actor.requestId && { requestId: actor.requestId }),
    ...(actor.request && { request: actor.request }),
    ...(entry.before && { before: entry.before }),
    ...(entry.after && { after: entry.after }),
    ...(entry.details && { details: entry.details }),
  };
}

/**
 * The hash of an event: HMAC-SHA-256 of the hash before it, its number and its text. Whoever can write to the database
 * but has not the master key, from which the key derives, can't make a chain that holds.
 */
export function chainHash(key: KeyObject, link: { before: string; seq: number; event: string }): string {
  return createHmac('sha256', key).update(`${link.before}\n${link.seq}\n${link.event}`).digest('hex');
}
