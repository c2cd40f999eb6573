import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { StoredRewrap } from './stored-rewrap.ts';

/** Beginning and end of a rewrap on record, about the manager whose secrets it moves. */
export function rewrapEntry(rewrap: StoredRewrap, phase: 'started' | 'done' | 'cancelled'): AuditEntry {
  const { from, to, place } = rewrap;
  const identifier = from.connectorId === null ? BUILT_IN_SECRET_MANAGER : from.reference.replace(/^.*\./, '');
  return {
    action: 'REWRAP',
    resource: { type: 'CONNECTOR', identifier, name: from.name },
    place,
    outcome: rewrap.failed > 0 ? 'FAILURE' : 'SUCCESS',
    details: {
      rewrap: rewrap.id,
      phase,
      cause: rewrap.cause,
      from: from.reference,
      to: to.reference,
      total: rewrap.total,
      ...(phase !== 'started' && {
        rewrapped: rewrap.rewrapped,
        unchanged: rewrap.unchanged,
        failed: rewrap.failed,
      }),
    },
  };
}
