import type { AuditEventResponse, AuditPage } from '@wardline/contracts';
import { pageWith } from './fixtures.ts';

/** An event as the server answers it: Ada changed the connector prod-kms. */
export function auditEvent(changes: Partial<AuditEventResponse> = {}): AuditEventResponse {
  const auditId = changes.auditId ?? 'e1';
  return {
    auditId,
    insertId: auditId,
    resourceScope: { accountIdentifier: 'default', orgIdentifier: null, projectIdentifier: null, labels: {} },
    httpRequestInfo: { requestMethod: 'PUT', requestPath: '/ng/api/connectors' },
    requestMetadata: { clientIP: '192.0.2.7' },
    timestamp: Date.now() - 3_600_000,
    authenticationInfo: {
      principal: { type: 'USER', identifier: 'ada@example.com' },
      labels: { username: 'Ada Lovelace', userId: 'u1', method: 'session' },
    },
    module: 'CORE',
    environment: null,
    resource: { type: 'CONNECTOR', identifier: 'prod_kms', labels: { resourceName: 'prod-kms' } },
    yamlDiffRecord: null,
    action: 'UPDATE',
    auditEventData: null,
    internalInfo: null,
    outcome: 'SUCCESS',
    requestId: 'request-1',
    details: {},
    hasDiff: false,
    seq: 7,
    hash: 'ab'.repeat(32),
    ...changes,
  };
}

/** One page of events. */
export function auditPage(content: AuditEventResponse[], rest: Partial<AuditPage> = {}): AuditPage {
  return { ...pageWith(content), totalIsLowerBound: false, ...rest };
}
