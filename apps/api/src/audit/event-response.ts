import type { AuditEventResponse } from '@wardline/contracts';
import type { AuditEvent } from './audit-event.ts';
import type { StoredEvent } from './reader.ts';

/** An event as the API answers it. @param accountId the account of this server. */
export function toEventResponse(row: StoredEvent, accountId: string): AuditEventResponse {
  const event: AuditEvent = JSON.parse(row.event);
  const { place, principal, resource, request } = event;
  return {
    auditId: event.id,
    insertId: event.id,
    resourceScope: {
      accountIdentifier: accountId,
      orgIdentifier: place.orgIdentifier ?? null,
      projectIdentifier: place.projectIdentifier ?? null,
      labels: {},
    },
    httpRequestInfo: request ? { requestMethod: request.method, requestPath: request.path } : null,
    requestMetadata: event.address ? { clientIP: event.address } : null,
    timestamp: Date.parse(event.at),
    authenticationInfo: {
      principal: { type: principal.type, identifier: principal.identifier },
      labels: {
        username: principal.name,
        ...(event.principalId && { userId: event.principalId }),
        ...(event.authentication && { method: event.authentication.method }),
      },
    },
    module: 'CORE',
    environment: null,
    resource: {
      type: resource.type,
      identifier: resource.identifier,
      labels: resource.name ? { resourceName: resource.name } : {},
    },
    yamlDiffRecord: null,
    action: event.action,
    auditEventData: null,
    internalInfo: null,
    outcome: event.outcome,
    requestId: event.requestId ?? null,
    details: event.details ?? {},
    hasDiff: event.before !== undefined || event.after !== undefined,
    seq: row.seq,
    hash: row.hash,
  };
}
