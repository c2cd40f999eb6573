import type { AuditOutcome } from '@wardline/contracts';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/principal.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { Deed } from './recorder.ts';

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

/** The event of a deed. @param at when it is put on record, ISO 8601. */
export function toAuditEvent({ actor, entry }: Deed, at: string): AuditEvent {
  const { type, identifier, name } = actor.principal;
  const { orgIdentifier, projectIdentifier } = entry.place;
  return {
    id: uuid(),
    at,
    action: entry.action,
    outcome: entry.outcome ?? 'SUCCESS',
    resource: entry.resource,
    place: { orgIdentifier, projectIdentifier },
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

/** The columns that repeat parts of an event, so that filters find it. */
export function filterColumns(event: AuditEvent) {
  return {
    id: event.id,
    at: event.at,
    ...toColumns(event.place),
    action: event.action,
    outcome: event.outcome,
    resource_type: event.resource.type,
    resource_identifier: event.resource.identifier,
    principal_type: event.principal.type,
    principal_identifier: event.principal.identifier,
  };
}
