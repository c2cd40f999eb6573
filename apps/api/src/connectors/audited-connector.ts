import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Connector } from './connector.ts';
import { toConnectorResponse } from './connector-response.ts';

/** A connector as the audit log shows it: its settings as the API answers them, which refer to secrets only. */
export function auditedConnector(connector: Connector, accountId: string): object {
  return toConnectorResponse(connector, accountId).connector;
}

/** Which connector an event is about. */
export function connectorResource({
  identifier,
  name,
  place,
}: Pick<Connector, 'identifier' | 'name' | 'place'>): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'CONNECTOR', identifier, name }, place };
}
