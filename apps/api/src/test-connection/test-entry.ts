import type { TestResult } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Connector } from '../connectors/connector.ts';

/** A connection test as the audit log has it: what came of it and, when it failed, the finding. */
export function testEntry(
  { identifier, name, place }: Pick<Connector, 'identifier' | 'name' | 'place'>,
  result: TestResult,
): AuditEntry {
  const finding = result.trace.find((hop) => hop.status === 'fail')?.finding;
  return {
    action: 'TEST',
    outcome: result.status === 'SUCCESS' ? 'SUCCESS' : 'FAILURE',
    resource: { type: 'CONNECTOR', identifier, name },
    place,
    details: { taskId: result.taskId, ...(finding && { finding: finding.code }) },
  };
}
